import { discardBody } from './body.ts';
import { pickIdentifiers } from './identity/index.ts';
import { identify } from './limits.ts';
import { outage, problem, rateLimited, unauthenticated } from './problem.ts';
import { json, type Reply } from './reply.ts';
import type { Service } from './service.ts';
import type { Context } from './types.ts';

/** `POST /token`: who is it, and what does eSputnik give for that contact? */
export async function token(request: Request, service: Service, context?: Context): Promise<Reply> {
	const { config, vendor, platform } = service;
	const wrong = await discardBody(request, platform.clock);
	if (wrong) {
		return problem(wrong);
	}
	const verification = await identify(request, service, context);
	if (verification.kind === 'limited') {
		return rateLimited(verification);
	}
	if (verification.kind === 'refused') {
		return unauthenticated(verification.reason);
	}
	if (verification.kind === 'unavailable') {
		return outage('site_unavailable', verification);
	}
	const identifiers = pickIdentifiers(verification.identity, config.identifyBy);
	if (!identifiers) {
		return json('no_identifier', { token: '' });
	}
	const started = platform.clock.now();
	const outcome = await vendor.token(identifiers);
	const vendorMs = platform.clock.now() - started;
	switch (outcome.kind) {
		case 'token':
			return {
				...json(outcome.token === '' ? 'unknown_contact' : 'token', {
					token: outcome.token,
				}),
				vendorMs,
			};
		case 'refused':
			return { ...problem('vendor_refused'), hint: outcome.hint, vendorMs };
		case 'unavailable':
			return { ...outage('vendor_unavailable', outcome), vendorMs };
	}
}
