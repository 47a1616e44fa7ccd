import { WINDOW_MS } from '../limits.ts';
import { createMemory } from '../memory.ts';
import type { Clock, Limit, Limits, Sharing } from '../types.ts';
import { reportRedis } from './web-platform.ts';

/** A rate-limit binding of Cloudflare: it counts for all machines of one place, and says yes or no. */
interface RateLimit {
	limit: (options: { key: string }) => Promise<{ success: boolean }>;
}

const BLOCKED = 10_000;

/**
 * Limits by Cloudflare's rate-limit bindings TOKEN_LIMIT and REFUSAL_LIMIT, whose numbers are in
 * wrangler.toml. They give nothing back and do not tell how long to wait, so refusals are counted
 * when they have happened, and who has had too many is turned away for a minute.
 */
export const shareCloudflareLimits =
	(clock: Clock) =>
	(local: Limits, sharing: Sharing): Limits => {
		reportRedis(sharing);
		const { TOKEN_LIMIT: tokens, REFUSAL_LIMIT: refusals } = sharing.env;
		return {
			tokens: isRateLimit(tokens) ? limitBefore(local.tokens, tokens) : local.tokens,
			refusals: isRateLimit(refusals)
				? limitAfter(local.refusals, refusals, clock)
				: local.refusals,
		};
	};

const isRateLimit = (value: unknown): value is RateLimit =>
	typeof value === 'object' && value !== null && 'limit' in value;

function limitBefore(local: Limit, binding: RateLimit): Limit {
	return {
		...local,
		async take(key) {
			const waitMs = await local.take(key);
			return waitMs > 0 || (await passes(binding, key)) ? waitMs : WINDOW_MS;
		},
	};
}

function limitAfter(local: Limit, binding: RateLimit, clock: Clock): Limit {
	const blocked = createMemory<number>(BLOCKED, clock);
	return {
		...local,
		take(key) {
			const until = blocked.get(key);
			return until === undefined ? local.take(key) : until - clock.now();
		},
		async used(key) {
			if (!(await passes(binding, key))) {
				const until = clock.now() + WINDOW_MS;
				blocked.set(key, until, until);
			}
		},
	};
}

/** A platform that cannot count must not lock anybody out: the local count still holds. */
const passes = (binding: RateLimit, key: string) =>
	binding.limit({ key }).then(
		({ success }) => success,
		() => true
	);
