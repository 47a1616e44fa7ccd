import { expect, it } from 'vitest';
import type { HttpResult } from '../../src/edge/types.ts';
import { claimsOf, createKey, sign, type Claims } from './credentials.ts';
import { answered, FakePlatform, settle, silence } from './fake-platform.ts';

const MINUTE = 60_000;
const first = await createKey('key-1');
const second = await createKey('key-2');

/** A site that publishes these keys, or fails. */
function stage(env: Record<string, string> = {}) {
	const site = {
		keys: [first.jwk] as unknown[],
		failure: null as HttpResult | null,
	};
	const platform = new FakePlatform(({ url }) => {
		if (url.includes('/contact/token')) {
			return answered({ token: 'token' });
		}
		if (url.includes('users/me')) {
			return answered({ id: 2, email: 'a@example.com' });
		}
		return site.failure ?? answered({ authentication: { 'app-inbox': { keys: site.keys } } });
	}, env);
	const jwt = (key = first, change: Claims = {}) =>
		sign(claimsOf('https://site.example', change, platform.clock.now()), key);
	const status = async (credential: string) => (await platform.signed(credential)).status;
	return { site, platform, jwt, status, fetches: () => platform.count('authentication') };
}

it('remembers a session for IDENTITY_CACHE_SECONDS and no longer', async () => {
	const { platform } = stage({ IDENTITY_CACHE_SECONDS: '60' });
	await platform.session();
	await platform.clock.advance(MINUTE - 1);
	await platform.session();
	expect(platform.count('users/me')).toBe(1);
	await platform.clock.advance(1);
	await platform.session();
	expect(platform.count('users/me')).toBe(2);
	await platform.session('bob');
	expect(platform.count('users/me')).toBe(3);
});

it('remembers no session with IDENTITY_CACHE_SECONDS=0', async () => {
	const { platform } = stage({ IDENTITY_CACHE_SECONDS: '0' });
	await platform.session();
	await platform.session();
	expect(platform.count('users/me')).toBe(2);
});

it('case 8: a remembered credential dies with its exp and a minute of skew', async () => {
	const { platform, jwt, status } = stage();
	const credential = await jwt(first, {});
	expect(await status(credential)).toBe(200);
	await platform.clock.advance(10 * MINUTE + 59_000);
	expect(await status(credential)).toBe(200);
	await platform.clock.advance(1000);
	expect(await status(credential)).toBe(401);
});

it('case 7: an unknown key id fetches the keys, at most every 30 s', async () => {
	const { site, platform, jwt, status, fetches } = stage();
	expect(await status(await jwt())).toBe(200);
	site.keys = [first.jwk, second.jwk];
	const credential = await jwt(second);
	expect(await status(credential)).toBe(401);
	await platform.clock.advance(29_999);
	expect(await status(credential)).toBe(401);
	expect(fetches()).toBe(1);
	await platform.clock.advance(1);
	expect(await status(credential)).toBe(200);
	expect(fetches()).toBe(2);
	const unknown = await createKey('key-3');
	for (let i = 0; i < 5; i++) {
		await platform.clock.advance(10_000);
		expect(await status(await jwt(unknown))).toBe(401);
	}
	expect(fetches()).toBe(3);
});

it('case 7: a removed key no longer vouches for what it passed before', async () => {
	const { site, platform, jwt, status } = stage();
	const old = await jwt();
	expect(await status(old)).toBe(200);
	expect(await status(old)).toBe(200);
	site.keys = [second.jwk];
	await platform.clock.advance(30_000);
	expect(await status(await jwt(second))).toBe(200);
	expect(await status(old)).toBe(401);
});

it('case 7: a removed key is forgotten after ten minutes at the latest', async () => {
	const { site, platform, jwt, status } = stage();
	expect(await status(await jwt())).toBe(200);
	site.keys = [second.jwk];
	await platform.clock.advance(10 * MINUTE - 1);
	expect(await status(await jwt())).toBe(200);
	await platform.clock.advance(1);
	expect(await status(await jwt())).toBe(401);
});

it('keeps the keys for an hour while the site is away, and asks every 30 s', async () => {
	const { site, platform, jwt, status, fetches } = stage();
	expect(await status(await jwt())).toBe(200);
	site.failure = { ok: false, failure: 'network' };
	await platform.clock.advance(10 * MINUTE);
	expect(await status(await jwt())).toBe(200);
	expect(await status(await jwt())).toBe(200);
	expect(fetches()).toBe(2);
	expect(await status(await jwt(second))).toBe(502);
	await platform.clock.advance(50 * MINUTE);
	expect(await status(await jwt())).toBe(502);
	site.failure = null;
	await platform.clock.advance(30_000);
	expect(await status(await jwt())).toBe(200);
});

it('without any keys, the site is asked every two seconds, by one request at a time', async () => {
	const { site, platform, jwt, status, fetches } = stage();
	site.failure = { ok: false, failure: 'network' };
	const credential = await jwt();
	const all = await Promise.all([1, 2, 3].map(() => status(credential)));
	expect(all).toEqual([502, 502, 502]);
	await platform.clock.advance(1999);
	expect(await status(credential)).toBe(502);
	expect(fetches()).toBe(1);
	site.failure = null;
	await platform.clock.advance(1);
	expect(await status(credential)).toBe(200);
	expect(fetches()).toBe(2);
});

it('a clock that is set back keeps nobody waiting for keys', async () => {
	const { site, platform, jwt, status } = stage();
	site.failure = { ok: false, failure: 'network' };
	expect(await status(await jwt())).toBe(502);
	site.failure = null;
	await platform.clock.advance(-60 * MINUTE);
	expect(await status(await jwt())).toBe(200);
	site.keys = [second.jwk];
	await platform.clock.advance(-60 * MINUTE);
	expect(await status(await jwt(second))).toBe(200);
	expect(await status(await jwt())).toBe(401);
});

it('a slow site is not asked for its keys twice at a time', async () => {
	const { platform, jwt, status, fetches } = stage();
	platform.server = silence;
	const credential = await jwt();
	const one = status(credential);
	await platform.asks('authentication');
	await platform.clock.advance(4000);
	const two = status(credential);
	await settle();
	expect(fetches()).toBe(1);
	await platform.clock.advance(1000);
	expect(await Promise.all([one, two])).toEqual([504, 504]);
});

it.each([
	['no plugin', answered({ authentication: {} }), 502],
	['no keys', answered({ authentication: { 'app-inbox': { keys: [] } } }), 502],
	[
		'a secret key',
		answered({ authentication: { 'app-inbox': { keys: [{ kty: 'oct' }] } } }),
		502,
	],
	[
		'a private key',
		answered({ authentication: { 'app-inbox': { keys: [{ ...first.jwk, d: 'x' }] } } }),
		502,
	],
	['busy', answered({}, 429, { 'retry-after': '5' }), 503],
	['silent', { ok: false, failure: 'timeout' } as const, 504],
	['endless', { ok: false, failure: 'too_large' } as const, 502],
])('the site’s keys cannot be had: %s', async (_name, failure, expected) => {
	const { site, platform, jwt } = stage();
	site.failure = failure;
	const response = await platform.signed(await jwt());
	expect(response.status).toBe(expected);
	expect(await response.json()).toMatchObject({ code: 'site_unavailable', status: expected });
	expect(response.headers.get('retry-after')).toBe(expected === 503 ? '5' : null);
});

it('case 18: WordPress has five seconds for both of its addresses', async () => {
	const { platform } = stage();
	platform.server = silence;
	const answer = platform.session();
	let done = false;
	void answer.then(() => (done = true));
	await platform.asks('users/me');
	await platform.clock.advance(4999);
	expect(done).toBe(false);
	await platform.clock.advance(1);
	expect((await answer).status).toBe(504);
	expect(platform.asked).toHaveLength(1);
});

it('case 17: a body has five seconds to arrive', async () => {
	const { platform, jwt } = stage();
	const cancelled: string[] = [];
	const body = new ReadableStream({
		start: (controller) => controller.enqueue(new Uint8Array(10)),
		cancel: () => void cancelled.push('cancelled'),
	});
	const headers = { authorization: `Bearer ${await jwt()}`, 'content-type': 'application/json' };
	const answer = platform.post(headers, { body, duplex: 'half' } as RequestInit);
	let done = false;
	void answer.then(() => (done = true));
	await platform.clock.advance(4999);
	expect(done).toBe(false);
	await platform.clock.advance(1);
	expect((await answer).status).toBe(408);
	expect(await (await answer).json()).toMatchObject({ code: 'request_timeout' });
	expect(cancelled).toEqual(['cancelled']);
	expect(platform.asked).toEqual([]);
});

it('leaves no timer behind', async () => {
	const { platform, jwt } = stage();
	await platform.signed(await jwt());
	await platform.session();
	await settle();
	expect(platform.clock.timers).toBe(0);
});
