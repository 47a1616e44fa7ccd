import { request } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startNode } from '../../src/edge/runtimes/node.ts';
import { bearer, SECRET } from './credentials.ts';
import { FakeClock, rootPage } from './fake-platform.ts';
import { readMetrics } from './read-metrics.ts';
import { REDIS, RedisServer } from './redis-server.ts';
import { startUpstream, vendorUsually, type Upstream } from './upstreams.ts';

const SITE = 'https://site.example';
const METRICS_TOKEN = 'canary-metrics-1f2e3d4c5b6a';
type Running = Awaited<ReturnType<typeof startNode>>;

const PASSWORD = 'canary-redis-password';

describe.skipIf(!REDIS)('limits that several functions share', () => {
	let vendor: Upstream;
	let redis: RedisServer;
	let functions: TokenFunction[];

	/** A token function, and all that it has logged. */
	interface TokenFunction extends Running {
		clock: FakeClock;
		lines: string[];
		/** Waits for a line of the log about this event, the n-th one. */
		logged: (event: string, times?: number) => Promise<void>;
	}

	beforeAll(async () => {
		vendor = await startUpstream(vendorUsually);
	});
	afterAll(() => vendor.close());
	beforeEach(async () => {
		functions = [];
		redis = await RedisServer.start(PASSWORD);
	});
	afterEach(async () => {
		await Promise.all(functions.map(({ stop }) => stop()));
		await redis.kill();
	});

	async function start(env: Record<string, string> = {}): Promise<TokenFunction> {
		const clock = new FakeClock();
		const lines: string[] = [];
		let wake = () => {};
		const write = (line: string) => {
			lines.push(line);
			wake();
		};
		const running = await startNode(
			{
				PORT: '0',
				SITE_URL: SITE,
				IDENTITY_SECRET: SECRET,
				ESPUTNIK_API_KEY: 'canary-key-9f8e7d6c5b4a3210',
				ESPUTNIK_API_URL: `${vendor.url}/api`,
				RATE_LIMIT_PER_MINUTE: '3',
				TRUSTED_PROXIES: '1',
				REDIS_URL: redis.url,
				METRICS_TOKEN,
				...env,
			},
			{ loader: '', rootPage, version: '1.2.3', clock, write }
		);
		const count = (event: string) =>
			lines.filter((line) => JSON.parse(line).event === event).length;
		const logged = async (event: string, times = 1) => {
			while (count(event) < times) {
				await new Promise<void>((resolve) => (wake = resolve));
			}
		};
		const started = { ...running, clock, lines, logged };
		functions.push(started);
		// The first request begins the connection.
		await request(`${running.url}/health`);
		return started;
	}

	const sharing = async (env?: Record<string, string>) => {
		const started = await start(env);
		await started.logged('limits_shared');
		return started;
	};

	/** A credential that nobody has signed. */
	const bad = (n: number) => ({ authorization: `Bearer a.b.${n}` });

	const ask = async (
		{ url, clock }: TokenFunction,
		user = 'alice',
		credential = bearer(SITE, user, clock.now())
	) => {
		const { statusCode, headers, body } = await request(`${url}/token`, {
			method: 'POST',
			headers: {
				origin: SITE,
				...credential,
				'x-forwarded-for': '192.0.2.1',
			},
		});
		await body.dump();
		return { status: statusCode, retryAfter: Number(headers['retry-after'] ?? 0) };
	};

	const gauge = async ({ url }: Running) => {
		const { body } = await request(`${url}/metrics`, {
			headers: { authorization: `Bearer ${METRICS_TOKEN}` },
		});
		return readMetrics(await body.text()).app_inbox_limits_shared;
	};

	it('an identity has one share, wherever it asks', async () => {
		const [first, second] = [await sharing(), await sharing()];
		expect((await ask(first)).status).toBe(200);
		expect((await ask(second)).status).toBe(200);
		expect((await ask(second)).status).toBe(200);
		for (const server of [first, second]) {
			const { status, retryAfter } = await ask(server);
			expect(status).toBe(429);
			expect(retryAfter).toBeGreaterThan(50);
			expect(retryAfter).toBeLessThanOrEqual(60);
		}
		expect((await ask(first, 'bob')).status).toBe(200);
		expect(await gauge(first)).toBe(1);
	});

	it('an address has one share of refusals, and what is good is given back', async () => {
		const [first, second] = [await sharing(), await sharing()];
		expect((await ask(first, 'bob')).status).toBe(200);
		const refused = Array.from({ length: 120 }, (_, n) =>
			ask(n % 2 ? first : second, 'alice', bad(n))
		);
		expect(new Set((await Promise.all(refused)).map(({ status }) => status))).toEqual(
			new Set([401])
		);
		expect((await ask(first, 'alice', bad(0))).status).toBe(429);
		expect((await ask(second, 'alice', bad(0))).status).toBe(429);
		// Known already: not held back by others.
		expect((await ask(first, 'bob')).status).toBe(200);
	});

	it('a minute is over after a minute', async () => {
		const server = await sharing({ RATE_LIMIT_PER_MINUTE: '1' });
		expect((await ask(server)).status).toBe(200);
		expect((await ask(server)).status).toBe(429);
		const [key] = await redis.use((client) => client.keys('app-inbox:tokens:*'));
		const left = await redis.use((client) => client.pttl(key!));
		expect(left).toBeGreaterThan(50_000);
		expect(left).toBeLessThanOrEqual(60_000);
		await redis.use((client) => client.del(key!));
		await server.clock.advance(60_000);
		expect((await ask(server)).status).toBe(200);
	});

	it('without the store each counts for itself, says so once, and shares again later', async () => {
		const server = await sharing();
		await redis.kill();
		expect((await ask(server)).status).toBe(200);
		await server.logged('limits_local');
		expect(await gauge(server)).toBe(0);
		expect((await ask(server)).status).toBe(200);
		expect((await ask(server)).status).toBe(200);
		expect((await ask(server)).status).toBe(429);
		await redis.start();
		while ((await gauge(server)) === 0) {
			await server.clock.advance(5000);
			expect((await ask(server, 'bob')).status).not.toBe(500);
		}
		await server.logged('limits_shared', 2);
		const events = server.lines.map((line) => JSON.parse(line).event as string);
		expect(events.filter((event) => event === 'limits_local')).toHaveLength(1);
	});

	it('starts without the store, and shares as soon as it is there', async () => {
		await redis.kill();
		const server = await start();
		await server.logged('limits_local');
		expect((await ask(server)).status).toBe(200);
		await redis.start();
		while ((await gauge(server)) === 0) {
			await server.clock.advance(5000);
			await ask(server, 'bob');
		}
	});

	it('a store that hangs costs a moment, once', async () => {
		const server = await sharing({ RATE_LIMIT_PER_MINUTE: '100' });
		redis.signal('SIGSTOP');
		try {
			expect((await ask(server)).status).toBe(200);
			await server.logged('limits_local');
			const before = performance.now();
			for (let n = 0; n < 20; n++) {
				expect((await ask(server)).status).toBe(200);
			}
			// Twenty times the time that the store has to answer would be five seconds.
			expect(performance.now() - before).toBeLessThan(2500);
		} finally {
			redis.signal('SIGCONT');
		}
	});

	it('the store learns nobody’s identity or address, and the log not the store’s password', async () => {
		const server = await sharing();
		await ask(server);
		await ask(server, 'alice', bad(0));
		const keys = await redis.use((client) => client.keys('*'));
		expect(keys.sort()).toEqual([
			expect.stringMatching(/^app-inbox:refusals:[\w-]{43}$/),
			expect.stringMatching(/^app-inbox:tokens:[\w-]{43}$/),
		]);
		await redis.kill();
		await ask(server, 'bob');
		await server.logged('limits_local');
		expect(server.lines.join('\n')).not.toMatch(/canary|alice|192\.0\.2/);
	});
});

it.skipIf(REDIS)('limits that several functions share: not tested, install redis-server', () => {});
