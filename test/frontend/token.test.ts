import { describe, expect, it } from 'vitest';
import {
	askToken,
	ENDPOINT,
	failed,
	FAR_ENDPOINT,
	JWT,
	JWT_REQUEST,
	member,
	NONCE,
	NONCE_REQUEST,
	posts,
	requestsOf,
	site,
	TOKEN,
	token,
} from './answers.ts';
import { settle } from './clock.ts';
import { MARKER, openPage, type Page, type Answer, type Settled } from './page.ts';

const OTHER = 'app_inbox_user=ffffffffffffffffffffffffffffffff';
const POST = `POST ${ENDPOINT}`;

describe('the credential', () => {
	it.each([
		['the page’s own origin', ENDPOINT, {}, 'session'],
		['a path', '/app-inbox/token', {}, 'session'],
		['a name beside the page', 'token', {}, 'session'],
		['another host', FAR_ENDPOINT, {}, 'signed'],
		['another port', 'https://shop.example:8443/token', {}, 'signed'],
		['another scheme', 'http://shop.example/token', {}, 'signed'],
		['a host that begins alike', 'https://shop.example.evil.example/token', {}, 'signed'],
	])('for %s (%s, %j) is %s', async (_name, endpoint, config, kind) => {
		// Elsewhere nobody has said where: the endpoint's address decides.
		const page = member(site(), {
			config: { endpoint, ...config },
			options: { elsewhere: true },
		});
		expect(await askToken(page)).toBe(TOKEN);
		const url = new URL(endpoint, page.document.baseURI).href;
		const session = kind === 'session';
		expect(requestsOf(page)).toEqual([session ? NONCE_REQUEST : JWT_REQUEST, `POST ${url}`]);
		expect(page.asked[0]!.headers).toEqual({});
		expect(page.asked[1]!.headers).toEqual(
			session ? { 'X-WP-Nonce': NONCE } : { Authorization: `Bearer ${JWT}` }
		);
		expect(page.asked[1]!.body).toBeUndefined();
	});
	it('is asked for with texts as addresses: scripts of the page may look into them', async () => {
		const page = member(site(), {
			options: {
				before(window) {
					const { fetch } = window;
					// As eSputnik's own plugin for WooCommerce does it.
					window.fetch = (...request) =>
						(request[0] as string).includes('/wc/store/')
							? Promise.reject(new Error('no'))
							: fetch(...request);
				},
			},
		});
		expect(await askToken(page)).toBe(TOKEN);
		expect(requestsOf(page)).toEqual([NONCE_REQUEST, POST]);
	});
	it.each([NONCE_REQUEST, JWT_REQUEST])(
		'comes from where WordPress says: %s',
		async (request) => {
			const identityUrl = request.replace(/^GET https:\/\/[^/]+/, '');
			const page = member(site(), { config: { identityUrl } });
			expect(await askToken(page)).toBe(TOKEN);
			expect(requestsOf(page)).toEqual([request, POST]);
			const session = request === NONCE_REQUEST;
			expect(page.asked[1]!.headers).toEqual(
				session ? { 'X-WP-Nonce': NONCE } : { Authorization: `Bearer ${JWT}` }
			);
		}
	);
	it('is kept for the tab, behind the marker; the token never is', async () => {
		const page = member();
		await askToken(page);
		await askToken(page);
		expect(requestsOf(page)).toEqual([NONCE_REQUEST, POST, POST]);
		const kept = { ...page.window.sessionStorage };
		expect(Object.keys(kept)).toEqual(['appInbox']);
		expect(kept.appInbox).toContain(MARKER.split('=')[1]);
		expect(kept.appInbox).toContain(NONCE);
		expect({ ...page.window.localStorage }).toEqual({});
	});

	const next = (cookie: string, kept: string, config = {}) =>
		member(site(), {
			config,
			options: { cookie, before: ({ sessionStorage }) => (sessionStorage.appInbox = kept) },
		});
	it('serves the next page of the same visitor', async () => {
		const first = member();
		await askToken(first);
		const second = next(MARKER, first.window.sessionStorage.appInbox);
		expect(await askToken(second)).toBe(TOKEN);
		expect(requestsOf(second)).toEqual([POST]);
		expect(second.asked[0]!.headers).toEqual({ 'X-WP-Nonce': NONCE });
	});
	it('is never shown for the next visitor, nor as one of the other kind', async () => {
		const first = member();
		await askToken(first);
		const kept = first.window.sessionStorage.appInbox;
		const other = next(OTHER, kept);
		await askToken(other);
		expect(requestsOf(other)).toEqual([NONCE_REQUEST, POST]);
		expect(other.window.sessionStorage.appInbox).not.toContain(MARKER.split('=')[1]);
		const signed = next(MARKER, kept, { endpoint: FAR_ENDPOINT });
		await askToken(signed);
		expect(requestsOf(signed)[0]).toBe(JWT_REQUEST);
	});
	it('is gone from the tab as soon as a guest sees a page', async () => {
		const first = member(site(), { config: { endpoint: FAR_ENDPOINT } });
		await askToken(first);
		const kept = first.window.sessionStorage.appInbox;
		expect(kept).toContain(JWT);
		const guest = next('', kept);
		expect(guest.window.sessionStorage.appInbox).not.toContain(JWT);
		expect(guest.asked).toEqual([]);
		const stranger = member(site(), { options: { cookie: '' } });
		expect({ ...stranger.window.sessionStorage }).toEqual({});
	});
	it.each(['', 'x', ' ', `${MARKER.split('=')[1]} rest-nonce `])(
		'is asked for where the tab keeps %j',
		async (kept) => {
			const page = next(MARKER, kept);
			expect(await askToken(page)).toBe(TOKEN);
			expect(requestsOf(page)).toEqual([NONCE_REQUEST, POST]);
		}
	);
	it.each([401, 403])('is fetched anew after a %i, once', async (status) => {
		const page = member(site(failed(status), token()));
		expect(await askToken(page)).toBe(TOKEN);
		expect(requestsOf(page)).toEqual([NONCE_REQUEST, POST, NONCE_REQUEST, POST]);
		const refused = member(site(failed(status)));
		expect(await askToken(refused)).toBe('');
		expect(requestsOf(refused)).toEqual([NONCE_REQUEST, POST, NONCE_REQUEST, POST]);
		expect(refused.window.appInbox.status().token).toBe('failed');
	});
	it.each<[string, Answer]>([
		['a guest', { status: 400, body: '0' }],
		['a guest, as some answer it', { body: '0' }],
		['a login page', { body: '<!doctype html><p>Please log in</p>' }],
		['nothing', { body: '' }],
		['a bad request, whatever it says', { status: 400, body: '<p>Bad request</p>' }],
	])('is none where WordPress answers with %s: no token, no POST', async (_name, answer) => {
		const page = member(() => answer);
		expect(await askToken(page)).toBe('');
		expect(requestsOf(page)).toEqual([NONCE_REQUEST]);
		expect(page.window.appInbox.status().state).toBe('guest');
		expect({ ...page.window.sessionStorage }).toEqual({});
	});
});

describe('when WordPress is busy or in the way', () => {
	it.each([403, 429, 500])('a %i for the credential is tried again', async (status) => {
		const credentials = [failed(status), { body: NONCE }];
		const page = member(({ method }) => (method === 'POST' ? token() : credentials.shift()!));
		expect(await askToken(page)).toBe(TOKEN);
		expect(requestsOf(page)).toEqual([NONCE_REQUEST, NONCE_REQUEST, POST]);
	});
});

describe('on a site that is not WordPress', () => {
	const elsewhere = { options: { cookie: '', elsewhere: true } };
	it.each([undefined, null, ''])('getIdentity that gives %j makes a guest', async (nobody) => {
		const page = member(site(), {
			...elsewhere,
			config: { getIdentity: () => nobody as never },
		});
		expect(await askToken(page)).toBe('');
		expect(page.asked).toEqual([]);
		expect(page.window.appInbox.status()).toMatchObject({ state: 'guest', token: 'none' });
	});
	it('identity is the credential', async () => {
		const page = member(site(), { ...elsewhere, config: { identity: JWT } });
		expect(await askToken(page)).toBe(TOKEN);
		expect(requestsOf(page)).toEqual([POST]);
		expect(page.asked[0]!.headers).toEqual({ Authorization: `Bearer ${JWT}` });
		expect({ ...page.window.sessionStorage }).toEqual({});
	});
	it.each([
		['its value', (n: number) => `jwt-${n}`],
		['its promise', async (n: number) => `jwt-${n}`],
	])('getIdentity gives it: %s', async (_name, give) => {
		let asked = 0;
		const config = { getIdentity: () => give(++asked) };
		const page = member(site(token(), token(), failed(401), token()), { ...elsewhere, config });
		expect(asked).toBe(0);
		await askToken(page);
		await askToken(page);
		expect(await askToken(page)).toBe(TOKEN);
		expect(posts(page).map(({ headers }) => headers.Authorization)).toEqual([
			...['Bearer jwt-1', 'Bearer jwt-1', 'Bearer jwt-1', 'Bearer jwt-2'],
		]);
	});
	it('getIdentity refreshes an identity that has expired', async () => {
		const config = { identity: 'old', getIdentity: () => 'new' };
		const page = member(site(failed(401), token()), { ...elsewhere, config });
		expect(await askToken(page)).toBe(TOKEN);
		expect(posts(page).map(({ headers }) => headers.Authorization)).toEqual([
			...['Bearer old', 'Bearer new'],
		]);
	});
	it.each([
		[
			'throws',
			() => {
				throw new Error('no');
			},
		],
		['rejects', () => Promise.reject(new Error('no'))],
	])('getIdentity that %s: no token, no request', async (_name, getIdentity) => {
		const page = member(site(), { ...elsewhere, config: { getIdentity } });
		expect(await askToken(page)).toBe('');
		expect(page.asked).toEqual([]);
	});
});

describe('the callback', () => {
	it('is single-flight, and asks anew for each flight', async () => {
		let n = 0;
		const page = member((asked) =>
			asked.method === 'POST' ? token(`t${++n}`) : { body: NONCE }
		);
		const callback = page.callback();
		const flight = callback();
		expect(callback()).toBe(flight);
		expect(await flight).toBe('t1');
		expect(callback()).not.toBe(flight);
		await settle();
		expect(posts(page)).toHaveLength(2);
		expect(await askToken(page)).toBe('t3');
	});
	it('never stores, shows or logs a token', async () => {
		const page = member(site(token(), failed(401), token()));
		await askToken(page);
		await askToken(page);
		const { sessionStorage, localStorage, appInbox } = page.window;
		const seen = [
			...[page.logged, page.statuses, appInbox, appInbox.status(), page.asked],
			...[{ ...sessionStorage }, { ...localStorage }, page.document.cookie],
			page.document.documentElement.outerHTML,
		];
		expect(JSON.stringify(seen)).not.toContain(TOKEN);
		expect(page.logged).toEqual([]);
	});
	it.each([
		['logged out', ''],
		['logged in as another', OTHER],
	])('whoever %s before gets nothing, and nobody is asked', async (_name, cookie) => {
		const page = member();
		page.setCookie(cookie);
		expect(await askToken(page)).toBe('');
		expect(posts(page)).toEqual([]);
		expect(page.window.appInbox.status().state).toBe('guest');
	});
	it.each(['GET', 'POST'])(
		'whoever changes while a %s is on its way gets nothing',
		async (method) => {
			const { promise, resolve } = withResolvers();
			const answer = site();
			const page = member((asked) => (asked.method === method ? promise : answer(asked)));
			const result = page.callback()();
			await settle();
			page.setCookie(OTHER);
			resolve(method === 'GET' ? { body: NONCE } : token());
			expect(await result).toBe('');
			expect(posts(page)).toHaveLength(method === 'GET' ? 0 : 1);
			expect(page.window.appInbox.status()).toMatchObject({
				state: 'guest',
			});
		}
	);
	it('of two markers the first counts, and longer names are other cookies', async () => {
		const cookie = `xapp_inbox_user=1; ${MARKER}; ${OTHER}`;
		const page = member(site(), { options: { cookie } });
		page.setCookie(`${MARKER}; x=1`);
		expect(await askToken(page)).toBe(TOKEN);
		page.setCookie(`${OTHER}; ${MARKER}`);
		expect(await askToken(page)).toBe('');
		const guest = openPage({
			cookie: 'xapp_inbox_user=1; app_inbox_user_2=1; app_inbox_user=',
		});
		guest.init();
		expect(guest.window.appInbox.status().state).toBe('guest');
	});
});

describe('a page that comes to sight again', () => {
	/** jsdom cannot load a page anew, and says so. */
	const reloads = (page: Page) =>
		page.logged.filter((line) => line.includes('Not implemented: navigation')).length;
	const show = (page: Page) => {
		page.document.dispatchEvent(new page.window.Event('visibilitychange', { bubbles: true }));
		page.window.dispatchEvent(new page.window.Event('pageshow'));
	};

	it.each([
		['somebody else has logged in', OTHER, 2],
		['its visitor has logged out', '', 2],
		['its visitor is still there', MARKER, 0],
	])('%s: is loaded anew or not', (_name, cookie, times) => {
		const page = member();
		page.setCookie(cookie);
		show(page);
		expect(reloads(page)).toBe(times);
	});
	it('a guest’s stays as it is, whoever logs in', () => {
		const page = openPage();
		page.init();
		page.setCookie(MARKER);
		show(page);
		expect(reloads(page)).toBe(0);
	});
	it('stays when WordPress has taken its visitor for a guest and left the marker', async () => {
		const page = member(() => ({ status: 400, body: '0' }));
		await askToken(page);
		show(page);
		expect(reloads(page)).toBe(0);
	});
});

function withResolvers() {
	let resolve!: (answer: Settled) => void;
	const promise = new Promise<Settled>((give) => (resolve = give));
	return { promise, resolve };
}
