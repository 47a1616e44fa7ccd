import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { KeyAddress } from '../config.ts';
import type { Outage, Platform } from '../types.ts';
import { fetchKeySet } from './key-set.ts';
import { KeysUnavailable, type KeySource } from './key-source.ts';

/** Keys as old as this are fetched anew. */
const FRESH_MS = 5 * 60_000;
/**
 * Between two questions, whatever comes: invented key ids, a site that is out of order. A firewall
 * that counts our requests must find nothing to stop.
 */
const PAUSE_MS = 30_000;

/**
 * The keys that a site publishes. The last good set serves on while the site is out of order, for as
 * long as that lasts: what its keys sign lives a quarter of an hour, and it signs nothing then.
 */
export function createFetchedKeys(
	algorithms: string[],
	address: KeyAddress,
	platform: Platform
): KeySource {
	const { clock } = platform;
	let current: { find: JWTVerifyGetKey; text: string; fetchedAt: number } | undefined;
	/** Why a key that is not in the set may be a good one all the same. */
	let outage: Outage | undefined = NEVER_ANSWERED;
	let askedAt = -Infinity;
	let asking: Promise<void> | undefined;
	let generation = 0;

	/** Counted both ways: a clock that was set back must not keep anybody waiting until it has caught up. */
	const since = (time: number) => Math.abs(clock.now() - time);

	const ask = async () => {
		const result = await fetchKeySet(address, platform);
		outage = result.outage;
		if (result.keys) {
			const text = JSON.stringify(result.keys);
			if (text !== current?.text) {
				generation++;
			}
			const find = createLocalJWKSet({ keys: result.keys as never });
			current = { find, text, fetchedAt: clock.now() };
		}
	};

	/** Waits for the answer only where it was this request that asked. */
	const askIfDue = async () => {
		if (since(askedAt) >= PAUSE_MS) {
			askedAt = clock.now();
			asking = ask().finally(() => (asking = undefined));
			await asking;
		}
	};

	return {
		algorithms,
		generation: () => generation,
		async find(header, token) {
			// One request waits for a slow site; the others go on with what there is.
			if (!current || since(current.fetchedAt) >= FRESH_MS) {
				await askIfDue();
			}
			if (!current) {
				await asking;
			}
			if (!current) {
				throw new KeysUnavailable(outage ?? NEVER_ANSWERED);
			}
			try {
				return await current.find(header, token);
			} catch (error) {
				if (!(error instanceof errors.JWKSNoMatchingKey)) {
					throw error;
				}
			}
			await askIfDue();
			await asking;
			if (outage) {
				throw new KeysUnavailable(outage);
			}
			return current.find(header, token);
		},
	};
}

const NEVER_ANSWERED: Outage = {
	status: 502,
	hint: 'The site has not answered yet with its keys. See the lines before.',
};
