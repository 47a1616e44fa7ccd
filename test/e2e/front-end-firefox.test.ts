/** The front end in a Firefox as people have it. Chromium's tests say more; this one, whether it works. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundleFrontend } from '../../build/frontend.ts';
import { IDENTITY_URL, MARKER_COOKIE } from '../../src/settings/frontend-config.ts';
import { requestsTo } from '../esputnik/requests.ts';
import { startEsputnik, type Esputnik } from '../esputnik/server.ts';
import { accountOf, snippetCode } from '../esputnik/snippets.ts';
import { plainUrl } from '../site/identity-request.ts';

const FIREFOX = [
	process.env.FIREFOX_PATH ?? '',
	'/usr/bin/firefox',
	'/usr/bin/firefox-esr',
	'/opt/firefox/firefox',
	'/Applications/Firefox.app/Contents/MacOS/firefox',
	'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
].find((path) => path && existsSync(path));
const DRIVER = join(import.meta.dirname, '../runtimes/node_modules/puppeteer-core');
const missing = [
	FIREFOX
		? []
		: 'no Firefox: install one (Debian: firefox-esr), or set FIREFOX_PATH to its program',
	existsSync(DRIVER) ? [] : 'no puppeteer-core: npm ci --prefix test/runtimes',
].flat();
if (missing.length > 0 && process.env.APP_INBOX_RUNTIMES === 'required') {
	throw new Error(missing.join('; '));
}

/** What is used here of puppeteer-core, which not everybody has to install. */
interface Page {
	browserContext: () => Context;
	evaluate: <T>(code: string | (() => T)) => Promise<T>;
	goto: (url: string) => Promise<unknown>;
	on: ((event: 'request', listener: (request: { url: () => string }) => void) => void) &
		((event: 'pageerror', listener: (error: unknown) => void) => void) &
		((
			event: 'console',
			listener: (message: { type: () => string; text: () => string }) => void
		) => void);
	waitForFunction: (code: string) => Promise<unknown>;
}
interface Context {
	close: () => Promise<void>;
	newPage: () => Promise<Page>;
	setCookie: (cookie: Record<'name' | 'value' | 'domain' | 'path', string>) => Promise<void>;
}
interface Browser {
	close: () => Promise<void>;
	createBrowserContext: () => Promise<Context>;
}
interface Puppeteer {
	launch: (options: { browser: 'firefox'; executablePath: string }) => Promise<Browser>;
}

const LOGIN = '5f4dcc3b5aa765d61d8327deb882cf';
const CREDENTIAL = `e30.${Buffer.from(`{"mark":"${LOGIN}"}`).toString('base64url')}.c2lnbmF0dXJl`;

const EVIDENCE = 'window.__esputnik';
const BADGE = "document.querySelector('esputnik-inbox')?.shadowRoot.querySelector('.badge')";

const why = missing.length > 0 ? ` (${missing.join('; ')})` : '';
describe.skipIf(missing.length > 0)(`the front end in Firefox${why}`, () => {
	let esputnik: Esputnik;
	let server: Server;
	let site: string;
	let browser: Browser;
	/** What the page's head has before ours and after it. */
	let scripts = ['', ''];
	let behindPassword = '';
	let page: Page;
	let requests: string[];
	let errors: string[];

	beforeAll(async () => {
		esputnik = await startEsputnik();
		const code = await bundleFrontend({ entry: 'index', inline: true });
		const config = {
			scriptId: esputnik.scriptId,
			scriptHost: esputnik.url,
			endpoint: '/app-inbox/token',
		};
		const { tokenOf } = requestsTo(esputnik);
		server = createServer(async (request, response) => {
			if (request.method === 'POST' && request.url === behindPassword) {
				response.writeHead(401, { 'www-authenticate': 'Basic realm="Shop"' }).end();
			} else if (request.url === '/app-inbox/token') {
				const known = request.headers.authorization === `Bearer ${CREDENTIAL}`;
				const token = known ? await tokenOf({ externalCustomerId: '2' }) : '';
				response.end(JSON.stringify({ token }));
			} else if (plainUrl(request.url!) === IDENTITY_URL && request.method === 'POST') {
				response.end(CREDENTIAL);
			} else {
				response.setHeader('content-type', 'text/html; charset=utf-8');
				response.end(`<!doctype html><html lang="uk-UA"><head><title>Shop</title>
					<link rel="icon" href="data:,">
					<script>${scripts[0]}</script>
					<script>${code}appInbox.init(${JSON.stringify(config)})</script>
					<script>${scripts[1]}</script></head>
					<body><header><nav>Menu</nav></header></body></html>`);
			}
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		site = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		const { default: puppeteer } = (await import(
			pathToFileURL(join(DRIVER, 'lib/esm/puppeteer/puppeteer-core.js')).href
		)) as { default: Puppeteer };
		browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX! });
	});
	afterAll(async () => {
		await browser?.close();
		server?.closeAllConnections();
		server?.close();
		await esputnik?.stop();
	});
	afterEach(() => page?.browserContext().close());

	async function open(member: boolean, before = '', after = '') {
		scripts = [before, after];
		const context = await browser.createBrowserContext();
		if (member) {
			await context.setCookie({
				name: MARKER_COOKIE,
				value: btoa(LOGIN),
				domain: '127.0.0.1',
				path: '/',
			});
		}
		page = await context.newPage();
		requests = [];
		errors = [];
		page.on('request', (request) => requests.push(request.url()));
		page.on('pageerror', (error) => errors.push(String(error)));
		page.on('console', (message) => {
			if (message.type() === 'error') {
				errors.push(message.text());
			}
		});
		await page.goto(site);
	}
	const status = () => page.evaluate(() => window.appInbox!.status());

	it('shows a member the bell with what is unread', async () => {
		await open(true);
		await page.waitForFunction(`${BADGE}?.textContent === '2'`);
		expect(await status()).toMatchObject({
			state: 'initialised',
			init: 'ours',
			token: 'received',
		});
		expect(await page.evaluate(EVIDENCE)).toEqual({
			inits: [
				{
					APP_INBOX: true,
					RECOMS: false,
					TRACKING: false,
					options: ['getAuthTokenCallback', 'language'],
					language: 'uk',
				},
			],
			refused: 0,
			tokensAsked: 1,
			problems: [],
		});
		expect(errors).toEqual([]);
	});

	it('leaves a guest alone: the page is the only request', async () => {
		await open(false);
		expect(await status()).toMatchObject({ state: 'guest', init: 'none', token: 'none' });
		expect(await page.evaluate('typeof window.eS')).toBe('undefined');
		expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([site]);
		expect(errors).toEqual([]);
	});

	it('asks for no password where one stands before the token function', async () => {
		behindPassword = '/app-inbox/token';
		await open(true);
		await page.waitForFunction("appInbox.status().token === 'failed'");
		// Had it asked, there would have been no answer.
		expect((await status()).message).toContain('/app-inbox/token 401 ');
		const asking = page.evaluate(
			`fetch('/app-inbox/token', { method: 'POST' }).then(() => 'no question', () => 'no question')`
		);
		const waiting = new Promise((resolve) => setTimeout(resolve, 2_000, 'a question'));
		expect(await Promise.race([asking.catch(() => 'page closed'), waiting])).toBe('a question');
		behindPassword = '';
	});

	it.each(['before', 'after'])('merges a foreign init that comes %s ours', async (where) => {
		const foreign = snippetCode(
			`eS('init', { TRACKING: true, RECOMS: false }, { theme: 'dark' })`,
			accountOf(esputnik.scriptUrl())
		);
		await (where === 'before' ? open(true, foreign) : open(true, '', foreign));
		await page.waitForFunction(`${BADGE}?.textContent === '2'`);
		const { inits, refused } = await page.evaluate<{ inits: unknown[]; refused: number }>(
			EVIDENCE
		);
		expect(inits).toEqual([
			{
				APP_INBOX: true,
				TRACKING: true,
				RECOMS: false,
				options: ['theme', 'getAuthTokenCallback', 'language'],
				language: 'uk',
			},
		]);
		expect(refused).toBe(0);
		expect(await status()).toMatchObject({ state: 'initialised', init: 'merged' });
		expect(errors).toEqual([]);
	});
});
