import type { Identity, Outage } from '../types.ts';

/** Finds out who sent a request, by its credential and nothing else. */
export interface Verifier {
	verify: (request: Request) => Promise<Verification>;
	/** Only what is remembered: the answer to a credential known as good, else null. Asks nobody. */
	recall: (request: Request) => Promise<Verified | null>;
}

/** @param administrator Whether the visitor may ask `/check`. */
export type Verified = { kind: 'verified'; identity: Identity; administrator: boolean };

export type Verification = Verified | Refused | ({ kind: 'unavailable' } & Outage);

/**
 * @param reason For the log, in our own words. The visitor gets one answer for all of them.
 * @param hint   What the owner can do, where it is the owner's to do.
 */
export type Refused = { kind: 'refused'; reason: string; hint?: string };

export const refused = (reason: string, hint?: string): Refused =>
	hint === undefined ? { kind: 'refused', reason } : { kind: 'refused', reason, hint };
