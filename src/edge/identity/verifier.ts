import type { Identity, Outage } from '../types.ts';

/** Finds out who sent a request, by its credential and nothing else. */
export interface Verifier {
	verify: (request: Request) => Promise<Verification>;
	/** Only what is remembered: the answer to a credential known as good, else null. Asks nobody. */
	recall: (request: Request) => Promise<Verified | null>;
}

/** @param administrator Whether the visitor may ask `/check`. */
export type Verified = { kind: 'verified'; identity: Identity; administrator: boolean };

export type Verification =
	| Verified
	/** @param reason For the log, in our own words. The visitor gets one answer for all of them. */
	| { kind: 'refused'; reason: string }
	| ({ kind: 'unavailable' } & Outage);

export const refused = (reason: string): Verification => ({ kind: 'refused', reason });
