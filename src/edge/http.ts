import type { HttpAnswer, HttpFailure, Outage } from './types.ts';

/** A value of a JSON text, or undefined where the text is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** What a visitor hears when another server could not be asked. */
export const failureStatus = (failure: HttpFailure): Outage['status'] =>
	failure === 'timeout' ? 504 : 502;

/** What a visitor hears when another server answered, but not with what it should. */
export const answerStatus = ({ status }: HttpAnswer): Outage['status'] =>
	status === 429 || status === 503 ? 503 : 502;

/** A Retry-After in one of its two forms; anything else is not passed on. */
export function retryAfter(answer: HttpAnswer): { retryAfter?: string } {
	const value = answer.header('retry-after')?.trim() ?? '';
	return /^\d{1,9}$/.test(value) || HTTP_DATE.test(value) ? { retryAfter: value } : {};
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** How long a Retry-After, as `retryAfter` lets it through, asks to wait. */
export function retryAfterMs(value: string | undefined, now: number): number {
	if (value === undefined) {
		return 0;
	}
	const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
	return Math.max(0, milliseconds || 0);
}
