import { LRUCache } from 'lru-cache';
import { clientKey } from './address.ts';
import type { Config } from './config.ts';
import type { Verification, Verifier } from './identity/index.ts';
import type { Clock, Context } from './types.ts';

const WINDOW_MS = 60_000;
const REFUSALS_PER_MINUTE = 120;
/** Who is counted at the same time. Beyond it the longest unused start anew; all others stay. */
const COUNTED = 20_000;

/**
 * So many of something a minute for each key. The one interface to limits, whoever counts: this
 * process, a store that several share, or the platform.
 */
export interface Limit {
	/** Takes one. Answers 0, or in how many milliseconds there will be one again. */
	take: (key: string) => number | Promise<number>;
	/** Gives back one that was taken and not used. */
	giveBack: (key: string) => void | Promise<void>;
}

export interface Limits {
	/** Tokens, by identity. */
	tokens: Limit;
	/** Refused credentials, by address. */
	refusals: Limit;
}

export const createLimits = (config: Config, clock: Clock): Limits => ({
	tokens: createLimit(config.tokensPerMinute, clock),
	refusals: createLimit(REFUSALS_PER_MINUTE, clock),
});

/**
 * Counts in this process. A key's minute begins with its first one, so that who waits as long as
 * they are told gets in; across the end of a minute it can be twice as many in a shorter time.
 */
export function createLimit(perMinute: number, clock: Clock, size = COUNTED): Limit {
	const windows = new LRUCache<string, { since: number; taken: number }>({ max: size });

	const current = (key: string) => {
		const window = windows.get(key);
		const age = clock.now() - (window?.since ?? 0);
		// A clock that was set back must not lock anybody out until it has caught up.
		return window && age >= 0 && age < WINDOW_MS ? window : undefined;
	};

	return {
		take(key) {
			const now = clock.now();
			const window = current(key);
			if (!window) {
				windows.set(key, { since: now, taken: 1 });
				return 0;
			}
			if (window.taken >= perMinute) {
				return window.since + WINDOW_MS - now;
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
	};
}

export type Limited = { kind: 'limited'; waitMs: number; reason: string };

interface Identifying {
	config: Config;
	verifier: Verifier;
	limits: Limits;
}

/**
 * Who sent a request, within the limits. A credential that is not known as good costs its address
 * one of its refusals before any work is done for it, and gets it back unless it is refused: so many
 * at once are no way around the limit. A known one passes, whatever others do at the same address.
 * Where the runtime names no peer there is no limit by address: one for all would let anybody lock
 * out everybody.
 */
export async function identify(
	request: Request,
	{ config, verifier, limits }: Identifying,
	{ peer }: Context = {}
): Promise<Verification | Limited> {
	const known = await verifier.recall(request);
	const verification = known ?? (await verifyUnknown());
	if (verification.kind === 'verified') {
		const { externalCustomerId } = verification.identity;
		const waitMs = await limits.tokens.take(
			externalCustomerId ?? JSON.stringify(verification.identity)
		);
		return waitMs > 0 ? { kind: 'limited', waitMs, reason: 'by identity' } : verification;
	}
	return verification;

	async function verifyUnknown() {
		if (peer === undefined) {
			return verifier.verify(request);
		}
		const forwarded = request.headers.get('x-forwarded-for');
		const key = clientKey(peer, forwarded, config.trustedProxies);
		const waitMs = await limits.refusals.take(key);
		if (waitMs > 0) {
			return { kind: 'limited' as const, waitMs, reason: 'by address' };
		}
		let refused = false;
		try {
			const result = await verifier.verify(request);
			refused = result.kind === 'refused';
			return result;
		} finally {
			if (!refused) {
				await limits.refusals.giveBack(key);
			}
		}
	}
}
