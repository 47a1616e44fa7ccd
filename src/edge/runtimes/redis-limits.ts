import { shares, WINDOW_MS } from '../limits.ts';
import type { Limit, Limits, Platform, Sharing } from '../types.ts';

/** A store that is slower than this is no help: each visitor would wait for it. */
const ANSWER_MS = 250;
/** After a failure it is left alone for so long. */
const REST_MS = 5000;
const CONNECT_MS = 3000;

/**
 * Limits of several processes together, counted in Redis or Valkey. Each process counts for itself
 * as well, so that it knows where things stand when the store is out of order, which it then says in
 * the log, once.
 *
 * The client is loaded only where REDIS_URL is set. Keys are hashes with the API key in them: who
 * reads the store learns neither identities nor addresses.
 */
export function createRedisLimits(platform: Pick<Platform, 'clock' | 'hash'>) {
	const closing: Array<() => unknown> = [];

	const shareLimits = (local: Limits, { config, log, metrics }: Sharing): Limits | null => {
		const { redisUrl } = config;
		if (redisUrl === undefined) {
			return null;
		}
		const { clock, hash } = platform;
		let restUntil = -Infinity;
		let shared: boolean | undefined;
		const turn = (now: boolean) => {
			if (shared !== now) {
				shared = now;
				if (now) {
					log('info', 'limits_shared', {});
				} else {
					log('warn', 'limits_local', { hint: HINT });
				}
			}
		};
		metrics.gauge('limits_shared', () => (shared ? 1 : 0));
		let store: Store | undefined;
		const connecting = connect(redisUrl, turn).then(
			(connected) => (store = connected),
			() => turn(false)
		);
		closing.push(() => connecting.then(() => store?.disconnect()));

		/** What the store says, or null while it is out of order. */
		const ask = async (command: 'take' | 'giveBack', name: keyof Limits, key: string) => {
			const resting = restUntil - clock.now();
			// More than the whole rest: the clock was set back.
			if (!store || (resting > 0 && resting <= REST_MS)) {
				return null;
			}
			try {
				const stored = `app-inbox:${name}:${await hash(`${config.vendorKey}\n${key}`)}`;
				const answer = await store[command](stored, shares(config)[name], WINDOW_MS);
				turn(true);
				return answer;
			} catch {
				restUntil = clock.now() + REST_MS;
				turn(false);
				return null;
			}
		};

		const share = (name: keyof Limits): Limit => ({
			async take(key) {
				const waitMs = await local[name].take(key);
				if (waitMs > 0) {
					return waitMs;
				}
				const sharedWaitMs = (await ask('take', name, key)) ?? 0;
				if (sharedWaitMs > 0) {
					await local[name].giveBack(key);
				}
				return sharedWaitMs;
			},
			async giveBack(key) {
				await local[name].giveBack(key);
				await ask('giveBack', name, key);
			},
		});
		return { tokens: share('tokens'), refusals: share('refusals') };
	};

	return { shareLimits, close: () => Promise.all(closing.map((end) => end())) };
}

const HINT =
	'The Redis of REDIS_URL does not answer: each process counts its limits for itself until it does.';

type Command = (key: string, perMinute: number, windowMs: number) => Promise<number>;

interface Store {
	take: Command;
	giveBack: Command;
	disconnect: () => void;
}

/** The client, as soon as its first connection stands or has failed. */
async function connect(url: string, turn: (shared: boolean) => void): Promise<Store> {
	const { Redis } = await import('ioredis');
	const client = new Redis(url, {
		commandTimeout: ANSWER_MS,
		connectTimeout: CONNECT_MS,
		// Without a connection a command fails at once, instead of waiting for one.
		enableOfflineQueue: false,
		maxRetriesPerRequest: 0,
		retryStrategy: (times) => Math.min(100 * times, REST_MS),
		scripts: {
			take: { lua: TAKE, numberOfKeys: 1 },
			giveBack: { lua: GIVE_BACK, numberOfKeys: 1 },
		},
	});
	// Without a listener each lost connection would be printed, with the address and what it holds.
	client.on('error', () => {});
	await new Promise<void>((resolve) => {
		client.once('ready', () => resolve(turn(true)));
		client.once('close', () => resolve(turn(false)));
	});
	return client as unknown as Store;
}

/** Takes one, or answers the milliseconds until there will be one again. */
const TAKE = `
local taken = tonumber(redis.call('GET', KEYS[1]) or '0')
if taken >= tonumber(ARGV[1]) then return math.max(1, redis.call('PTTL', KEYS[1])) end
redis.call('INCR', KEYS[1])
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0`;

const GIVE_BACK = `
if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then redis.call('DECR', KEYS[1]) end
return 0`;
