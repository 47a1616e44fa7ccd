import { request, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { plainUrl } from '../site/identity-request.ts';

type Jar = {
	getCookieStringSync: (url: string) => string;
	getCookiesSync: (url: string) => { key: string; value: string; path: string; domain: string }[];
	setCookieSync: (cookie: string, url: string, options: object) => void;
};
type Init = Record<string, unknown> & { getAuthTokenCallback: () => Promise<string> };
type PageWindow = Window & { eS?: { q: [unknown, unknown, Init][][] } };

// jsdom has no types of its own.
const { JSDOM, CookieJar, VirtualConsole } = createRequire(import.meta.url)('jsdom') as {
	JSDOM: new (html: string, options: object) => { window: PageWindow & Window };
	CookieJar: new () => Jar;
	VirtualConsole: new () => object;
};

/**
 * What of a browser the matrix needs: cookies that keep to their paths and hosts, and one tab in which
 * the plugin's script runs in page after page. Names of hosts lead to one port of this computer, and https ends there,
 * as at a proxy in front.
 */
export class Browser {
	readonly jar = new CookieJar();
	/** What the tab keeps for the pages of each origin, by name. */
	private readonly storage = new Map<string, Record<string, string>>();

	constructor(private readonly port: number) {}

	/** Follows no redirect by itself. */
	async fetch(
		address: string,
		init: RequestInit & { credentials?: RequestCredentials } = {}
	): Promise<Response> {
		const url = new URL(address);
		const headers = new Headers(init.headers);
		headers.set('Host', url.host);
		if (url.protocol === 'https:') {
			headers.set('X-Forwarded-Proto', 'https');
		}
		const cookies = init.credentials === 'omit' ? '' : this.jar.getCookieStringSync(url.href);
		if (cookies) {
			headers.set('Cookie', cookies);
		}
		const body = init.body === undefined || init.body === null ? '' : String(init.body);
		if (init.body instanceof URLSearchParams) {
			headers.set('Content-Type', 'application/x-www-form-urlencoded');
		}
		headers.set('Content-Length', String(Buffer.byteLength(body)));

		const isNumber = /^[\d.]+$/.test(url.hostname);
		const answer = await new Promise<IncomingMessage>((resolve, reject) =>
			request(
				{
					host: isNumber ? url.hostname : '127.0.0.1',
					port: url.port || this.port,
					path: url.pathname + url.search,
					method: init.method ?? 'GET',
					headers: Object.fromEntries(headers),
				},
				resolve
			)
				.on('error', reject)
				.end(body)
		);
		const chunks: Buffer[] = [];
		for await (const chunk of answer) {
			chunks.push(chunk as Buffer);
		}
		for (const cookie of answer.headers['set-cookie'] ?? []) {
			this.jar.setCookieSync(cookie, url.href, { ignoreError: true });
		}
		const received = new Headers();
		for (const [name, value] of Object.entries(answer.headers)) {
			received.set(name, String(value));
		}
		return new Response(Buffer.concat(chunks), {
			status: answer.statusCode!,
			headers: received,
		});
	}

	async logIn(siteurl: string, name: string): Promise<Response> {
		return this.fetch(`${siteurl}/wp-login.php`, {
			method: 'POST',
			body: new URLSearchParams({ log: name, pwd: 'password' }),
		});
	}

	/** Opens a page, as far as the head's inline scripts go. */
	async open(address: string): Promise<Page> {
		const answer = await this.fetch(address);
		const html = await answer.text();
		const asked: string[] = [];
		const credentials: string[] = [];
		const { origin } = new URL(address);
		const { window } = new JSDOM(html.replace(/<body[^]*/, '<body></body></html>'), {
			url: address,
			cookieJar: this.jar,
			runScripts: 'dangerously',
			virtualConsole: new VirtualConsole(),
			beforeParse: (page: Pick<Window, 'sessionStorage'> & { fetch: unknown }) => {
				Object.assign(page.sessionStorage, this.storage.get(origin));
				page.fetch = (to: string, init: RequestInit = {}) => {
					const url = new URL(to, address);
					asked.push(plainUrl(url.href));
					const { Authorization } = (init.headers ?? {}) as Record<string, string>;
					if (Authorization) {
						credentials.push(Authorization.replace('Bearer ', ''));
					}
					return this.fetch(url.href, {
						method: init.method ?? 'GET',
						headers: {
							...(init.headers as Record<string, string>),
							...(init.method === 'POST' && { Origin: origin }),
						},
						credentials: url.origin === origin ? 'same-origin' : 'omit',
					});
				};
			},
		});
		return {
			status: answer.status,
			html,
			asked,
			credentials,
			init: window.eS?.q[0]?.[0]?.[2],
			close: () => {
				this.storage.set(origin, { ...window.sessionStorage });
				window.close();
			},
		};
	}
}

export interface Page {
	status: number;
	html: string;
	/** The addresses that the page's scripts asked. */
	asked: string[];
	/** The JWTs that they showed for a token. */
	credentials: string[];
	/** The options with which eSputnik's script is to be started; none for a guest. */
	init: Init | undefined;
	/** Its tab stays, for the next page. */
	close: () => void;
}
