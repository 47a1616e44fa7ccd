import { systemClock, toSignal, within } from '../../edge/clock.ts';
import { readText } from '../../edge/runtimes/web-http.ts';
import type { Deadline, HttpAnswer, HttpClient, HttpFailure } from '../../edge/types.ts';

export interface Question {
	method: 'GET' | 'POST' | 'OPTIONS';
	url: string;
	/** In lower case. */
	headers?: Record<string, string>;
	body?: string | undefined;
	maxBytes?: number;
	/** Besides its own; the earlier one counts. */
	deadline?: Deadline;
}

/** @param code The system's own word for it, such as `ECONNREFUSED`: see `unreached.ts`. */
export type Unreached = { ok: false; failure: HttpFailure; code: string };
export type Outcome = HttpAnswer | Unreached;

/**
 * Asks a server, like the token function's own clients: follows no redirect, never throws. Unlike
 * them it remembers why there was no answer.
 */
export type Ask = (question: Question) => Promise<Outcome>;

const MAX_BYTES = 256 * 1024;

/** @param timeoutMs For one answer, from looking up the name to the last byte. */
export const createAsk =
	(timeoutMs: number, version: string): Ask =>
	(question) =>
		within(systemClock, timeoutMs, async (deadline): Promise<Outcome> => {
			const { method, url, headers, body = null, maxBytes = MAX_BYTES } = question;
			const signal = AbortSignal.any(
				[deadline, question.deadline].flatMap((each) => (each ? [toSignal(each)] : []))
			);
			try {
				const response = await fetch(url, {
					method,
					headers: { 'user-agent': `app-inbox-check/${version}`, ...headers },
					body,
					redirect: 'manual',
					signal,
				});
				const text = await readText(response, maxBytes);
				if (text === null) {
					return { ok: false, failure: 'too_large', code: 'TOO_LARGE' };
				}
				const header = (name: string) => response.headers.get(name);
				return { ok: true, status: response.status, header, body: text };
			} catch (error) {
				return signal.aborted
					? { ok: false, failure: 'timeout', code: 'TIMEOUT' }
					: { ok: false, failure: 'network', code: codeOf(error) };
			}
		});

/** The token function's client on top of it, and what came of the last question. */
export function observed(ask: Ask): { http: HttpClient; last: () => Outcome | null } {
	let last: Outcome | null = null;
	return {
		http: async (request) => (last = await ask(request)),
		last: () => last,
	};
}

/** fetch says only "fetch failed"; the reason lies below, for several addresses in a list of them. */
function codeOf(error: unknown): string {
	for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth++) {
		if ('code' in cause && typeof cause.code === 'string') {
			return cause.code;
		}
		cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
	}
	return 'UNKNOWN';
}
