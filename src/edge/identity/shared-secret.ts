import { flattenedVerify, type CryptoKey, type FlattenedJWSInput } from 'jose';
import type { Clock, Log } from '../types.ts';
import { createDecodedSecret } from './decoded-secret.ts';
import { MAX_LIFETIME, SKEW, type KeySource } from './key-source.ts';

const LIFETIME_MS = (MAX_LIFETIME + SKEW) * 1000;

/**
 * A secret that the site signs with as well. While it is being replaced there are two: the new one is
 * tried first, then the previous one, for as long as credentials come that were signed with it.
 */
export function createSharedSecret(
	{ secret, previous }: { secret: string; previous: string | undefined },
	clock: Clock,
	log: Log
): KeySource {
	const key = hmacKey(secret);
	const previousKey = previous === undefined ? undefined : hmacKey(previous);
	const isDecoded = createDecodedSecret(secret);
	/** When the last credential may have been signed with the previous secret. */
	let usedAt = clock.now();

	const isPrevious = async (token: FlattenedJWSInput) =>
		previousKey !== undefined &&
		!(await signs(token, await key())) &&
		(await signs(token, await previousKey()));

	return {
		algorithms: ['HS256'],
		generation: () => 0,
		async find(_header, token) {
			if (!(await isPrevious(token))) {
				return key();
			}
			usedAt = clock.now();
			log('info', 'previous_secret_used', { hint: STILL_USED });
			return previousKey!();
		},
		explain: async (jwt) => ((await isDecoded(jwt)) ? DECODED : undefined),
		aboutPrevious() {
			const isOver = Math.abs(clock.now() - usedAt) >= LIFETIME_MS;
			return previousKey && (isOver ? UNUSED : STILL_USED);
		},
	};
}

const signs = (token: FlattenedJWSInput, key: CryptoKey) =>
	flattenedVerify(token, key, { algorithms: ['HS256'] }).then(
		() => true,
		() => false
	);

/** A CryptoKey is twice as fast as the bytes, which jose would import at every use. */
function hmacKey(secret: string): () => Promise<CryptoKey> {
	let key: Promise<CryptoKey> | undefined;
	return () =>
		(key ??= crypto.subtle.importKey(
			'raw',
			new TextEncoder().encode(secret),
			{ name: 'HMAC', hash: 'SHA-256' },
			false,
			['verify']
		));
}

const STILL_USED =
	'A credential signed with IDENTITY_SECRET_PREVIOUS may still be in use: keep it until a quarter of an hour after the site has begun to sign with IDENTITY_SECRET.';
const UNUSED =
	'For a quarter of an hour no credential was signed with IDENTITY_SECRET_PREVIOUS: remove it.';

const DECODED =
	'The site signs with IDENTITY_SECRET after decoding it from base64. Let it sign with the text of the secret as it is: switch the decoding off there.';
