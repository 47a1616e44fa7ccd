import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { Visit } from './load.ts';
import { tokenOf } from './stand-ins.ts';

/** A site's way to sign: the JWT's header, and the signature of a text. */
export interface Signer {
	header: { alg: string; kid?: string };
	sign: (text: string) => Buffer;
}

/** WordPress's way, and the public key as WordPress publishes it. Synchronous: jose's takes twice as long. */
export function createEdDsaSigner(kid: string): { signer: Signer; jwk: object } {
	const { privateKey, publicKey } = generateKeyPairSync('ed25519');
	return {
		signer: {
			header: { alg: 'EdDSA', kid },
			sign: (text) => sign(null, Buffer.from(text), privateKey),
		},
		jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' },
	};
}

export const createHmacSigner = (secret: string): Signer => ({
	header: { alg: 'HS256' },
	sign: (text) => createHmac('sha256', secret).update(text).digest(),
});

/** A visit with a fresh JWT, ten minutes long; `jti` makes it another one than any before. */
export function signedVisit(
	site: string,
	{ header, sign: toSignature }: Signer,
	id: string
): Visit {
	const iat = Math.floor(Date.now() / 1000);
	const claims = {
		iss: site,
		aud: 'app-inbox',
		sub: id,
		email: `${id}@customers.example`,
		iat,
		exp: iat + 600,
		jti: String(serial++),
	};
	const text = `${base64url(header)}.${base64url(claims)}`;
	const jwt = `${text}.${toSignature(text).toString('base64url')}`;
	return {
		// `x-customer` is for the bare proxy, and goes to both, so that both read the same bytes.
		headers: { origin: site, authorization: `Bearer ${jwt}`, 'x-customer': id },
		token: tokenOf(id),
	};
}

let serial = 0;

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
