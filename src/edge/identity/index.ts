import type { Config } from '../config.ts';
import type { Platform } from '../types.ts';
import type { Metrics } from '../metrics.ts';
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
export function createVerifier(config: Config, platform: Platform, metrics: Metrics): Verifier {
	const wordpress = createWordPress(config, platform);
	const signed = createSignedVerifier(
		config,
		platform,
		createKeySource(config.identitySource, wordpress, platform),
		metrics
	);
	const session = createSessionVerifier(config, platform, wordpress, metrics);
	const verifierOf = ({ headers }: Request) => {
		if (headers.has('authorization')) {
			return signed;
		}
		return headers.get('origin') === config.siteOrigin ? session : nobody;
	};
	return {
		verify: (request) => verifierOf(request).verify(request),
		recall: (request) => verifierOf(request).recall(request),
	};
}

const nobody: Verifier = {
	verify: async () => refused('no credential'),
	recall: async () => null,
};
