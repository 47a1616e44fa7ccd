/**
 * Pages of every kind in a real browser: our script as the plugin prints it or as loader.js, the stand-in
 * eSputnik at its real addresses, and what a site answers to our script. There is no WordPress.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { buildFrontend } from '../../../build/frontend.ts';
import { FRONTEND, LOADER } from '../../../build/paths.ts';
import type { Status } from '../../../src/frontend/status.ts';
import {
	CREDENTIAL_HEADER,
	CREDENTIAL_HEADER_LENGTH,
	IDENTITY_URL,
	MARKER_COOKIE,
	type FrontendConfig,
} from '../../../src/settings/frontend-config.ts';
import { requestsTo } from '../../esputnik/requests.ts';
import { exampleSeed, startEsputnik } from '../../esputnik/server.ts';
import { accountOf, CDN, ID, loader, OTHER_ID, scriptUrl } from '../../esputnik/snippets.ts';
import type { Evidence } from '../../esputnik/vendor-script/main.ts';
import type { Way } from '../../esputnik/vendor-script/queue.ts';
import { launchBrowser } from '../../site/browser.ts';
import { plainUrl } from '../../site/identity-request.ts';

export { ID, OTHER_ID };
export const VENDOR = CDN;
export const scriptOf = (id: string, host = VENDOR) => scriptUrl({ id, host });
export const SCRIPT = scriptOf(ID);
/** The digest of the visitor's login, the marker made of it, and the credential signed for it. */
const LOGIN = '5f4dcc3b5aa765d61d8327deb882cf';
export const MARKER = { name: MARKER_COOKIE, value: btoa(LOGIN) };
export const CREDENTIAL = [
	'{"alg":"EdDSA"}',
	`{"mark":"${LOGIN}","sub":"2"}`,
	'no signature at all',
]
	.map((part) => Buffer.from(part).toString('base64url'))
	.join('.');

/** Built anew, so that no test runs on what an older source made. */
await buildFrontend();
const inbox = await readFile(FRONTEND, 'utf8');
const loaderFile = await readFile(LOADER, 'utf8');

/** The vendor's snippet, with somebody's call of `init` after it. */
export const foreignCode = (init = '', address = SCRIPT) =>
	`${loader(accountOf(address))} ${init};`;
export const foreign = (init?: string, address?: string) =>
	`<script>${foreignCode(init, address)}</script>`;

/** What stands in the script element that the plugin prints. */
export const inlineCode = (config: Partial<FrontendConfig> = {}) =>
	`${inbox}appInbox.init(${JSON.stringify({ scriptId: ID, endpoint: '/app-inbox/token', ...config })})`;
/** The attributes of that element. */
export const ATTRIBUTES =
	'id="app-inbox-for-esputnik" data-cfasync="false" data-no-defer="1" data-no-optimize="1" data-noptimize="1" nowprocket';

/** The ways in which a page gets our script; the second asks for the report on the console too. */
export const FORMS = {
	inline: (config?: Partial<FrontendConfig>) =>
		`<script ${ATTRIBUTES}>${inlineCode(config)}</script>`,
	'loader.js': (config?: Partial<FrontendConfig>) =>
		`<script src="/app-inbox/loader.js"></script><script>${initCode(config)}</script>`,
};
export type Form = keyof typeof FORMS;
export const FORM_NAMES = Object.keys(FORMS) as Form[];
export const initCode = (config: Partial<FrontendConfig> = {}) =>
	`appInbox.init(${JSON.stringify({ scriptId: ID, ...config })});`;

export const document = (head: string, body = '') =>
	`<!doctype html><html lang="uk-UA"><head><meta charset="utf-8"><title>Shop</title>${head}</head>
	<body><header><nav></nav></header>${body}</body></html>`;

interface OpenOptions {
	/** Somebody is logged in: the default. */
	member?: boolean;
	headers?: Record<string, string>;
	/** `/page?app-inbox-debug`: with the report. */
	query?: string;
	/** When eSputnik's script comes: by default once the page is parsed, so that no order is left to chance. */
	vendor?: 'parsed' | 'at once' | 'blocked';
	/** An ad blocker's rule, for all but eSputnik. */
	block?: RegExp;
	/** Further addresses of this site. */
	files?: Record<string, string>;
	/** Before anything is asked for. */
	before?: (page: Page) => Promise<unknown>;
}

/** All that can be seen of us on a page. */
export interface Seen {
	status: Status | undefined;
	/** null where eSputnik’s script has not run. */
	vendor: Evidence | null;
	/** The addresses of eSputnik's script elements. */
	scripts: string[];
	/** Those that have run, or failed. */
	settled: number;
	bells: number;
	violations: string[];
}

const SEEN = `({
	status: window.appInbox && appInbox.status(),
	vendor: window.__esputnik || null,
	scripts: [...Document.prototype.getElementsByTagName.call(document, 'script')]
		.map(({ src }) => src).filter((src) => /\\/scripts\\/\\w{32}\\.js/.test(src)),
	settled: __stage.settled,
	bells: Document.prototype.getElementsByTagName.call(document, 'esputnik-inbox').length,
	violations: __stage.violations,
})`;

/** Runs before the page's own scripts. The pauses between retries last no time. */
const PRELUDE = `
	Math.random = () => 0;
	window.__stage = { settled: 0, violations: [] };
	for (const type of ['load', 'error']) {
		document.addEventListener(type, ({ target }) => {
			__stage.settled += /\\/scripts\\/\\w{32}\\.js/.test(target.src) ? 1 : 0;
		}, true);
	}
	document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
		__stage.violations.push(effectiveDirective + ' ' + blockedURI));`;

export type Stage = Awaited<ReturnType<typeof startStage>>;
export type Opened = Awaited<ReturnType<Stage['open']>>;

/** Generous, since the time is only ever used up by what is broken. */
export const until = <T>(check: () => Promise<T>) =>
	vi.waitFor(check, { timeout: 20_000, interval: 20 });

/** With eSputnik's script taking over by this. */
export async function startStage(takesOver: Way = 'c') {
	const seed = exampleSeed();
	const [esputnik, browser] = await Promise.all([
		startEsputnik({ seed: { ...seed, account: { ...seed.account, takesOver } } }),
		launchBrowser(),
	]);
	const site = await startSite(() => requestsTo(esputnik).tokenOf({ externalCustomerId: '2' }));
	return {
		url: site.url,
		/** The same server by another name: another origin. */
		otherUrl: site.url.replace('127.0.0.1', 'localhost'),
		open: (html: string, options: OpenOptions = {}) =>
			open(browser, site, esputnik, html, options),
		async stop() {
			await browser.close();
			await Promise.all([site.stop(), esputnik.stop()]);
		},
	};
}

async function open(
	browser: Browser,
	site: Awaited<ReturnType<typeof startSite>>,
	esputnik: Awaited<ReturnType<typeof startEsputnik>>,
	html: string,
	options: OpenOptions
) {
	const context = await browser.newContext();
	const errors: string[] = [];
	const logged: { type: string; text: string }[] = [];
	const requests: string[] = [];
	context.on('weberror', (error) => errors.push(String(error.error())));
	context.on('console', (message) => logged.push({ type: message.type(), text: message.text() }));
	context.on('request', (request) => requests.push(request.url()));
	if (options.member ?? true) {
		await context.addCookies([{ ...MARKER, url: site.url }]);
	}
	const page = await context.newPage();
	await page.addInitScript(PRELUDE);
	const vendorHosts = /^https:\/\/\w+\.esputnik\.com\//;
	await context.route(vendorHosts, async (route) => {
		const { pathname, search } = new URL(route.request().url());
		const isScript = pathname.startsWith('/scripts/');
		if (isScript && options.vendor !== 'at once') {
			await page.waitForLoadState('domcontentloaded');
		}
		const path = isScript ? `/scripts/${esputnik.scriptId}.js` : pathname + search;
		const response = await route.fetch({ url: esputnik.url + path });
		await route.fulfill({ response });
	});
	const block = options.vendor === 'blocked' ? vendorHosts : options.block;
	if (block) {
		await context.route(block, (route) => route.abort('blockedbyclient'));
	}
	await options.before?.(page);
	site.show({ '/page': html, ...options.files }, options.headers ?? {});
	const cdp = await context.newCDPSession(page);
	/** By the browser's own means, which no page's patches and policies touch. */
	const read = async <T>(expression: string): Promise<T> => {
		const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
			expression,
			returnByValue: true,
		});
		if (exceptionDetails) {
			throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
		}
		return result.value as T;
	};
	const look = () => read<Seen>(SEEN);
	await page.goto(`${site.url}/page${options.query ?? ''}`);
	return {
		page,
		/** Uncaught errors and unhandled rejections. */
		errors,
		logged,
		/** What was said aloud, but for the stand-in's words and the browser's own about the network. */
		warnings: () =>
			logged.flatMap(({ type, text }) =>
				/^(warning|error)$/.test(type) &&
				!/^(eSputnik \(stand-in\)|Failed to load)/.test(text)
					? [text]
					: []
			),
		requests,
		read,
		look,
		/** Once eSputnik’s scripts, all of them, have run and a token is not on its way. */
		settle: () =>
			until(async () => {
				const seen = await look();
				expect(seen.settled).toBe(seen.scripts.length);
				expect(seen.status?.token).not.toBe('pending');
				return seen;
			}),
		/** Once the visitor has an inbox. */
		bell: () =>
			until(async () => {
				const seen = await look();
				expect(seen).toMatchObject({ bells: 1, status: { token: 'received' } });
				expect(seen.settled).toBe(seen.scripts.length);
				return seen;
			}),
		/** Once there is no hope for a token. */
		failed: () =>
			until(async () => {
				const seen = await look();
				expect(seen.status?.token).toBe('failed');
				return seen;
			}),
		async [Symbol.asyncDispose]() {
			await context.unrouteAll({ behavior: 'ignoreErrors' });
			await context.close();
		},
	};
}

/** The website: its page, our loader, and the two that our script asks. */
async function startSite(token: () => Promise<string>) {
	let files: Record<string, string> = {};
	let headers: Record<string, string> = {};

	async function answer(request: IncomingMessage, response: ServerResponse) {
		const { method, url = '/' } = request;
		const { pathname } = new URL(url, 'http://site');
		const { authorization, cookie = '', origin = '*' } = request.headers;
		const send = (status: number, type: string, body: string, more = {}) =>
			response
				.writeHead(status, {
					'content-type': `${type}; charset=utf-8`,
					'access-control-allow-origin': origin,
					'access-control-allow-headers': 'authorization',
					'access-control-expose-headers': CREDENTIAL_HEADER,
					...more,
				})
				.end(body);
		const file = files[pathname];
		if (method === 'OPTIONS') {
			send(204, 'text/plain', '');
		} else if (file !== undefined) {
			const isScript = pathname.endsWith('.js');
			send(200, isScript ? 'text/javascript' : 'text/html', file, isScript ? {} : headers);
		} else if (pathname === '/app-inbox/loader.js') {
			send(200, 'text/javascript', loaderFile);
		} else if (pathname === '/app-inbox/token') {
			const known = authorization === `Bearer ${CREDENTIAL}`;
			const body = known ? { token: await token() } : {};
			send(known ? 200 : 401, 'application/json', JSON.stringify(body), {
				[CREDENTIAL_HEADER]: CREDENTIAL.slice(-CREDENTIAL_HEADER_LENGTH),
			});
		} else if (plainUrl(url) === IDENTITY_URL && method === 'POST') {
			const isMember = cookie.includes(MARKER.value);
			send(isMember ? 200 : 204, 'text/plain', isMember ? CREDENTIAL : '');
		} else {
			send(404, 'text/plain', 'Not found');
		}
	}

	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		show(newFiles: typeof files, newHeaders: typeof headers) {
			files = newFiles;
			headers = newHeaders;
		},
		stop: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}
