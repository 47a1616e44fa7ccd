import { flattenedVerify, type CryptoKey, type FlattenedJWSInput } from 'jose';
import { lazy } from '../lazy.ts';
import type { Clock, Log } from '../types.ts';
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
	const key = hmacKey(new TextEncoder().encode(secret));
	const previousKey =
		previous === undefined ? undefined : hmacKey(new TextEncoder().encode(previous));
	const decoded = decode(secret);
	const decodedKey = decoded && hmacKey(decoded);
	/** When the last credential may have been signed with the previous secret. */
	let usedAt = clock.now();

	return {
		algorithms: ['HS256'],
		generation: () => 0,
		async find(_header, token) {
			if (
				!previousKey ||
				(await signs(token, await key())) ||
				!(await signs(token, await previousKey()))
			) {
				return key();
			}
			usedAt = clock.now();
			log('info', 'previous_secret_used', { hint: STILL_USED });
			return previousKey();
		},
		async explain(jwt) {
			const [header = '', payload = '', signature = ''] = jwt.split('.');
			const token = { protected: header, payload, signature };
			return decodedKey && (await signs(token, await decodedKey())) ? DECODED : undefined;
		},
		aboutPrevious: () =>
			previousKey && (Math.abs(clock.now() - usedAt) < LIFETIME_MS ? STILL_USED : UNUSED),
	};
}

const signs = (token: FlattenedJWSInput, key: CryptoKey) =>
	flattenedVerify(token, key, { algorithms: ['HS256'] }).then(
		() => true,
		() => false
	);

const HMAC = { name: 'HMAC', hash: 'SHA-256' };

/** A CryptoKey is twice as fast as the bytes, which jose would import at every use. */
const hmacKey = (bytes: Uint8Array<ArrayBuffer>) =>
	lazy(() => crypto.subtle.importKey('raw', bytes, HMAC, false, ['verify'])).get;

/**
 * What the secret says when it is decoded from base64 or base64url; null where it is neither. Many
 * libraries take a secret so by default, and the advice for making one gives base64. Never a way in:
 * it only tells an owner why the signature is refused.
 */
function decode(secret: string) {
	try {
		const bytes = atob(secret.replaceAll('-', '+').replaceAll('_', '/'));
		return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
	} catch {
		return null;
	}
}

const STILL_USED =
	'A credential signed with IDENTITY_SECRET_PREVIOUS may still be in use: keep it until a quarter of an hour after the site has begun to sign with IDENTITY_SECRET.';
const UNUSED =
	'For a quarter of an hour no credential was signed with IDENTITY_SECRET_PREVIOUS: remove it.';

const DECODED =
	'The site signs with IDENTITY_SECRET after decoding it from base64. Let it sign with the text of the secret as it is: switch the decoding off there.';
