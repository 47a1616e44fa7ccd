import type { Reply } from './reply.ts';
import type { Outage } from './types.ts';

/**
 * Every error that a client can get, by its stable code (RFC 9457). The details are fixed texts:
 * for one code there is one body, whatever the cause, so that nobody learns from it.
 */
export const PROBLEMS = {
	origin_not_allowed: {
		status: 403,
		title: 'Forbidden',
		detail: 'This origin may not ask for tokens. Add it to ALLOWED_ORIGINS if it is yours.',
	},
	unauthenticated: {
		status: 401,
		title: 'Unauthorized',
		detail: 'There is no valid credential of a logged-in visitor. Get a fresh one and try again.',
	},
	forbidden: {
		status: 403,
		title: 'Forbidden',
		detail: 'Only administrators of the site may ask for the check. Log in as one and try again.',
	},
	method_not_allowed: {
		status: 405,
		title: 'Method Not Allowed',
		detail: 'This address does not know this method. The header Allow lists those it knows.',
	},
	not_found: { status: 404, title: 'Not Found', detail: 'There is nothing at this address.' },
	request_timeout: {
		status: 408,
		title: 'Request Timeout',
		detail: 'The body of the request did not arrive in time. No body is needed.',
	},
	body_too_large: {
		status: 413,
		title: 'Content Too Large',
		detail: 'The body of the request is larger than 1 KiB. No body is needed.',
	},
	unsupported_media_type: {
		status: 415,
		title: 'Unsupported Media Type',
		detail: 'A body must be application/json. No body is needed.',
	},
	rate_limited: {
		status: 429,
		title: 'Too Many Requests',
		detail: 'There were too many requests within a minute. The header Retry-After says when to try again.',
	},
	vendor_unavailable: {
		status: 502,
		title: 'eSputnik is unavailable',
		detail: 'eSputnik gave no usable answer. Try again later.',
	},
	vendor_refused: {
		status: 502,
		title: 'eSputnik refused',
		detail: 'eSputnik refused the request. The site’s owner finds the reason in the log.',
	},
	site_unavailable: {
		status: 502,
		title: 'The site is unavailable',
		detail: 'The site’s keys cannot be had. Try again later.',
	},
	internal: {
		status: 500,
		title: 'Internal Server Error',
		detail: 'The token function is out of order. The site’s owner finds the reason in the log.',
	},
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export function problem(
	code: ProblemCode,
	headers: Record<string, string> = {},
	status: number = PROBLEMS[code].status
): Reply {
	const { title, detail } = PROBLEMS[code];
	return {
		status,
		headers: { 'content-type': 'application/problem+json', ...headers },
		body: JSON.stringify({ type: 'about:blank', title, status, code, detail }),
		outcome: code,
	};
}

/** The one answer to every credential that is missing or wrong; reason and hint are for the log. */
export const unauthenticated = (reason: string, hint?: string): Reply => ({
	...problem('unauthenticated', { 'www-authenticate': 'Bearer' }),
	reason,
	...(hint !== undefined && { hint }),
});

/** Too many within a minute; in so many milliseconds there is room again. */
export const rateLimited = (waitMs: number, by: string): Reply => ({
	...problem('rate_limited', { 'retry-after': String(Math.ceil(waitMs / 1000)) }),
	reason: `by ${by}`,
});

/** A server behind us is out of order: its problem with the status and Retry-After that fit. */
export const outage = (
	code: 'vendor_unavailable' | 'site_unavailable',
	{ status, retryAfter, hint }: Outage
): Reply => ({
	...problem(code, retryAfter === undefined ? {} : { 'retry-after': retryAfter }, status),
	hint,
});
