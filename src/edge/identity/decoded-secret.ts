import { compactVerify } from 'jose';

/**
 * Whether a JWT is signed with what the secret says when it is decoded from base64: many libraries
 * take a secret so by default, and the advice for making one gives base64. Never a way in: it only
 * tells an owner why the signature is refused.
 */
export function createDecodedSecret(secret: string): (jwt: string) => Promise<boolean> {
	const bytes = decode(secret);
	let key: Promise<CryptoKey> | undefined;
	return async (jwt) => {
		if (!bytes) {
			return false;
		}
		key ??= crypto.subtle.importKey('raw', bytes, HMAC, false, ['verify']);
		return compactVerify(jwt, await key, { algorithms: ['HS256'] }).then(
			() => true,
			() => false
		);
	};
}

const HMAC = { name: 'HMAC', hash: 'SHA-256' };

/** base64 or base64url, padded or not; null where the text is neither. */
function decode(text: string) {
	const digits = text
		.replace(/={1,2}$/, '')
		.replaceAll('-', '+')
		.replaceAll('_', '/');
	return /^[A-Za-z0-9+/]+$/.test(digits) && digits.length % 4 !== 1
		? Uint8Array.from(atob(digits), (byte) => byte.charCodeAt(0))
		: null;
}
