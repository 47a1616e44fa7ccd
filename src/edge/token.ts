import { discardBody } from './body.ts';
import { pickIdentifiers } from './identity/index.ts';
import { outage, problem, unauthenticated } from './problem.ts';
import { json, type Reply } from './reply.ts';
import type { Service } from './service.ts';

/** `POST /token`: who is it, and what does eSputnik give for that contact? */
export async function token(request: Request, service: Service): Promise<Reply> {
	const { config, verify, vendor, platform } = service;
	const wrong = await discardBody(request, platform.clock);
	if (wrong) {
		return problem(wrong);
	}
	const verification = await verify(request);
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
