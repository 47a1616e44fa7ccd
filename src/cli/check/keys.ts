import { errors, type FlattenedJWSInput } from 'jose';
import type { Config } from '../../edge/config.ts';
import { createKeySource, KeysUnavailable, type KeySource } from '../../edge/identity/keys.ts';
import { createWordPress } from '../../edge/identity/wordpress.ts';
import { observed, type Ask, type Outcome } from './ask.ts';
import { explained, fail, pass, skip, type Finding } from './finding.ts';
import { createPlatform } from './platform.ts';
import { credentialOf } from './site.ts';
import { unreached } from './unreached.ts';

/** Whether the token function can get the keys that signed credentials are checked with. */
export async function checkKeys(
	config: Config,
	endpoint: string,
	site: Finding,
	ask: Ask,
	version: string
): Promise<Finding> {
	const { identitySource: source } = config;
	if (source.kind === 'secret') {
		return pass('IDENTITY_SECRET is set. The site signs its credentials with the same one.');
	}
	if (source.kind === 'wordpress' && site.status === 'fail') {
		return skip('Not tried. Mend site first.');
	}
	const { http, last } = observed(ask);
	const platform = createPlatform(http, version);
	const keys = createKeySource(source, createWordPress(config, platform), platform);
	try {
		return (await hasUsableKey(keys))
			? pass(WHERE[source.kind])
			: fail({
					message: `There are keys, but none for ${keys.algorithms.join(', ')}.`,
					next: 'Publish a public key of one of these kinds.',
				});
	} catch (error) {
		if (!(error instanceof KeysUnavailable)) {
			throw error;
		}
		return missing(error.outage.hint, last());
	}

	function missing(hint: string, answer: Outcome | null): Finding {
		const closed = answer?.ok === true && [401, 403].includes(answer.status);
		if (source.kind === 'wordpress' && closed && credentialOf(config, endpoint) === 'session') {
			return skip(
				`Not needed: WordPress closes its REST API to guests (${answer.status}), but with the endpoint at the site’s own address it is asked with the visitor’s login.`
			);
		}
		if (source.kind === 'jwks' && answer?.ok === false) {
			const { message, next } = unreached(answer.code, source.url);
			return fail({ message, next: `${next} The address is IDENTITY_JWKS_URL’s.` });
		}
		return fail(explained(hint));
	}
}

const WHERE = {
	wordpress: 'The plugin publishes its public key in WordPress’s REST index.',
	jwks: 'The key set of IDENTITY_JWKS_URL can be fetched.',
	keys: 'IDENTITY_KEYS contains public keys.',
};

/** Looks for a key as a credential that names none would, with each algorithm that is allowed. */
async function hasUsableKey({ algorithms, find }: KeySource): Promise<boolean> {
	for (const alg of algorithms) {
		try {
			await find({ alg }, NO_TOKEN);
			return true;
		} catch (error) {
			if (error instanceof KeysUnavailable) {
				throw error;
			}
			if (error instanceof errors.JWKSMultipleMatchingKeys) {
				return true;
			}
		}
	}
	return false;
}

const NO_TOKEN: FlattenedJWSInput = { payload: '', signature: '' };
