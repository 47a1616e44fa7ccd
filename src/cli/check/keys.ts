import { createLocalJWKSet, errors, type FlattenedJWSInput, type JWTVerifyGetKey } from 'jose';
import type { Config, KeyAddress } from '../../edge/config.ts';
import { fetchKeySet } from '../../edge/identity/key-set.ts';
import { ALGORITHMS } from '../../edge/identity/keys.ts';
import { observed, type Ask, type Outcome } from './ask.ts';
import { explained, fail, pass, type Finding } from './finding.ts';
import { createPlatform } from './platform.ts';
import { redirected } from './stranger.ts';
import { unreached } from './unreached.ts';

/** Whether the token function can get the keys that credentials are checked with. */
export async function checkKeys(config: Config, ask: Ask, version: string): Promise<Finding> {
	const { identitySource: source } = config;
	if (source.kind === 'secret') {
		return pass(source.previous === undefined ? SECRET : `${SECRET} ${PREVIOUS}`);
	}
	const { http, last } = observed(ask);
	const { keys, outage } =
		source.kind === 'keys'
			? { keys: source.keys, outage: undefined }
			: await fetchKeySet(source, createPlatform(http, version));
	if (outage && source.kind !== 'keys') {
		return missing(source, outage.hint, last());
	}
	const algorithms = ALGORITHMS[source.kind];
	return (await hasUsableKey(algorithms, createLocalJWKSet({ keys: keys as never })))
		? pass(WHERE[source.kind])
		: fail({
				message: `There are keys, but none for ${algorithms.join(', ')}.`,
				next: 'Publish a public key of one of these kinds.',
			});
}

/** What the function's own log would say, and what of the answer only somebody at a terminal may see. */
function missing({ kind, url }: KeyAddress, hint: string, answer: Outcome | null): Finding {
	const { message, next } = explained(hint);
	if (answer?.ok === false && answer.code !== 'TOO_LARGE') {
		return fail({ message: unreached(answer.code, url).message, next });
	}
	const to = answer?.ok ? redirected(answer, url) : null;
	if (to !== null) {
		const from = kind === 'wordpress' ? url : 'The address of IDENTITY_JWKS_URL';
		return fail({ message, next: `${from} leads to ${to}. ${next}` });
	}
	return fail({ message, next });
}

const SECRET = 'IDENTITY_SECRET is set. The site signs its credentials with the same one.';
const PREVIOUS =
	'IDENTITY_SECRET_PREVIOUS can go a quarter of an hour after the site has begun to: token/identity says when none came that was signed with it.';

const WHERE = {
	wordpress: 'The plugin publishes its public keys at ?app-inbox=keys.',
	jwks: 'The key set of IDENTITY_JWKS_URL can be fetched.',
	keys: 'IDENTITY_KEYS contains public keys.',
};

/** Looks for a key as a credential that names none would, with each algorithm that is allowed. */
async function hasUsableKey(algorithms: string[], find: JWTVerifyGetKey): Promise<boolean> {
	for (const alg of algorithms) {
		try {
			await find({ alg }, NO_TOKEN);
			return true;
		} catch (error) {
			if (error instanceof errors.JWKSMultipleMatchingKeys) {
				return true;
			}
		}
	}
	return false;
}

const NO_TOKEN: FlattenedJWSInput = { payload: '', signature: '' };
