import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	askToken,
	CREDENTIAL_REQUEST,
	credentialOf,
	credentialRequests,
	FAR_ENDPOINT,
	failed,
	IDENTITY,
	JWT,
	jwtOf,
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
import { LOGIN, MARKER, OTHER_LOGIN, OTHER_MARKER, openPage, type Answer } from './page.ts';

const ADVICE = 'Open ?app-inbox-debug.';
const status = ({ window }: ReturnType<typeof openPage>) => window.appInbox.status();

describe('the credential', () => {
	it.each(['inline', 'loader.js'])('is asked for by POST, once: %s', async (form) => {
		const page = member(site(), { options: { elsewhere: form !== 'inline' } });
		expect(await askToken(page)).toBe(TOKEN);
		const [first, second, ...more] = page.asked;
		expect(first).toEqual({
			method: 'POST',
			url: IDENTITY,
			headers: {},
			body: undefined,
			credentials: undefined,
		});
		expect(second).toMatchObject({
			method: 'POST',
			headers: { Authorization: `Bearer ${JWT}` },
			body: undefined,
			// No browser asks its person for a password then.
			credentials: 'omit',
		});
		expect(more).toEqual([]);
	});
	it.each([
		['the page’s own origin', 'https://shop.example/app-inbox/token'],
		['a path', '/app-inbox/token'],
		['another host', FAR_ENDPOINT],
		['another port', 'https://shop.example:8443/token'],
	])('is the same for a token function at %s: %s', async (_name, endpoint) => {
		const page = member(site(), { config: { endpoint } });
		expect(await askToken(page)).toBe(TOKEN);
		const url = new URL(endpoint, 'https://shop.example').href;
		expect(requestsOf(page)).toEqual([CREDENTIAL_REQUEST, `POST ${url}`]);
		expect(shownTo(page)).toEqual([`Bearer ${JWT}`]);
	});
	it('comes from where WordPress says', async () => {
		const page = member(site(), { config: { identityUrl: '/blog/?app-inbox=identity' } });
		expect(await askToken(page)).toBe(TOKEN);
		expect(requestsOf(page)).toEqual([
			'POST https://shop.example/blog/?app-inbox=identity&0.5',
			TOKEN_REQUEST,
		]);
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
	});
	it.each([401, 403])('is fetched anew after a %i of the function, once', async (refusal) => {
		const renewed = credentialOf(LOGIN, { sub: '7', iat: 2 });
		const credentials = [{ body: JWT }, { body: renewed }];
		const page = member(siteOf(credentials, [failed(refusal), token()]));
		expect(await askToken(page)).toBe(TOKEN);
		expect(shownTo(page)).toEqual([`Bearer ${JWT}`, `Bearer ${renewed}`]);
		const refused = member(site(failed(refusal)));
		expect(await askToken(refused)).toBe('');
		expect(requestsOf(refused)).toEqual([
			...[CREDENTIAL_REQUEST, TOKEN_REQUEST, CREDENTIAL_REQUEST, TOKEN_REQUEST],
		]);
		expect(status(refused)).toMatchObject({
			state: 'initialised',
			token: 'failed',
			message: `https://shop.example/app-inbox/token ${refusal} ${ADVICE}`,
		});
	});
});

describe('the answer that has the credential', () => {
	it.each([
		['blank lines before it', `\n\n\n${JWT}`],
		['a byte order mark', `\uFEFF${JWT}`],
		[
			'a notice of PHP’s',
			`<br />\n<b>Notice</b>:  Undefined index: x in <b>/srv/a.b/c.php</b> on line <b>3</b><br />\n${JWT}`,
		],
		['a page round it', `<!doctype html><html><body><p>${JWT}</p></body></html>`],
		['comments of a cache after it', `${JWT}\n<!-- Cached page for 3.2 s. -->`],
		['comments right behind it', `${JWT}<!-- 42 queries. 0.2 seconds. -->`],
		['quotes', `"${JWT}"`],
		['somebody else’s before it', `${credentialOf(OTHER_LOGIN)}\n${JWT}`],
	])('may have %s', async (_name, body) => {
		const page = member(siteOf([{ body }]));
		expect(await askToken(page)).toBe(TOKEN);
		expect(shownTo(page)).toEqual([`Bearer ${JWT}`]);
	});
	it('may have any text round it', async () => {
		const text = fc.string({ unit: 'grapheme', maxLength: 40 });
		const round = fc.constantFrom('\n', ' ', '\t', '>', '<', '"', '\0', 'ї');
		await fc.assert(
			fc.asyncProperty(text, round, round, text, async (before, left, right, after) => {
				const body = before + left + JWT + right + after;
				const page = member(siteOf([{ body }]));
				expect(await askToken(page, 0)).toBe(TOKEN);
				expect(shownTo(page)).toEqual([`Bearer ${JWT}`]);
				page.window.close();
			}),
			{ numRuns: 50 }
		);
	}, 60_000);

	it.each([
		['of another login', credentialOf(OTHER_LOGIN)],
		['of no login', jwtOf({ sub: '7' })],
		['that has the digest elsewhere', jwtOf({ sub: '7', mark: LOGIN })],
		['in three parts of which none is about this login', `${LOGIN}.${LOGIN}.${LOGIN}`],
		['that ends with the digest of this login', `a.b${MARKER.split('=')[1]}`],
	])('is not used with a JWT %s', async (_name, body) => {
		const page = member(siteOf([{ body }]));
		expect(await askToken(page)).toBe('');
		expect(requestsOf(page)).toEqual([CREDENTIAL_REQUEST]);
		expect(status(page)).toMatchObject({
			state: 'initialised',
			token: 'failed',
			message: `${IDENTITY} 200 ${ADVICE}`,
		});
		expect({ ...page.window.sessionStorage }).toEqual({});
	});
});

describe('204', () => {
	it('is a guest, whatever the marker says: no token, and nothing kept', async () => {
		const page = member(siteOf([{ status: 204 }]));
		expect(await askToken(page)).toBe('');
		expect(await askToken(page)).toBe('');
		expect(new Set(requestsOf(page))).toEqual(new Set([CREDENTIAL_REQUEST]));
		expect(status(page)).toMatchObject({ state: 'guest', token: 'none', message: ADVICE });
		expect({ ...page.window.sessionStorage }).toEqual({});
		expect(page.logged).toEqual([]);
	});
	it('is one after a refusal too: the login has ended meanwhile', async () => {
		const page = member(siteOf([{ body: JWT }, { status: 204 }], [failed(401)]));
		expect(await askToken(page)).toBe('');
		expect(requestsOf(page)).toEqual([CREDENTIAL_REQUEST, TOKEN_REQUEST, CREDENTIAL_REQUEST]);
		expect(status(page)).toMatchObject({ state: 'guest', token: 'none' });
	});
});

describe('no other answer makes a guest, and each is said', () => {
	const page503 = '<!doctype html><title>Maintenance</title>';
	const login = 'https://shop.example/wp-login.php?redirect_to=%2F';
	it.each<[what: string, answer: Answer, said: string, requests: number]>([
		['nothing', { body: '' }, `${IDENTITY} 200`, 1],
		['a page', { body: '<!doctype html><h1>Shop</h1>' }, `${IDENTITY} 200`, 1],
		['a login page', { url: login, body: '<form>Log in</form>' }, `${login} 200`, 1],
		['what old answers were', { body: '0' }, `${IDENTITY} 200`, 1],
		['400', { status: 400, body: '0' }, `${IDENTITY} 400`, 1],
		['401', { status: 401 }, `${IDENTITY} 401`, 1],
		['403', { status: 403, body: '<h1>Blocked</h1>' }, `${IDENTITY} 403`, 1],
		['404', { status: 404 }, `${IDENTITY} 404`, 1],
		['405', { status: 405 }, `${IDENTITY} 405`, 1],
		['429', failed(429, '2'), `${IDENTITY} 429`, 3],
		['500', { status: 500 }, `${IDENTITY} 500`, 3],
		['503', { status: 503, body: page503 }, `${IDENTITY} 503`, 3],
		[
			'a fault of the network',
			new TypeError('Failed to fetch'),
			'TypeError: Failed to fetch',
			3,
		],
	])('%s', async (_name, answer, said, requests) => {
		const page = member(siteOf([answer]));
		expect(await askToken(page)).toBe('');
		expect(requestsOf(page)).toEqual(Array(requests).fill(CREDENTIAL_REQUEST));
		const { state, token: outcome, message } = status(page);
		expect([state, outcome]).toEqual(['initialised', 'failed']);
		expect(message.split(/ +/).join(' ')).toBe(`${said} ${ADVICE}`);
		expect({ ...page.window.sessionStorage }).toEqual({});
		expect(page.logged).toEqual([]);
	});
	it.each([429, 500, 503])('a %i may be over at the next try', async (fault) => {
		const page = member(siteOf([failed(fault), { body: JWT }]));
		expect(await askToken(page)).toBe(TOKEN);
		expect(requestsOf(page)).toEqual([CREDENTIAL_REQUEST, CREDENTIAL_REQUEST, TOKEN_REQUEST]);
	});
	it('Retry-After is kept', async () => {
		const page = member(siteOf([failed(429, '3'), { body: JWT }]));
		expect(await askToken(page, 2_999)).toBe('still pending');
		expect(credentialRequests(page)).toHaveLength(1);
		await page.clock.pass(1);
		expect(status(page).token).toBe('received');
		expect(credentialRequests(page)).toHaveLength(2);
	});
});

describe('what the tab keeps', () => {
	const MINUTE = 60_000;
	const next = (kept: string, { cookie = MARKER, config = {} } = {}) =>
		member(site(), {
			config,
			options: { cookie, before: ({ sessionStorage }) => (sessionStorage.appInbox = kept) },
		});
	const first = async () => {
		const page = member();
		await askToken(page, 0);
		return { page, kept: page.window.sessionStorage.appInbox as string };
	};

	it('is the credential and whose it is, in one place; never the token', async () => {
		const { page, kept } = await first();
		expect(Object.keys({ ...page.window.sessionStorage })).toEqual(['appInbox']);
		expect(kept).toContain(JWT);
		expect(kept).toContain(MARKER.split('=')[1]);
		expect(kept).not.toContain(TOKEN);
		expect({ ...page.window.localStorage }).toEqual({});
	});
	it('serves the page until a minute before it ends', async () => {
		const { page } = await first();
		await page.clock.pass(14 * MINUTE - 1_000);
		expect(await askToken(page, 0)).toBe(TOKEN);
		expect(credentialRequests(page)).toHaveLength(1);
		await page.clock.pass(2_000);
		expect(await askToken(page, 0)).toBe(TOKEN);
		expect(credentialRequests(page)).toHaveLength(2);
		// The new one as long as the first.
		await page.clock.pass(14 * MINUTE - 1_000);
		expect(await askToken(page, 0)).toBe(TOKEN);
		expect(credentialRequests(page)).toHaveLength(2);
	});
	it.each([
		[14 * MINUTE - 1_000, 0],
		[14 * MINUTE + 1_000, 1],
	])('serves the next page of the tab too: after %i ms', async (ms, requests) => {
		const { kept } = await first();
		const page = next(kept);
		await page.clock.pass(ms);
		expect(await askToken(page, 0)).toBe(TOKEN);
		expect(credentialRequests(page)).toHaveLength(requests);
		expect(shownTo(page)).toEqual([`Bearer ${JWT}`]);
	});
	it('is never used for another login', async () => {
		const { kept } = await first();
		const page = next(kept, { cookie: OTHER_MARKER });
		expect(await askToken(page)).toBe('');
		expect(tokenRequests(page)).toEqual([]);
		expect(credentialRequests(page)).toHaveLength(1);
	});
	it('is never used for another site at the same host, in a folder or above it', async () => {
		const config = { identityUrl: '/b/?app-inbox=identity' };
		const { kept } = await first();
		const below = next(kept, { config });
		expect(await askToken(below)).toBe(TOKEN);
		expect(credentialRequests(below)).toHaveLength(1);
		const above = next(below.window.sessionStorage.appInbox);
		expect(await askToken(above)).toBe(TOKEN);
		expect(requestsOf(above)).toEqual([CREDENTIAL_REQUEST, TOKEN_REQUEST]);
	});
	it('is gone as soon as a guest sees a page', async () => {
		const { kept } = await first();
		const guest = next(kept, { cookie: '' });
		expect(guest.window.sessionStorage.appInbox.trim()).toBe('');
		expect(guest.asked).toEqual([]);
		const stranger = member(site(), { options: { cookie: '' } });
		expect({ ...stranger.window.sessionStorage }).toEqual({});
	});
	it.each([
		'',
		'x',
		' ',
		JWT,
		`${JWT}${MARKER.split('=')[1]}/?app-inbox=identity`,
		`${JWT}${MARKER.split('=')[1]}/?app-inbox=identitysoon`,
	])('is asked for anew where it is %j', async (kept) => {
		const page = next(kept);
		expect(await askToken(page)).toBe(TOKEN);
		expect(requestsOf(page)).toEqual([CREDENTIAL_REQUEST, TOKEN_REQUEST]);
	});
});
