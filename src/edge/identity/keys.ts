import { createLocalJWKSet } from 'jose';
import type { Config } from '../config.ts';
import type { Log, Platform } from '../types.ts';
import { createFetchedKeys } from './fetched-keys.ts';
import type { KeySource } from './key-source.ts';
import { createSharedSecret } from './shared-secret.ts';

/** What each source of public keys may hold. */
export const ALGORITHMS = {
	wordpress: ['EdDSA'],
	keys: ['EdDSA'],
	jwks: ['EdDSA', 'Ed25519', 'ES256', 'RS256', 'PS256'],
};

/** The keys of the one source that the environment names, each with its own algorithms. */
export function createKeySource(config: Config, platform: Platform, log: Log): KeySource {
	const { identitySource: source } = config;
	switch (source.kind) {
		case 'secret':
			return createSharedSecret(source, platform.clock, log);
		case 'keys':
			return {
				algorithms: ALGORITHMS.keys,
				find: createLocalJWKSet({ keys: source.keys as never }),
				generation: () => 0,
			};
		case 'jwks':
		case 'wordpress':
			return createFetchedKeys(ALGORITHMS[source.kind], source, platform);
	}
}
