import type { Config } from './config.ts';
import { createMemory } from './memory.ts';
import type { Clock, Limit, Limits, Platform, Sharing } from './types.ts';

export const WINDOW_MS = 60_000;
const REFUSALS_PER_MINUTE = 120;
/** Who is counted at the same time. Beyond it the longest unused start anew; all others stay. */
const COUNTED = 20_000;

/** The share of a minute: tokens for an identity, refused credentials for an address. */
export const shares = (config: Config): Record<keyof Limits, number> => ({
	tokens: config.tokensPerMinute,
	refusals: REFUSALS_PER_MINUTE,
});

export interface LocalLimit extends Limit {
	/** How many keys are counted. */
	size: () => number;
}

/** Counted in this process, and beyond it where the platform can. */
export function createLimits({ clock, shareLimits }: Platform, sharing: Sharing): Limits {
	const { config, metrics } = sharing;
	const perMinute = shares(config);
	const tokens = createLimit(perMinute.tokens, clock);
	const refusals = createLimit(perMinute.refusals, clock);
	metrics.gauge('counted_identities', tokens.size);
	metrics.gauge('counted_addresses', refusals.size);
	const local = { tokens, refusals };
	return shareLimits?.(local, sharing) ?? local;
}

/**
 * Counts in this process. A key's minute begins with its first one, so that who waits as long as
 * they are told gets in; across the end of a minute it can be twice as many in a shorter time.
 */
export function createLimit(perMinute: number, clock: Clock, size = COUNTED): LocalLimit {
	const windows = createMemory<{ until: number; taken: number }>(size, clock);

	const current = (key: string) => {
		const window = windows.get(key);
		// A clock that was set back must not lock anybody out until it has caught up.
		return window && window.until - clock.now() <= WINDOW_MS ? window : undefined;
	};

	return {
		take(key) {
			const window = current(key);
			if (!window) {
				const until = clock.now() + WINDOW_MS;
				windows.set(key, { until, taken: 1 }, until);
				return 0;
			}
			if (window.taken >= perMinute) {
				return Math.max(1, window.until - clock.now());
			}
			window.taken++;
			return 0;
		},
		giveBack(key) {
			const window = current(key);
			if (window && window.taken > 0) {
				window.taken--;
			}
		},
		size: windows.size,
	};
}
