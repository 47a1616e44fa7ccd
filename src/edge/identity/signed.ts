import { errors, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import type { Config } from '../config.ts';
import { createMemory } from '../memory.ts';
import type { Metrics } from '../metrics.ts';
import { siteAddress } from '../site-address.ts';
import type { Platform } from '../types.ts';
import { toIdentity } from './identifiers.ts';
import { KeysUnavailable, type KeySource } from './keys.ts';
import { refused, type Verification, type Verified, type Verifier } from './verifier.ts';

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
	keys: KeySource,
	metrics: Metrics
): Verifier {
	const remembered = createMemory<{ verified: Verified; generation: number }>(REMEMBERED, clock);
	metrics.gauge('remembered_jwts', remembered.size);

	const check = async (jwt: string): Promise<{ verified: Verified; exp: number }> => {
		const now = clock.now();
		const { payload } = await jwtVerify(jwt, keys.find, {
			algorithms: keys.algorithms,
			audience: AUDIENCE,
			clockTolerance: SKEW,
			currentDate: new Date(now),
		});
		// Nearly all are spelt as here: only the others are worth the parsing of an address.
		if (payload.iss !== config.site && siteAddress(payload.iss) !== config.site) {
			throw new errors.JWTClaimValidationFailed('another site', payload, 'iss');
		}
		const { sub, iat, exp, email, phone, role } = z.parse(claimsSchema, payload);
		if (exp <= iat || exp - iat > MAX_LIFETIME || iat > now / 1000 + SKEW) {
			throw new errors.JWTClaimValidationFailed('bad lifetime', payload, 'iat');
		}
		const identity = toIdentity(sub, email, phone);
		const administrator = role === 'administrator';
		return { verified: { kind: 'verified', identity, administrator }, exp };
	};

	/** One HMAC more for a wrong signature, whatever comes of it: its time tells nobody anything. */
	const hintAt = (error: unknown, jwt: string) =>
		error instanceof errors.JWSSignatureVerificationFailed ? keys.explain?.(jwt) : undefined;

	const recall = (key: string, generation: number): Verified | null => {
		const known = remembered.get(key);
		return known?.generation === generation ? known.verified : null;
	};

	const verify = async (request: Request): Promise<Verification> => {
		const jwt = read(request);
		if (jwt === undefined) {
			return noCredential(request);
		}
		const key = await hash(jwt);
		// Taken before the check: keys that change meanwhile must not vouch for what older ones passed.
		const generation = keys.generation();
		const known = recall(key, generation);
		if (known) {
			return known;
		}
		try {
			const { verified, exp } = await check(jwt);
			if (keys.generation() !== generation) {
				// The first keys, or others: once more, so that it is remembered under those of now.
				return verify(request);
			}
			remembered.set(key, { verified, generation }, exp * 1000);
			return verified;
		} catch (error) {
			return error instanceof KeysUnavailable
				? { kind: 'unavailable', ...error.outage }
				: refused(reason(error), await hintAt(error, jwt));
		}
	};

	return {
		verify,
		async recall(request) {
			const jwt = read(request);
			return jwt === undefined ? null : recall(await hash(jwt), keys.generation());
		},
	};
}

function read({ headers }: Request): string | undefined {
	const header = headers.get('authorization') ?? '';
	return header.length <= MAX_LENGTH ? BEARER.exec(header)?.[1] : undefined;
}

const BEARER = /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Browsers add the password of a site, such as a staging one, to each request of its pages. */
const noCredential = ({ headers }: Request) =>
	/^basic /i.test(headers.get('authorization') ?? '')
		? refused('HTTP Basic instead of a bearer credential', BASIC_HINT)
		: refused('no bearer credential');

const BASIC_HINT =
	'Browsers send the password of the site (HTTP Basic), which hides the visitor’s login. Let the web server take it out of what it passes on to this function: proxy_set_header Authorization ""; in nginx, RequestHeader unset Authorization in Apache.';

/** `sub`, `iat` and `exp` are required; PHP writes null for an e-mail or a phone that is absent. */
const claimsSchema = z.object({
	sub: z.string().check(z.maxLength(255), z.regex(/^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u)),
	iat: z.number(),
	exp: z.number(),
	email: z.nullish(z.string()),
	phone: z.nullish(z.string()),
	/** Of any type, as long as it makes nobody an administrator. */
	role: z.optional(z.unknown()),
});

/** Only what is ours or jose's own code: messages may quote the credential. */
function reason(error: unknown): string {
	if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) {
		return `bad credential: ${CLAIMS.includes(error.claim) ? error.claim : 'claims'}`;
	}
	return error instanceof errors.JOSEError ? `bad credential: ${error.code}` : 'bad credential';
}

const CLAIMS = ['iss', 'aud', 'sub', 'iat', 'exp', 'nbf'];
