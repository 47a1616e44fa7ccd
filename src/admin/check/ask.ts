import type { Context } from './context.ts';

/** For one answer of the site's or the token function's. Its own limit towards eSputnik is 8 s. */
export const ANSWER_MS = 15_000;

export interface Answer {
	ok: true;
	status: number;
	headers: Headers;
	body: string;
	/** Where it came from in the end, when it was redirected. */
	redirectedTo: string | null;
}

export type Outcome = Answer | { ok: false; reason: 'timeout' | 'unreachable' };

/** Asks, and reads the whole answer, within `ANSWER_MS`; never rejects, and never from the browser's own cache. */
export async function ask(
	{ fetch, timeout }: Context,
	url: string,
	init: RequestInit = {}
): Promise<Outcome> {
	const signal = timeout(ANSWER_MS);
	try {
		const answer = await fetch(url, { cache: 'no-store', ...init, signal });
		return {
			ok: true,
			status: answer.status,
			headers: answer.headers,
			body: await answer.text(),
			redirectedTo: answer.redirected ? answer.url : null,
		};
	} catch {
		return { ok: false, reason: signal.aborted ? 'timeout' : 'unreachable' };
	}
}

export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
