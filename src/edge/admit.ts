import { clientKey } from './address.ts';
import { discardBody } from './body.ts';
import type { Verification, Verified } from './identity/verifier.ts';
import { outage, problem, rateLimited, unauthenticated } from './problem.ts';
import type { Reply } from './reply.ts';
import type { Service } from './service.ts';
import type { Context } from './types.ts';

export type Admission = Verified | { kind: 'turned away'; reply: Reply };

type Limited = { kind: 'limited'; waitMs: number; by: 'identity' | 'address' };

/** What stands before every route that is about a person: the request's form, limits and identity. */
export async function admit(
	request: Request,
	service: Service,
	context?: Context
): Promise<Admission> {
	const { verifier, limits, metrics, platform } = service;
	const turnedAway = (reply: Reply): Admission => ({ kind: 'turned away', reply });
	const wrong = await discardBody(request, platform.clock);
	if (wrong) {
		return turnedAway(problem(wrong));
	}
	const known = await verifier.recall(request);
	let outcome: Verification | Limited = known ?? (await verify(request, service, context));
	metrics.credentials({ result: known ? 'remembered' : outcome.kind });
	if (outcome.kind === 'verified') {
		const waitMs = await limits.tokens.take(outcome.identity.externalCustomerId);
		if (waitMs <= 0) {
			return outcome;
		}
		outcome = { kind: 'limited', waitMs, by: 'identity' };
	}
	switch (outcome.kind) {
		case 'limited':
			metrics.limited({ by: outcome.by });
			return turnedAway(rateLimited(outcome.waitMs, outcome.by));
		case 'refused':
			return turnedAway(unauthenticated(outcome.reason, outcome.hint));
		case 'unavailable':
			return turnedAway(outage('site_unavailable', outcome));
	}
}

/**
 * A credential that is not known as good costs its address one of its refusals before any work is done
 * for it, and gets it back unless it is refused: so many at once are no way around the limit. A known
 * one passes, whatever others do at the same address. Where the runtime names no peer there is no limit
 * by address: one for all would let anybody lock out everybody.
 */
async function verify(
	request: Request,
	{ config, verifier, limits: { refusals }, reportProxy }: Service,
	{ peer }: Context = {}
): Promise<Verification | Limited> {
	if (peer === undefined) {
		return verifier.verify(request);
	}
	const forwarded = request.headers.get('x-forwarded-for');
	if (forwarded !== null && config.trustedProxies === 0 && LOOPBACK.test(peer)) {
		reportProxy();
	}
	const key = clientKey(peer, forwarded, config.trustedProxies);
	const waitMs = await refusals.take(key);
	if (waitMs > 0) {
		return { kind: 'limited', waitMs, by: 'address' };
	}
	let refused = false;
	try {
		const result = await verifier.verify(request);
		refused = result.kind === 'refused';
		return result;
	} finally {
		await (refused ? refusals.used?.(key) : refusals.giveBack(key));
	}
}

/** A proxy on the same machine: it writes the header, and all visitors come from its address. */
const LOOPBACK = /^(::ffff:)?127\.|^::1$/;
