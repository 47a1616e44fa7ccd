/** The front end as a guest on somebody's page: elements, double loads, and hostile pages. */
import { describe, expect, it } from 'vitest';
import { askToken, member, tokenRequests, requestsOf, site, TOKEN } from './answers.ts';
import { ID, MARKER, openPage, SCRIPT, INLINE } from './page.ts';

describe('the vendor’s script element', () => {
	it('comes into the head, also of a document without any script element', () => {
		const page = openPage({ cookie: MARKER });
		page.document.querySelectorAll('script').forEach((element) => element.remove());
		page.init();
		const [script] = page.document.scripts;
		expect(script).toMatchObject({ src: SCRIPT });
		expect(script!.parentElement).toBe(page.document.head);
	});
	it.each([
		[undefined, SCRIPT],
		['statics.esputnik.com', `https://statics.esputnik.com/scripts/${ID}.js`],
		['http://127.0.0.1:9400', `http://127.0.0.1:9400/scripts/${ID}.js`],
		['https://stand-in.example', `https://stand-in.example/scripts/${ID}.js`],
	])('of host %s is %s', (scriptHost, src) => {
		const page = openPage({ cookie: MARKER, elsewhere: true });
		page.init(scriptHost ? { scriptHost } : {});
		expect(page.vendorScripts()).toEqual([src]);
		// WordPress prints whole origins.
		const inline = openPage({ cookie: MARKER });
		inline.init(scriptHost ? { scriptHost: new URL(src).origin } : {});
		expect(inline.vendorScripts()).toEqual([src]);
	});
	it.each([
		SCRIPT,
		SCRIPT.replace('cdn', 'statics'),
		'//cdn.esputnik.com/scripts/FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF.js',
		`/proxied/scripts/${ID}.js`,
	])('is not inserted where the page has %s', (src) => {
		const page = openPage({ cookie: MARKER, head: `<script src="${src}"></script>` });
		page.init();
		expect(page.vendorScripts()).toHaveLength(1);
		expect(page.queued()).toHaveLength(1);
	});
	it.each(['text/plain', 'text/template', 'javascript/blocked', 'rocketlazyloadscript'])(
		'is inserted beside one that a consent tool or an optimiser holds back as %s',
		(type) => {
			const head = `<script type="${type}" src="${SCRIPT}"></script>`;
			const page = openPage({ cookie: MARKER, head });
			page.init();
			expect(page.vendorScripts()).toHaveLength(2);
		}
	);
	it.each(['text/javascript', 'text/JavaScript', ''])(
		'is not inserted beside one of the type “%s”',
		(type) => {
			const head = `<script type="${type}" src="${SCRIPT}"></script>`;
			const page = openPage({ cookie: MARKER, head });
			page.init();
			expect(page.vendorScripts()).toHaveLength(1);
		}
	);
	it.each([
		['eSputnik’s web push', 'https://esputnik.com/scripts/v1/public/scripts?apiKey=x&domain=y'],
		['Claspo', 'https://scripts.claspo.io/scripts/A5AD9A9196CC4508A07B3B408883F801.js'],
	])('is inserted beside the script of %s, which is another', (_, src) => {
		const head = `<script src="${src}"></script>`;
		const page = openPage({ cookie: MARKER, head });
		page.init();
		expect(page.vendorScripts()).toHaveLength(2);
		expect(page.vendorScripts()).toContain(SCRIPT);
	});
});

describe('twice on a page', () => {
	it('init starts once', () => {
		const page = openPage({ cookie: MARKER });
		page.init();
		page.init({ features: { tracking: true } });
		expect(page.queued()).toHaveLength(1);
		expect(page.queued()[0]![1]).toMatchObject({ TRACKING: false });
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(page.statuses).toHaveLength(1);
	});
	it('the script: the first copy stays', () => {
		const page = openPage({ cookie: MARKER });
		page.init();
		const { appInbox } = page.window;
		page.run(INLINE);
		page.init();
		expect(page.window.appInbox).toBe(appInbox);
		expect(page.queued()).toHaveLength(1);
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(page.logged).toEqual([]);
	});
	it('without a script id nothing starts, and a later init may', () => {
		const page = openPage({ cookie: MARKER });
		page.init({ scriptId: '' });
		expect(page.window.eS).toBeUndefined();
		expect(page.window.appInbox.status().state).toBe('idle');
		page.init();
		expect(page.queued()).toHaveLength(1);
	});
});

describe('the endpoint', () => {
	it.each([
		[
			'beside the loader',
			'https://edge.example/app-inbox/loader.js',
			undefined,
			'https://edge.example/app-inbox/token',
		],
		['beside the page', undefined, undefined, 'https://shop.example/blog/token'],
		[
			'that is set',
			'https://edge.example/app-inbox/loader.js',
			'https://a.example/token',
			'https://a.example/token',
		],
	])('is the one %s', async (_name, src, endpoint, expected) => {
		const page = openPage({
			cookie: MARKER,
			answer: site(),
			elsewhere: true,
			...(src && { src }),
		});
		page.init(endpoint ? { endpoint } : {});
		expect(await askToken(page)).toBe(TOKEN);
		expect(tokenRequests(page).map(({ url }) => url)).toEqual([expected]);
	});
});

describe('on a hostile page', () => {
	const storages: [name: string, get: () => unknown][] = [
		[
			'throws',
			() => {
				throw new Error('SecurityError');
			},
		],
		['is null', () => null],
		[
			'is full',
			() =>
				new Proxy(
					{},
					{
						set() {
							throw new Error('QuotaExceededError');
						},
					}
				),
		],
	];
	it.each(storages)('sessionStorage %s: tokens come all the same', async (_name, get) => {
		const page = member(site(), {
			options: {
				before: (window) => Object.defineProperty(window, 'sessionStorage', { get }),
			},
		});
		expect(await askToken(page)).toBe(TOKEN);
		expect(await askToken(page)).toBe(TOKEN);
		expect(requestsOf(page)).toHaveLength(4);
		expect(page.logged).toEqual([]);
	});
	it('fetch throws at once: no token, no error', async () => {
		const page = member(() => {
			throw new Error('patched fetch');
		});
		expect(await askToken(page)).toBe('');
		expect(page.window.appInbox.status().token).toBe('failed');
		expect(page.logged).toEqual([]);
	});
	it('fetch is missing: no token, no error', async () => {
		const page = member();
		Reflect.deleteProperty(page.window, 'fetch');
		expect(await askToken(page)).toBe('');
	});
	it.each([
		[
			'cookies throw',
			() => {
				throw new Error('SecurityError');
			},
		],
	])('%s: init does nothing and says nothing', (_name, get) => {
		const page = openPage();
		Object.defineProperty(page.document, 'cookie', { get });
		page.foreignSnippet("eS('init', {A: 1});");
		expect(() => page.init()).not.toThrow();
		expect(page.queued()).toEqual([['init', { A: 1 }]]);
		expect(page.logged).toEqual([]);
	});
	it.each([
		['no config', undefined],
		['null', null],
		['an endpoint that is none', { scriptId: ID, endpoint: 'https://' }],
	])('init with %s does not throw', (_name, config) => {
		// WordPress prints no address that is none.
		const page = openPage({ cookie: MARKER, elsewhere: true });
		expect(() => page.window.appInbox.init(config as never)).not.toThrow();
		expect(page.vendorScripts()).toEqual([]);
		expect(page.window.eS).toBeUndefined();
	});
	it.each(['inline', 'elsewhere'])('elements have the ids of our names: %s', async (where) => {
		const names = ['appInbox', 'eS', 'appInboxGetIdentity'];
		const page = openPage({
			cookie: MARKER,
			elsewhere: where === 'elsewhere',
			head: names.map((name) => `<meta id="${name}">`).join(''),
			answer: site(),
		});
		expect(page.window.eS).toBeInstanceOf(page.window.Element);
		page.init({ endpoint: '/token' });
		expect(page.queued()).toEqual([['init', expect.anything(), expect.anything()]]);
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(await askToken(page)).toBe(TOKEN);
	});
	it.each([[{}], ['text'], [5], [{ q: null }], [{ q: {} }]])(
		'eS is already %j: it stays as it is',
		(eS) => {
			const page = openPage({
				cookie: MARKER,
				before: (window) => Object.assign(window, { eS }),
			});
			page.init();
			expect(page.window.eS).toBe(eS);
			expect(page.window.appInbox.status().state).toBe('already-initialised');
		}
	);
});
