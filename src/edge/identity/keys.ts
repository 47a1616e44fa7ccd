import { createLocalJWKSet, errors, type CryptoKey, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod/mini';
import { within } from '../clock.ts';
import type { IdentitySource } from '../config.ts';
import { answerStatus, failureStatus, parseJson, retryAfter } from '../http.ts';
import type { Outage, Platform } from '../types.ts';
import { createDecodedSecret } from './decoded-secret.ts';
import type { WordPress } from './wordpress.ts';

/** Keys as old as this are fetched anew, and are used up to the second age while that fails. */
const FRESH_MS = 10 * 60_000;
const USABLE_MS = 60 * 60_000;
/** Nobody can make us fetch more often by inventing key ids … */
const REFETCH_MS = 30_000;
/** … and without any keys, which is an outage, the next attempt comes sooner. */
const RETRY_MS = 2000;
const FETCH_MS = 5000;
const MAX_BYTES = 64 * 1024;

export interface KeySource {
	/** What `alg` may say. A credential never chooses how it is checked. */
	algorithms: string[];
	/** Throws `KeysUnavailable`, or an error of jose where there is no such key. */
	find: JWTVerifyGetKey;
	/** Changes when the keys do: what was verified by older ones is to be verified again. */
	generation: () => number;
	/** What the owner can do about a signature that is wrong, where these keys can tell. */
	explain?: (jwt: string) => Promise<string | undefined>;
}

export class KeysUnavailable extends Error {
	constructor(readonly outage: Outage) {
		super('The keys cannot be had.');
	}
}

/** The keys of the one source that the environment names, each with its own algorithms. */
export function createKeySource(
	source: IdentitySource,
	wordpress: WordPress,
	platform: Platform
): KeySource {
	switch (source.kind) {
		case 'secret':
			return sharedSecret(source.secret);
		case 'keys':
			return fixed(['EdDSA'], createLocalJWKSet({ keys: source.keys as never }));
		case 'jwks':
			return fetched(
				['EdDSA', 'Ed25519', 'ES256', 'RS256', 'PS256'],
				() => fetchJwks(source.url, platform),
				platform
			);
		case 'wordpress':
			return fetched(['EdDSA'], () => fetchWordPressKeys(wordpress), platform);
	}
}

const fixed = (algorithms: string[], find: JWTVerifyGetKey): KeySource => ({
	algorithms,
	find,
	generation: () => 0,
});

function sharedSecret(secret: string): KeySource {
	const isDecoded = createDecodedSecret(secret);
	return {
		...fixed(['HS256'], hmacKey(secret)),
		explain: async (jwt) => ((await isDecoded(jwt)) ? DECODED_HINT : undefined),
	};
}

const DECODED_HINT =
	'The site signs with IDENTITY_SECRET after decoding it from base64. Let it sign with the text of the secret as it is: switch the decoding off there.';

/** A CryptoKey is twice as fast as the bytes, which jose would import at every use. */
function hmacKey(secret: string): JWTVerifyGetKey {
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

type Keys = z.infer<typeof keysSchema>;
type Fetched = { ok: true; keys: Keys } | { ok: false; outage: Outage };

function fetched(
	algorithms: string[],
	fetchKeys: () => Promise<Fetched>,
	{ clock }: Platform
): KeySource {
	let current: { find: JWTVerifyGetKey; text: string; fetchedAt: number } | undefined;
	let failure: Outage | undefined;
	let attemptedAt = -Infinity;
	let generation = 0;
	let pending: Promise<void> | undefined;

	/** Counted both ways: a clock that was set back must not keep anybody waiting until it has caught up. */
	const since = (time: number) => Math.abs(clock.now() - time);
	const refresh = async () => {
		attemptedAt = clock.now();
		const result = await fetchKeys();
		failure = result.ok ? undefined : result.outage;
		if (result.ok) {
			const text = JSON.stringify(result.keys);
			if (text !== current?.text) {
				generation++;
			}
			const find = createLocalJWKSet({ keys: result.keys as never });
			current = { find, text, fetchedAt: clock.now() };
		}
	};
	const refreshIfDue = async () => {
		if (!pending && since(attemptedAt) >= (current ? REFETCH_MS : RETRY_MS)) {
			pending = refresh().finally(() => (pending = undefined));
		}
		await pending;
	};
	const age = () => (current ? since(current.fetchedAt) : Infinity);

	return {
		algorithms,
		generation: () => generation,
		async find(header, token) {
			if (age() >= FRESH_MS) {
				await refreshIfDue();
			}
			if (!current || age() >= USABLE_MS) {
				throw new KeysUnavailable(failure!);
			}
			try {
				return await current.find(header, token);
			} catch (error) {
				if (!(error instanceof errors.JWKSNoMatchingKey)) {
					throw error;
				}
			}
			await refreshIfDue();
			if (failure) {
				throw new KeysUnavailable(failure);
			}
			return current.find(header, token);
		},
	};
}

/** Secret keys have no place in a published set; jose would refuse each of them at its use. */
const keysSchema = z
	.array(z.looseObject({ kty: z.enum(['OKP', 'EC', 'RSA']), d: z.optional(z.undefined()) }))
	.check(z.minLength(1), z.maxLength(20));

const wordPressSchema = z.object({
	authentication: z.object({ 'app-inbox': z.object({ keys: keysSchema }) }),
});

async function fetchWordPressKeys(wordpress: WordPress): Promise<Fetched> {
	const result = await wordpress('/', '_fields=authentication');
	if (!result.ok) {
		return { ok: false, outage: result.outage };
	}
	const { answer, json } = result;
	const index = wordPressSchema.safeParse(json);
	if (answer.status === 200 && index.success) {
		return { ok: true, keys: index.data.authentication['app-inbox'].keys };
	}
	return {
		ok: false,
		outage: {
			status: answerStatus(answer),
			...retryAfter(answer),
			hint:
				answer.status === 200
					? 'WordPress publishes no key. Activate the plugin App Inbox for eSputnik.'
					: `WordPress closes its REST API to guests (${answer.status}). Open its index, or set IDENTITY_KEYS.`,
		},
	};
}

async function fetchJwks(url: string, { clock, http }: Platform): Promise<Fetched> {
	const result = await within(clock, FETCH_MS, (deadline) =>
		http({
			method: 'GET',
			url,
			headers: { accept: 'application/json' },
			maxBytes: MAX_BYTES,
			deadline,
		})
	);
	const hint = 'The key set could not be fetched. Check IDENTITY_JWKS_URL.';
	if (!result.ok) {
		return { ok: false, outage: { status: failureStatus(result.failure), hint } };
	}
	const set = z.object({ keys: keysSchema }).safeParse(parseJson(result.body));
	return result.status === 200 && set.success
		? { ok: true, keys: set.data.keys }
		: { ok: false, outage: { status: answerStatus(result), ...retryAfter(result), hint } };
}
