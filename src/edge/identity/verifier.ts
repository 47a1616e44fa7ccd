import type { Identity, Outage } from '../types.ts';

/** Finds out who sent a request, by its credential and nothing else. */
export type Verifier = (request: Request) => Promise<Verification>;

export type Verification =
	| { kind: 'verified'; identity: Identity }
	/** @param reason For the log, in our own words. The visitor gets one answer for all of them. */
	| { kind: 'refused'; reason: string }
	| ({ kind: 'unavailable' } & Outage);

export const refused = (reason: string): Verification => ({ kind: 'refused', reason });
