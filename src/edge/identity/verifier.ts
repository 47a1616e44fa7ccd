import { errors, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import type { Config } from '../config.ts';
import { createMemory } from '../memory.ts';
import type { Metrics } from '../metrics.ts';
import { siteAddress } from '../site-address.ts';
import type { Identity, Log, Outage, Platform } from '../types.ts';
import { toIdentity } from './identifiers.ts';
import { KeysUnavailable, MAX_LIFETIME, SKEW } from './key-source.ts';
import { createKeySource } from './keys.ts';

/** Finds out who sent a request, by its signed credential and nothing else. */
export interface Verifier {
	verify: (request: Request) => Promise<Verification>;
	/** Only what is remembered: the answer to a credential known as good, else null. Asks nobody. */
	recall: (request: Request) => Promise<Verified | null>;
	/** For an administrator, while the secret is being replaced: when the previous one can go. */
	aboutPrevious: () => string | undefined;
}

/** @param administrator Whether the visitor may ask `/check`. */
export type Verified = { kind: 'verified'; identity: Identity; administrator: boolean };

export type Verification = Verified | Refused | ({ kind: 'unavailable' } & Outage);

/**
 * @param reason For the log, in our own words. The visitor gets one answer for all of them.
 * @param hint   What the owner can do, where it is the owner's to do.
 */
export type Refused = { kind: 'refused'; reason: string; hint: string | undefined };

const AUDIENCE = 'app-inbox';
const MAX_LENGTH = 4096;
const REMEMBERED = 10_000;

/**
 * Who a signed credential says that the visitor is. jose checks the signature, with the algorithms
 * of the key source alone; what jose lets pass (a missing `exp`, a long life, a claim of another
 * type) is refused here.
 */
export function createVerifier(
	config: Config,
	platform: Platform,
	log: Log,
	metrics: Metrics
): Verifier {
	const { clock, hash } = platform;
	const keys = createKeySource(config, platform, log);
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

	const verify = async (request: Request): Promise<Verification> => {
		const jwt = read(request);
		if (jwt === undefined) {
			return { kind: 'refused', reason: 'no bearer credential', hint: undefined };
		}
		const key = await hash(jwt);
		// Taken before the check: keys that change meanwhile must not vouch for what older ones passed.
		const generation = keys.generation();
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
				: { kind: 'refused', reason: reason(error), hint: await hintAt(error, jwt) };
		}
	};

	/** One HMAC more for a wrong signature, whatever comes of it: its time tells nobody anything. */
	const hintAt = async (error: unknown, jwt: string): Promise<string | undefined> => {
		if (error instanceof errors.JWSSignatureVerificationFailed) {
			return keys.explain?.(jwt);
		}
		// Signed by the site's own key, so that it is the site's own address.
		return isAbout(error, 'iss') ? ANOTHER_ADDRESS : undefined;
	};

	return {
		verify,
		async recall(request) {
			const jwt = read(request);
			const known = jwt === undefined ? undefined : remembered.get(await hash(jwt));
			return known?.generation === keys.generation() ? known.verified : null;
		},
		aboutPrevious: () => keys.aboutPrevious?.(),
	};
}

const ANOTHER_ADDRESS =
	'The site signs as another address than SITE_URL. Set SITE_URL to what WordPress has under Settings → General → Site Address, or let the site’s own code write SITE_URL as iss.';

function read({ headers }: Request): string | undefined {
	const header = headers.get('authorization') ?? '';
	return header.length <= MAX_LENGTH ? BEARER.exec(header)?.[1] : undefined;
}

const BEARER = /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

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
	const claim = CLAIMS.find((name) => isAbout(error, name));
	if (claim || error instanceof errors.JWTClaimValidationFailed) {
		return `bad credential: ${claim ?? 'claims'}`;
	}
	return error instanceof errors.JOSEError ? `bad credential: ${error.code}` : 'bad credential';
}

const CLAIMS = ['iss', 'aud', 'sub', 'iat', 'exp', 'nbf'];

const isAbout = (error: unknown, claim: string) =>
	(error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) &&
	error.claim === claim;
