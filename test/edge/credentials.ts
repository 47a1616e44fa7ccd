import { createHmac } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** A key pair of a site, and its public half as the site publishes it. */
export interface SiteKey {
	privateKey: CryptoKey;
	jwk: JWK;
}

export async function createKey(kid: string, alg = 'EdDSA'): Promise<SiteKey> {
	const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
	return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export type Claims = Record<string, unknown>;

/** The claims of a good credential, ten minutes long; what is undefined is left out. */
export function claimsOf(issuer: string, change: Claims = {}, now = Date.now()): Claims {
	const iat = Math.floor(now / 1000);
	return {
		iss: issuer,
		aud: 'app-inbox',
		sub: '2',
		email: 'canary.signed@example.com',
		iat,
		exp: iat + 600,
		...change,
	};
}

export const sign = (claims: Claims, { privateKey, jwk }: SiteKey, header: object = {}) =>
	new SignJWT(claims)
		.setProtectedHeader({ alg: jwk.alg!, kid: jwk.kid!, ...header })
		.sign(privateKey);

/** What a site without WordPress signs with, and the function too, in most of the tests. */
export const SECRET = 'canary-hmac-4c1d9e7b2f8a6053deadbeef';

/** What the browser of a visitor of such a site shows. */
export const bearer = (site: string, sub = '2', now = Date.now()) => ({
	authorization: `Bearer ${forge({ alg: 'HS256' }, claimsOf(site, { sub }, now), SECRET)}`,
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A credential that jose would not write: any header, signed with any HMAC secret or not at all. */
export function forge(header: object, claims: Claims, secret?: string | Buffer): string {
	const text = `${part(header)}.${part(claims)}`;
	const signature = secret ? createHmac('sha256', secret).update(text).digest('base64url') : '';
	return `${text}.${signature}`;
}
