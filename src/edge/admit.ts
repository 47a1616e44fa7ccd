import { discardBody } from './body.ts';
import type { Verification } from './identity/verifier.ts';
import { identify } from './identify.ts';
import { outage, problem, rateLimited, unauthenticated } from './problem.ts';
import type { Reply } from './reply.ts';
import type { Service } from './service.ts';
import type { Context } from './types.ts';

export type Admission =
	Extract<Verification, { kind: 'verified' }> | { kind: 'turned away'; reply: Reply };

/** What stands before every route that is about a person: the request's form, limits and identity. */
export async function admit(
	request: Request,
	service: Service,
	context?: Context
): Promise<Admission> {
	const turnedAway = (reply: Reply): Admission => ({ kind: 'turned away', reply });
	const wrong = await discardBody(request, service.platform.clock);
	if (wrong) {
		return turnedAway(problem(wrong));
	}
	const verification = await identify(request, service, context);
	switch (verification.kind) {
		case 'verified':
			return verification;
		case 'limited':
			service.metrics.limited({ by: verification.by });
			return turnedAway(rateLimited(verification.waitMs, verification.by));
		case 'refused':
			return turnedAway(unauthenticated(verification.reason, verification.hint));
		case 'unavailable':
			return turnedAway(outage('site_unavailable', verification));
	}
}
