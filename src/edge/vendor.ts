import * as z from 'zod/mini';
import { within } from './clock.ts';
import type { Config } from './config.ts';
import { answerStatus, failureStatus, parseJson, retryAfter } from './http.ts';
import type { HttpResult, Identity, Outage, Platform } from './types.ts';

/** Everything towards eSputnik for one visitor, and one attempt of it, in milliseconds. */
const DEADLINE_MS = 8000;
const ATTEMPT_MS = 3000;
const MAX_BYTES = 16 * 1024;

export type TokenOutcome =
	/** An empty token: eSputnik does not know this contact. */
	| { kind: 'token'; token: string }
	| { kind: 'refused'; hint: string }
	| ({ kind: 'unavailable' } & Outage);

export interface Vendor {
	/** A fresh token for a contact. Never remembered: eSputnik rotates a token at each use. */
	token: (identifiers: Identity) => Promise<TokenOutcome>;
}

/**
 * eSputnik's token API: `POST /v1/auth/contact/token`, Basic authentication with any user name and
 * the API key as password, answers 200 `{"token"}`; an unknown contact gets an empty token.
 */
export function createVendor(config: Config, { clock, http }: Platform): Vendor {
	const url = `${config.vendorUrl}/v1/auth/contact/token`;
	const headers = {
		accept: 'application/json',
		authorization: `Basic ${btoa(`user:${config.vendorKey}`)}`,
		'content-type': 'application/json',
	};

	const attempt = async (body: string, milliseconds: number): Promise<TokenOutcome> =>
		understand(
			await within(clock, milliseconds, (signal) =>
				http({ method: 'POST', url, headers, body, maxBytes: MAX_BYTES, signal })
			)
		);

	return {
		// Retries, the breaker and single-flight go around `attempt`, here and nowhere else.
		async token(identifiers) {
			const deadline = clock.now() + DEADLINE_MS;
			return attempt(
				JSON.stringify(identifiers),
				Math.min(ATTEMPT_MS, deadline - clock.now())
			);
		},
	};
}

function understand(result: HttpResult): TokenOutcome {
	if (!result.ok) {
		return {
			kind: 'unavailable',
			status: failureStatus(result.failure),
			hint: `eSputnik could not be asked (${result.failure}). If it lasts, check ESPUTNIK_API_URL and this server’s way to the internet.`,
		};
	}
	const { status } = result;
	if (status === 200) {
		const answer = tokenSchema.safeParse(parseJson(result.body));
		return answer.success
			? { kind: 'token', token: answer.data.token }
			: {
					kind: 'unavailable',
					status: 502,
					hint: 'eSputnik’s answer contains no token. Check ESPUTNIK_API_URL.',
				};
	}
	if (status === 401 || status === 403) {
		return {
			kind: 'refused',
			hint: `eSputnik refused the API key (${status}). Check ESPUTNIK_API_KEY and the key’s rights.`,
		};
	}
	if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
		return {
			kind: 'refused',
			hint: `eSputnik refused the request (${status}). Check ESPUTNIK_API_URL and IDENTIFY_BY.`,
		};
	}
	return {
		kind: 'unavailable',
		status: answerStatus(result),
		...retryAfter(result),
		hint: `eSputnik is out of order or busy (${status}). Nothing is to be done here, unless it lasts.`,
	};
}

/** Real tokens are far shorter. */
const tokenSchema = z.object({ token: z.string().check(z.maxLength(4096)) });
