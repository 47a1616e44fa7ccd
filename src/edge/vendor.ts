import * as z from 'zod/mini';
import { createBreaker } from './breaker.ts';
import type { Config } from './config.ts';
import { answerStatus, failureStatus, parseJson, retryAfter } from './http.ts';
import type { Metrics } from './metrics.ts';
import { withRetries, type Attempt, type Unavailable } from './retry.ts';
import type { Deadline, HttpResult, Identifiers, Log, Platform } from './types.ts';
import { vendorKeys, type KeyName, type VendorKey } from './vendor-keys.ts';

const MAX_BYTES = 16 * 1024;
/** A refused key is a matter for the owner, now; a line for every visitor would bury it. */
const KEY_REPORT_MS = 60_000;

/** @param keyRefused The API key is wrong, switched off, of another brand’s account, or lacks a right (401, 403). */
export type Refusal = { kind: 'refused'; keyRefused: boolean; hint: string };

export type TokenOutcome =
	/** An empty token: eSputnik does not know this contact. */
	{ kind: 'token'; token: string } | Refusal | Unavailable;

export type AccountOutcome = { kind: 'account'; organisation: string } | Refusal | Unavailable;

/**
 * eSputnik's API, with retries inside one deadline and, for tokens, a breaker.
 *
 * Two requests never share an answer, also not two of one visitor at the same moment: eSputnik
 * changes a token at its first use, so that of two tabs with one token the second would find it dead.
 * The front end is single-flight for its tab already.
 */
export interface Vendor {
	/** A fresh token for a contact. Never remembered either, for the same reason. */
	token: (identifiers: Identifiers) => Promise<TokenOutcome>;
	/**
	 * Whose an API key is; the organisation may be an empty text. It is said to any key, whether or not
	 * that may get tokens. Neither asks nor feeds the breaker:
	 * an administrator wants to know how it is now, and other rights may be needed than for tokens.
	 * Nor does it change which key is in use.
	 */
	account: (name: KeyName) => Promise<AccountOutcome>;
	/** A token as `account` asks: with this key alone, whatever the breaker and the other key say. */
	tokenWith: (name: KeyName, identifiers: Identifiers) => Promise<TokenOutcome>;
}

/**
 * `POST /v1/auth/contact/token` answers 200 `{"token"}`, with an empty token for an unknown contact;
 * `GET /v1/account/info` answers `{userEmail, organisationName}`. Both take Basic authentication with
 * any user name and the API key as password.
 */
export function createVendor(
	config: Config,
	platform: Platform,
	log: Log,
	metrics: Metrics
): Vendor {
	const { clock, http } = platform;
	const breaker = createBreaker(clock, (open) => {
		if (open) {
			metrics.breakerOpenings({});
			log('error', 'breaker_opened', {
				hint: 'eSputnik failed five times in a row, or failed its probe: it is not asked for 30 seconds.',
			});
		} else {
			log('info', 'breaker_closed', {});
		}
	});
	metrics.gauge('breaker_open', () => (breaker.closed() ? 0 : 1));
	const keys = vendorKeys(config);
	let inUse = keys[0]!;
	let keyReportedAt = -Infinity;

	const askWith = async <T extends { kind: string }>(
		key: VendorKey,
		path: string,
		body: string | undefined,
		read: (json: unknown) => T | null,
		deadline: Deadline
	): Promise<Attempt<T | Refusal>> => {
		const started = clock.now();
		const url = config.vendorUrl + path;
		const method = body === undefined ? 'GET' : 'POST';
		const headers = body === undefined ? key.plain : key.json;
		const result = await http({ method, url, headers, body, maxBytes: MAX_BYTES, deadline });
		const attempt = understand(result, url, key.name, read);
		metrics.vendorTime(clock.now() - started, { result: attempt.kind });
		return attempt;
	};

	/** With the key in use; where that is refused, with the other one, which is in use if it is taken. */
	const askForToken = async (
		body: string,
		deadline: Deadline
	): Promise<Attempt<TokenOutcome>> => {
		const used = inUse;
		const first = await askWith(used, TOKEN_PATH, body, readToken, deadline);
		const other = isKeyRefused(first) && keys.find((key) => key !== used);
		if (!other) {
			return first;
		}
		const second = await askWith(other, TOKEN_PATH, body, readToken, deadline);
		if (second.kind === 'token' && inUse !== other) {
			inUse = other;
			log('warn', 'api_key_changed', { hint: keyChanged(used.name, other.name) });
		}
		return isKeyRefused(second) ? first : second;
	};

	const ask = async <T extends { kind: string }>(
		mayRetry: () => boolean,
		attempt: (deadline: Deadline) => Promise<Attempt<T>>
	): Promise<T | Unavailable> => {
		const outcome = await withRetries(platform, mayRetry, attempt);
		if (isKeyRefused(outcome) && clock.now() - keyReportedAt >= KEY_REPORT_MS) {
			keyReportedAt = clock.now();
			log('error', 'api_key_refused', { hint: outcome.hint });
		}
		return outcome;
	};

	const askAnyway = <T extends { kind: string }>(
		name: KeyName,
		path: string,
		body: string | undefined,
		read: (json: unknown) => T | null
	) => {
		const key = keys.find((one) => one.name === name) ?? inUse;
		return ask<T | Refusal>(
			() => true,
			(deadline) => askWith(key, path, body, read, deadline)
		);
	};

	return {
		async token(identifiers) {
			const body = JSON.stringify(identifiers);
			const run = await breaker.run(
				() => ask<TokenOutcome>(breaker.closed, (deadline) => askForToken(body, deadline)),
				// A refusal is no outage: eSputnik is there, and the fault is on our side.
				({ kind }) => kind === 'unavailable'
			);
			return run.ran ? run.result : resting(run.waitMs);
		},
		account: (name) => askAnyway(name, ACCOUNT_PATH, undefined, readAccount),
		tokenWith: (name, identifiers) =>
			askAnyway(name, TOKEN_PATH, JSON.stringify(identifiers), readToken),
	};
}

const TOKEN_PATH = '/v1/auth/contact/token';
const ACCOUNT_PATH = '/v1/account/info';

const isKeyRefused = (outcome: { kind: string }): outcome is Refusal =>
	outcome.kind === 'refused' && (outcome as Refusal).keyRefused;

/** While a probe is on its way no time is left to name, but zero would be an invitation. */
const resting = (waitMs: number): Unavailable => ({
	kind: 'unavailable',
	status: 503,
	retryAfter: String(Math.max(1, Math.ceil(waitMs / 1000))),
	hint: 'eSputnik was not asked, because it failed five times in a row. See the lines before.',
});

/** All that it may be: eSputnik does not say which. A key with too few rights may be a 401 or a 403. */
const keyRefused = (status: number, url: string, key: KeyName) =>
	`eSputnik refused the API key (${status}). Check ${key}. eSputnik switches off a key that is unused for 90 days, and a key may lack a right: make a new one under Settings → API → New key, with “Full access to API”. ${
		YESPO.test(url)
			? 'Only an account of Yespo is there: one of eSputnik needs no ESPUTNIK_API_URL.'
			: 'An account of Yespo needs ESPUTNIK_API_URL=https://api.yespo.io/api.'
	}`;

const keyChanged = (from: KeyName, to: KeyName) =>
	`eSputnik refuses ${from} and takes ${to}, which is in use from now on. Put the good key in the place of ESPUTNIK_API_KEY.`;

const YESPO = /^https:\/\/([\w.-]+\.)?yespo\.io\//;

function understand<T>(
	result: HttpResult,
	url: string,
	key: KeyName,
	read: (json: unknown) => T | null
): Attempt<T | Refusal> {
	if (!result.ok) {
		return {
			kind: 'unavailable',
			transient: result.failure !== 'too_large',
			status: failureStatus(result.failure),
			hint: `eSputnik could not be asked (${result.failure}). If it lasts, check ESPUTNIK_API_URL and this server’s way to the internet.`,
		};
	}
	const { status } = result;
	if (status < 400) {
		return (
			(status === 200 ? read(parseJson(result.body)) : null) ?? {
				kind: 'unavailable',
				transient: false,
				status: 502,
				hint: `What answers is not eSputnik’s API (${status}). Check ESPUTNIK_API_URL.`,
			}
		);
	}
	if (status < 500 && status !== 408 && status !== 429) {
		const isKey = status === 401 || status === 403;
		const hint = isKey
			? keyRefused(status, url, key)
			: `eSputnik refused the request (${status}). Check ESPUTNIK_API_URL and IDENTIFY_BY.`;
		return { kind: 'refused', keyRefused: isKey, hint };
	}
	return {
		kind: 'unavailable',
		transient: true,
		status: answerStatus(result),
		...retryAfter(result),
		hint: `eSputnik is out of order or busy (${status}). Nothing is to be done here, unless it lasts.`,
	};
}

/** Real tokens are far shorter. */
const tokenSchema = z.object({ token: z.string().check(z.maxLength(4096)) });

function readToken(json: unknown) {
	const { success, data } = tokenSchema.safeParse(json);
	return success ? { kind: 'token' as const, token: data.token } : null;
}

/** Any object will do: only the name is of use, and nothing depends on it. */
const accountSchema = z.object({
	organisationName: z.catch(z.string().check(z.maxLength(200), z.regex(/^\P{C}*$/u)), ''),
});

function readAccount(json: unknown) {
	const { success, data } = accountSchema.safeParse(json);
	return success ? { kind: 'account' as const, organisation: data.organisationName } : null;
}
