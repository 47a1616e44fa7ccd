import { CREDENTIAL_HEADER, CREDENTIAL_HEADER_LENGTH } from '../settings/frontend-config.ts';
import { admit } from './admit.ts';
import { pickIdentifiers } from './identity/identifiers.ts';
import { outage, problem } from './problem.ts';
import { json, type Reply } from './reply.ts';
import type { Service } from './service.ts';
import type { Context } from './types.ts';

/** `POST /token`: who is it, and what does eSputnik give for that contact? */
export async function token(request: Request, service: Service, context?: Context): Promise<Reply> {
	const { config, vendor, platform } = service;
	const visitor = await admit(request, service, context);
	if (visitor.kind === 'turned away') {
		return visitor.reply;
	}
	const identifiers = pickIdentifiers(visitor.identity, config.identifyBy);
	if (!identifiers) {
		return json('no_identifier', { token: '' });
	}
	const started = platform.clock.now();
	const outcome = await vendor.token(identifiers);
	const vendorMs = platform.clock.now() - started;
	switch (outcome.kind) {
		case 'token': {
			const what = outcome.token === '' ? 'unknown_contact' : 'token';
			const reply = json(what, { token: outcome.token });
			const credential = request.headers.get('authorization')!;
			reply.headers[CREDENTIAL_HEADER] = credential.slice(-CREDENTIAL_HEADER_LENGTH);
			return { ...reply, vendorMs };
		}
		case 'refused':
			return { ...problem('vendor_refused'), hint: outcome.hint, vendorMs };
		case 'unavailable':
			return { ...outage('vendor_unavailable', outcome), vendorMs };
	}
}
