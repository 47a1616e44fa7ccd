import type { JWTVerifyGetKey } from 'jose';
import type { Outage } from '../types.ts';

export interface KeySource {
	/** What `alg` may say. A credential never chooses how it is checked. */
	algorithms: string[];
	/** Throws `KeysUnavailable`, or an error of jose where there is no such key. */
	find: JWTVerifyGetKey;
	/** Changes when the keys do: what was verified by older ones is to be verified again. */
	generation: () => number;
	/** What the owner can do about a signature that is wrong, where these keys can tell. */
	explain?: (jwt: string) => Promise<string | undefined>;
	/** While there is a previous key beside the one that counts: when it can go. */
	aboutPrevious?: () => string | undefined;
}

export class KeysUnavailable extends Error {
	constructor(readonly outage: Outage) {
		super('The keys cannot be had.');
	}
}

/** How long a credential may live, and how far clocks may differ; in seconds, as JWTs count. */
export const MAX_LIFETIME = 15 * 60;
export const SKEW = 60;
