import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HttpResult } from '../../src/edge/types.ts';
import { claimsOf, createKey, sign, type Claims } from './credentials.ts';
import { answered, FakePlatform, settle, silence } from './fake-platform.ts';

const MINUTE = 60_000;
const first = await createKey('key-1');
const second = await createKey('key-2');

const KEYS = 'app-inbox=keys';

/** A site that publishes these keys, or fails. */
function stage(env: Record<string, string> = {}) {
	const site = {
		keys: [first.jwk] as unknown[],
		failure: null as HttpResult | null,
	};
	const platform = new FakePlatform(
		({ url }) =>
			url.includes(KEYS)
				? (site.failure ?? answered({ keys: site.keys }))
				: answered({ token: 'token' }),
		{ IDENTITY_SECRET: undefined, ...env }
	);
	const jwt = (key = first, change: Claims = {}) =>
		sign(claimsOf('https://site.example', change, platform.clock.now()), key);
	const status = async (credential: string) => (await platform.signed(credential)).status;
	return { site, platform, jwt, status, fetches: () => platform.count(KEYS) };
}

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

it('case 7: a removed key is forgotten after five minutes at the latest', async () => {
	const { site, platform, jwt, status } = stage();
	expect(await status(await jwt())).toBe(200);
	site.keys = [second.jwk];
	await platform.clock.advance(5 * MINUTE - 1);
	expect(await status(await jwt())).toBe(200);
	await platform.clock.advance(1);
	expect(await status(await jwt())).toBe(401);
});

it('case 14: the last good keys serve on while the site is away, and it is asked every 30 s', async () => {
	const { site, platform, jwt, status, fetches } = stage();
	expect(await status(await jwt())).toBe(200);
	site.failure = { ok: false, failure: 'network' };
	await platform.clock.advance(5 * MINUTE);
	for (let seconds = 0; seconds < 60; seconds++) {
		expect(await status(await jwt())).toBe(200);
		expect(await status(await jwt(second))).toBe(502);
		await platform.clock.advance(1000);
	}
	expect(fetches()).toBe(1 + 2);
	await platform.clock.advance(24 * 60 * MINUTE);
	expect(await status(await jwt())).toBe(200);
	site.failure = null;
	site.keys = [second.jwk];
	await platform.clock.advance(30_000);
	expect(await status(await jwt(second))).toBe(200);
	expect(await status(await jwt())).toBe(401);
});

it('case 14: a site that is away from the start is asked every 30 s, by one request at a time', async () => {
	const { site, platform, jwt, status, fetches } = stage();
	site.failure = { ok: false, failure: 'network' };
	const credential = await jwt();
	const all = await Promise.all([1, 2, 3].map(() => status(credential)));
	expect(all).toEqual([502, 502, 502]);
	await platform.clock.advance(29_999);
	expect(await status(credential)).toBe(502);
	expect(fetches()).toBe(1);
	site.failure = null;
	await platform.clock.advance(1);
	expect(await status(credential)).toBe(200);
	expect(fetches()).toBe(2);
});

it('case 14: while a slow site is asked anew, one request waits and the others do not', async () => {
	const { platform, jwt, status, fetches } = stage();
	const usual = platform.server;
	expect(await status(await jwt())).toBe(200);
	await platform.clock.advance(5 * MINUTE);
	platform.server = (request) => (request.url.includes(KEYS) ? silence : usual)(request);
	const waiting = status(await jwt(first, { sub: '7' }));
	await platform.asks(KEYS, 2);
	expect(await status(await jwt())).toBe(200);
	expect(fetches()).toBe(2);
	await platform.clock.advance(5000);
	expect(await waiting).toBe(200);
});

it('case 14: a flood of unknown key ids asks every 30 s, whatever the site answers', async () => {
	const { site, platform, jwt, status, fetches } = stage();
	expect(await status(await jwt())).toBe(200);
	const flood = (expected: number) =>
		Promise.all(
			Array.from({ length: 20 }, async (_, n) => {
				const claims = claimsOf('https://site.example', {}, platform.clock.now());
				const credential = await sign(claims, second, { kid: `flood-${n}` });
				expect(await status(credential)).toBe(expected);
			})
		);
	for (let round = 1; round <= 4; round++) {
		await platform.clock.advance(30_000);
		site.failure = round % 2 ? answered('<h1>', 403) : null;
		await flood(round % 2 ? 502 : 401);
		await flood(round % 2 ? 502 : 401);
		expect(fetches()).toBe(1 + round);
	}
	expect(await status(await jwt())).toBe(200);
});

it('case 14: whatever comes and whatever the site answers, it is asked at most every 30 s', async () => {
	const event = fc.record({
		after: fc.constantFrom(0, 1000, 9000, 29_999, 5 * MINUTE),
		site: fc.constantFrom<HttpResult | null>(
			null,
			null,
			{ ok: false, failure: 'network' },
			answered('<h1>Wait', 503, { 'retry-after': '1' }),
			answered({ keys: [first.jwk] }, 200, { age: '301' })
		),
		shown: fc.constantFrom('known', 'unknown', 'nonsense'),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(event, { minLength: 15, maxLength: 25 }), async (events) => {
			const { site, platform, jwt, status } = stage();
			const times: number[] = [];
			const usual = platform.server;
			platform.server = (request) => {
				if (request.url.includes(KEYS)) {
					times.push(platform.clock.now());
				}
				return usual(request);
			};
			const stranger = await createKey('key-3');
			for (const { after, site: failure, shown } of events) {
				await platform.clock.advance(after);
				site.failure = failure;
				const credential = shown === 'nonsense' ? 'a.b.c' : undefined;
				const one = credential ?? (await jwt(shown === 'known' ? first : stranger));
				await Promise.all([status(one), status(one)]);
			}
			const gaps = times.slice(1).map((time, at) => time - times[at]!);
			expect(gaps.filter((gap) => gap < 30_000)).toEqual([]);
		}),
		{ numRuns: 12, endOnFailure: true }
	);
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
	await platform.asks(KEYS);
	await platform.clock.advance(4000);
	const two = status(credential);
	await settle();
	expect(fetches()).toBe(1);
	await platform.clock.advance(1000);
	expect(await Promise.all([one, two])).toEqual([504, 504]);
});

it.each([
	['no keys', answered({ keys: [] }), 502],
	['a secret key', answered({ keys: [{ kty: 'oct' }] }), 502],
	['a private key', answered({ keys: [{ ...first.jwk, d: 'x' }] }), 502],
	['busy', answered({}, 429, { 'retry-after': '5' }), 503],
	['silent', { ok: false, failure: 'timeout' } as const, 504],
	['endless', { ok: false, failure: 'too_large' } as const, 502],
])('case 14: the site’s keys cannot be had: %s', async (_name, failure, expected) => {
	const { site, platform, jwt } = stage();
	site.failure = failure;
	const response = await platform.signed(await jwt());
	expect(response.status).toBe(expected);
	expect(await response.json()).toMatchObject({ code: 'site_unavailable', status: expected });
	expect(response.headers.get('retry-after')).toBe(expected === 503 ? '5' : null);
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
	await settle();
	expect(platform.clock.timers).toBe(0);
});
