import type { Config } from '../config.ts';
import type { Platform } from '../types.ts';
import { createKeySource } from './keys.ts';
import { createSessionVerifier } from './session.ts';
import { createSignedVerifier } from './signed.ts';
import { refused, type Verifier } from './verifier.ts';
import { createWordPress } from './wordpress.ts';

export type { Verification, Verifier } from './verifier.ts';
export { pickIdentifiers } from './identifiers.ts';

/**
 * The verifier of all requests. An `Authorization` header leaves the decision to the signed
 * verifier, also when it fails: a request with two credentials must not get a second chance. The
 * cookie counts for the site's own pages only.
 */
export function createVerifier(config: Config, platform: Platform): Verifier {
	const wordpress = createWordPress(config, platform);
	const signed = createSignedVerifier(
		config,
		platform,
		createKeySource(config.identitySource, wordpress, platform)
	);
	const session = createSessionVerifier(config, platform, wordpress);
	return async (request) => {
		if (request.headers.has('authorization')) {
			return signed(request);
		}
		return request.headers.get('origin') === config.siteOrigin
			? session(request)
			: refused('no credential');
	};
}
