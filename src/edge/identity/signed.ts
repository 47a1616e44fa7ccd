import { errors, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import type { Config } from '../config.ts';
import { createMemory } from '../memory.ts';
import type { Identity, Platform } from '../types.ts';
import { toIdentity } from './identifiers.ts';
import { KeysUnavailable, type KeySource } from './keys.ts';
import { refused, type Verification, type Verifier } from './verifier.ts';

const AUDIENCE = 'app-inbox';
/** In seconds, as JWTs count. */
const MAX_LIFETIME = 15 * 60;
const SKEW = 60;
const MAX_LENGTH = 4096;
const REMEMBERED = 10_000;

/**
 * Who a signed credential says that the visitor is. jose checks the signature, with the algorithms
 * of the key source alone; what jose lets pass (a missing `exp`, a long life, a claim of another
 * type) is refused here.
 */
export function createSignedVerifier(
	config: Config,
	{ clock, hash }: Platform,
	keys: KeySource
): Verifier {
	const verified = createMemory<{ identity: Identity; generation: number }>(REMEMBERED, clock);

	const verify = async (jwt: string): Promise<{ identity: Identity; exp: number }> => {
		const now = clock.now();
		const { payload } = await jwtVerify(jwt, keys.find, {
			algorithms: keys.algorithms,
			issuer: config.issuers,
			audience: AUDIENCE,
			clockTolerance: SKEW,
			currentDate: new Date(now),
		});
		const { sub, iat, exp, email, phone } = z.parse(claimsSchema, payload);
		if (exp <= iat || exp - iat > MAX_LIFETIME || iat > now / 1000 + SKEW) {
			throw new errors.JWTClaimValidationFailed('bad lifetime', payload, 'iat');
		}
		return { identity: toIdentity(sub, email, phone), exp };
	};

	return async (request): Promise<Verification> => {
		const header = request.headers.get('authorization') ?? '';
		const jwt = header.length <= MAX_LENGTH ? BEARER.exec(header)?.[1] : undefined;
		if (jwt === undefined) {
			return refused('no bearer credential');
		}
		const key = await hash(jwt);
		// Taken before the check: keys that change meanwhile must not vouch for what older ones passed.
		const generation = keys.generation();
		const known = verified.get(key);
		if (known?.generation === generation) {
			return { kind: 'verified', identity: known.identity };
		}
		try {
			const { identity, exp } = await verify(jwt);
			verified.set(key, { identity, generation }, exp * 1000);
			return { kind: 'verified', identity };
		} catch (error) {
			return error instanceof KeysUnavailable
				? { kind: 'unavailable', ...error.outage }
				: refused(reason(error));
		}
	};
}

const BEARER = /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** `sub`, `iat` and `exp` are required; PHP writes null for an e-mail or a phone that is absent. */
const claimsSchema = z.object({
	sub: z.string().check(z.maxLength(255), z.regex(/^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u)),
	iat: z.number(),
	exp: z.number(),
	email: z.nullish(z.string()),
	phone: z.nullish(z.string()),
});

/** Only what is ours or jose's own code: messages may quote the credential. */
function reason(error: unknown): string {
	if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) {
		return `bad credential: ${CLAIMS.includes(error.claim) ? error.claim : 'claims'}`;
	}
	return error instanceof errors.JOSEError ? `bad credential: ${error.code}` : 'bad credential';
}

const CLAIMS = ['iss', 'aud', 'sub', 'iat', 'exp', 'nbf'];
