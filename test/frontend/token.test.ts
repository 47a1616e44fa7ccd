import { describe, expect, it } from 'vitest';
import { CREDENTIAL_HEADER, CREDENTIAL_HEADER_LENGTH } from '../../src/settings/frontend-config.ts';
import {
	askToken,
	CREDENTIAL_REQUEST,
	credentialOf,
	ENDPOINT,
	failed,
	JWT,
	member,
	requestsOf,
	shownTo,
	site,
	siteOf,
	TOKEN,
	token,
	TOKEN_REQUEST,
	tokenRequests,
} from './answers.ts';
import { settle } from './clock.ts';
import {
	LOGIN,
	MARKER,
	openPage,
	OTHER_LOGIN,
	OTHER_MARKER,
	type Page,
	type Settled,
} from './page.ts';

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
		expect(requestsOf(page)).toEqual([TOKEN_REQUEST]);
		expect(shownTo(page)).toEqual([`Bearer ${JWT}`]);
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
		expect(shownTo(page)).toEqual([
			...['Bearer jwt-1', 'Bearer jwt-1', 'Bearer jwt-1', 'Bearer jwt-2'],
		]);
	});
	it('getIdentity refreshes an identity that has expired', async () => {
		const config = { identity: 'old', getIdentity: () => 'new' };
		const page = member(site(failed(401), token()), { ...elsewhere, config });
		expect(await askToken(page)).toBe(TOKEN);
		expect(shownTo(page)).toEqual([...['Bearer old', 'Bearer new']]);
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

describe('the answer that has the token', () => {
	const about = (jwt: string): Settled => ({
		...token(),
		headers: { [CREDENTIAL_HEADER]: jwt.slice(-CREDENTIAL_HEADER_LENGTH) },
	});
	const signedBy = (jwt: string, signature: string) => jwt.replace(/[^.]+$/, signature);
	const MINE = signedBy(JWT, 'AAAAAAAAAAAAAAAAAAAAAAAA');
	const THEIRS = signedBy(credentialOf(OTHER_LOGIN), 'BBBBBBBBBBBBBBBBBBBBBBBB');
	const OLDER = signedBy(credentialOf(LOGIN, { sub: '7', iat: 1 }), 'CCCCCCCCCCCCCCCCCCCCCCCC');

	it.each([
		['this credential', about(MINE), TOKEN],
		['no credential, of an older function', token(), TOKEN],
		['somebody else’s credential', about(THEIRS), ''],
		['an older credential', about(OLDER), ''],
		['a thing of that name', { ...token(), headers: { [CREDENTIAL_HEADER]: 'x' } }, ''],
	])('is taken only where it belongs to this credential: %s', async (_name, answer, expected) => {
		const page = member(siteOf([{ body: MINE }], [answer]));
		expect(await askToken(page)).toBe(expected);
		expect(tokenRequests(page)).toHaveLength(1);
		expect(page.window.appInbox.status()).toMatchObject(
			expected
				? { token: 'received' }
				: {
						state: 'initialised',
						token: 'failed',
						message: `${ENDPOINT} 200 Open ?app-inbox-debug.`,
					}
		);
	});
});

describe('the callback', () => {
	it('is single-flight, and asks anew for each flight', async () => {
		let n = 0;
		const answer = site();
		const page = member((asked) => (asked.url === ENDPOINT ? token(`t${++n}`) : answer(asked)));
		const callback = page.callback();
		const flight = callback();
		expect(callback()).toBe(flight);
		expect(await flight).toBe('t1');
		expect(callback()).not.toBe(flight);
		await settle();
		expect(tokenRequests(page)).toHaveLength(2);
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
		['logged in as another', OTHER_MARKER],
	])('whoever %s before gets nothing, and nobody is asked', async (_name, cookie) => {
		const page = member();
		page.setCookie(cookie);
		expect(await askToken(page)).toBe('');
		expect(tokenRequests(page)).toEqual([]);
		expect(page.window.appInbox.status().state).toBe('guest');
	});
	it.each([
		['credential', CREDENTIAL_REQUEST, OTHER_MARKER, 0],
		['credential', CREDENTIAL_REQUEST, '', 0],
		['token', TOKEN_REQUEST, OTHER_MARKER, 1],
		['token', TOKEN_REQUEST, '', 1],
	])(
		'whoever changes while the %s is on its way gets nothing: %s, %s',
		async (_name, held, cookie, times) => {
			const { promise, resolve } = withResolvers();
			const answer = site();
			const page = member((asked) =>
				held === `${asked.method} ${asked.url}` ? promise : answer(asked)
			);
			const result = page.callback()();
			await settle();
			page.setCookie(cookie);
			resolve(held === TOKEN_REQUEST ? token() : { body: JWT });
			expect(await result).toBe('');
			expect(tokenRequests(page)).toHaveLength(times);
			expect(page.window.appInbox.status()).toMatchObject({ state: 'guest', token: 'none' });
		}
	);
	it('whoever comes while a credential is on its way gets nothing with their own either', async () => {
		const { promise, resolve } = withResolvers();
		const page = member(siteOf([promise]));
		const result = page.callback()();
		await settle();
		page.setCookie(OTHER_MARKER);
		resolve({ body: credentialOf(OTHER_LOGIN) });
		expect(await result).toBe('');
		expect(tokenRequests(page)).toEqual([]);
		expect({ ...page.window.sessionStorage }).toEqual({});
	});
	it('of two markers the first counts, and longer names are other cookies', async () => {
		const cookie = `xapp_inbox_user=1; ${MARKER}; ${OTHER_MARKER}`;
		const page = member(site(), { options: { cookie } });
		page.setCookie(`${MARKER}; x=1`);
		expect(await askToken(page)).toBe(TOKEN);
		page.setCookie(`${OTHER_MARKER}; ${MARKER}`);
		expect(await askToken(page)).toBe('');
	});
	const value = MARKER.split('=')[1]!;
	it.each([
		['nothing', ''],
		['one letter', '1'],
		['32 digits, as WordPress’s hashes have', '5f4dcc3b5aa765d61d8327deb882cf99'],
		['a letter less', value.slice(1)],
		['a letter more', `${value}0`],
		['other signs', `${value.slice(1)}-`],
		['other signs after it', `${value}%3D`],
	])('a marker of another shape makes a guest: %s', (_name, other) => {
		const guest = openPage({
			cookie: `x${MARKER}; app_inbox_user_2=${value}; app_inbox_user=${other}`,
		});
		guest.init();
		expect(guest.window.appInbox.status().state).toBe('guest');
		expect(guest.window.eS).toBeUndefined();
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
		['somebody else has logged in', OTHER_MARKER, 2],
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
		const page = member(siteOf([{ status: 204 }]));
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
