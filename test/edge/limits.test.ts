import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimit } from '../../src/edge/limits.ts';
import { forge } from './credentials.ts';
import { answered, FakeClock, FakePlatform } from './fake-platform.ts';

describe('a limit', () => {
	it('lets so many through in a minute, and says how long to wait', async () => {
		const clock = new FakeClock();
		const limit = createLimit(2, clock);
		expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 60_000]);
		await clock.advance(59_999);
		expect(limit.take('a')).toBe(1);
		expect(limit.take('b')).toBe(0);
		await clock.advance(1);
		expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 60_000]);
	});

	it('takes back what was not used, and no more than that', async () => {
		const clock = new FakeClock();
		const limit = createLimit(1, clock);
		limit.giveBack('a');
		limit.take('a');
		limit.giveBack('a');
		limit.giveBack('a');
		expect([limit.take('a'), limit.take('a')]).toEqual([0, 60_000]);
		await clock.advance(60_000);
		limit.giveBack('a');
		expect([limit.take('a'), limit.take('a')]).toEqual([0, 60_000]);
	});

	it('forgets only the longest unused when there are too many', () => {
		const limit = createLimit(1, new FakeClock(), 3);
		['old', 'busy', 'new'].forEach((key) => limit.take(key));
		expect(limit.take('busy')).toBe(60_000);
		for (let n = 0; n < 1000; n++) {
			limit.take(`rotating ${n}`);
			expect(limit.take('busy')).toBe(60_000);
		}
		expect(limit.take('old')).toBe(0);
	});

	it('locks nobody out when the clock is set back', async () => {
		const clock = new FakeClock();
		const limit = createLimit(1, clock);
		limit.take('a');
		await clock.advance(-3_600_000);
		expect(limit.take('a')).toBe(0);
	});

	it('never lets more through than its share of each minute from the first on', () => {
		const clock = { now: () => time, after: () => () => {} };
		let time = 0;
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 5 }),
				fc.array(fc.nat(20_000), { maxLength: 60 }),
				(share, pauses) => {
					const limit = createLimit(share, clock);
					let since = -Infinity;
					let passed = 0;
					for (const pause of pauses) {
						time += pause;
						if (time - since >= 60_000) {
							since = time;
							passed = 0;
						}
						const waitMs = limit.take('a');
						expect(waitMs).toBe(passed < share ? 0 : since + 60_000 - time);
						passed += waitMs === 0 ? 1 : 0;
					}
				}
			)
		);
	});
});

describe('the limits of the token function', () => {
	const usual = () => answered({ token: 't' });
	/** For a credential that the site's keys would have to be asked about. */
	const WORDPRESS = { IDENTITY_SECRET: undefined };
	const unasked = (platform: FakePlatform) =>
		platform.post(
			{ authorization: `Bearer ${forge({ alg: 'EdDSA', kid: 'key-1' }, {}, 'x')}` },
			{},
			FROM
		);
	const FROM = { peer: '192.0.2.1' };
	const askAs = (platform: FakePlatform, user: string, context = FROM) =>
		platform.post(platform.bearer(user), {}, context);
	/** A credential that nobody has signed. */
	const refused = (platform: FakePlatform, n: number, context?: typeof FROM) =>
		platform.post({ authorization: `Bearer a.b.${n}` }, {}, context);
	const many = async (count: number, ask: (n: number) => Promise<Response>) =>
		(await Promise.all(Array.from({ length: count }, (_, n) => ask(n)))).map(
			({ status }) => status
		);
	const countOf = (statuses: number[], status: number) =>
		statuses.filter((one) => one === status).length;

	it('60 tokens a minute for each identity, and Retry-After says when there are more', async () => {
		const platform = new FakePlatform(usual);
		expect(await many(60, () => askAs(platform, 'alice'))).toEqual(Array(60).fill(200));
		await platform.clock.advance(59_001);
		const response = await askAs(platform, 'alice');
		expect(response.status).toBe(429);
		expect(response.headers.get('retry-after')).toBe('1');
		expect(response.headers.get('access-control-expose-headers')).toMatch(/^Retry-After\b/);
		expect(platform.count('contact/token')).toBe(60);
		expect(JSON.parse(platform.lines.at(-1)!)).toMatchObject({
			level: 'info',
			outcome: 'rate_limited',
			reason: 'by identity',
		});
		await platform.clock.advance(1000);
		expect((await askAs(platform, 'alice')).status).toBe(200);
	});

	it('120 refusals for each address, also when all come at once', async () => {
		const platform = new FakePlatform(usual);
		const statuses = await many(500, (n) => refused(platform, n, FROM));
		expect(countOf(statuses, 401)).toBe(120);
		expect(countOf(statuses, 429)).toBe(380);
		expect((await refused(platform, 0, FROM)).status).toBe(429);
		expect((await refused(platform, 0, { peer: '192.0.2.2' })).status).toBe(401);
		const reasons = platform.lines.map((line) => JSON.parse(line).reason);
		expect(reasons.filter((reason) => reason === 'by address')).toHaveLength(381);
		expect(platform.lines.join()).not.toContain('192.0.2');
		await platform.clock.advance(60_000);
		expect((await refused(platform, 0, FROM)).status).toBe(401);
	});

	it('good ones are no refusals', async () => {
		const platform = new FakePlatform(usual);
		for (let n = 0; n < 130; n++) {
			expect((await askAs(platform, `user-${n}`)).status).toBe(200);
		}
	});

	it('outages of the site are no refusals', async () => {
		const platform = new FakePlatform(() => answered({}, 500), WORDPRESS);
		for (let n = 0; n < 130; n++) {
			expect((await unasked(platform)).status).toBe(502);
		}
	});

	it('a fault is no refusal', async () => {
		const platform = new FakePlatform(usual);
		const { hash } = platform;
		let looks = -Infinity;
		platform.hash = (text) => {
			if (++looks === 2) {
				throw new RangeError('canary');
			}
			return hash(text);
		};
		await many(119, (n) => refused(platform, n, FROM));
		// The first look is whether it is known as good.
		looks = 0;
		expect((await askAs(platform, 'user')).status).toBe(500);
		expect((await refused(platform, 119, FROM)).status).toBe(401);
		expect((await refused(platform, 120, FROM)).status).toBe(429);
	});

	it('a runtime that names no peer has no limit by address', async () => {
		const platform = new FakePlatform(usual);
		const statuses = await many(200, (n) => refused(platform, n));
		expect(countOf(statuses, 401)).toBe(200);
	});

	it.each([
		['127.0.0.1', '0', 1],
		['::1', '0', 1],
		['::ffff:127.0.0.1', '0', 1],
		['127.0.0.1', '1', 0],
		['192.0.2.1', '0', 0],
	])('a proxy at %s with TRUSTED_PROXIES=%s: said %i times', async (peer, proxies, times) => {
		const platform = new FakePlatform(usual, { TRUSTED_PROXIES: proxies });
		for (const user of ['alice', 'bob']) {
			const headers = { ...platform.bearer(user), 'x-forwarded-for': '198.51.100.7' };
			await platform.post(headers, {}, { peer });
		}
		const events = platform.lines.map((line) => JSON.parse(line).event);
		expect(events.filter((event) => event === 'proxy_not_trusted')).toHaveLength(times);
	});
});
