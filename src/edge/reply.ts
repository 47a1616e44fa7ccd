import type { Platform } from './types.ts';

/** An answer before it becomes a `Response`, with what the log says about it. */
export interface Reply {
	status: number;
	headers: Record<string, string>;
	body: string | null;
	/** One word for what happened: a problem's code, or the kind of success. */
	outcome: string;
	/** Why, in our own words; for the log alone. */
	reason?: string;
	/** What the owner of the site can do; for the log alone. */
	hint?: string;
	/** Time spent waiting for eSputnik. */
	vendorMs?: number;
}

export const json = (outcome: string, value: unknown): Reply => ({
	status: 200,
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(value),
	outcome,
});

/**
 * The finished response. Nothing is stored anywhere unless a route says otherwise, and no answer can
 * be framed, sniffed for another type, or run as a page.
 */
export function toResponse(
	platform: Pick<Platform, 'Response'>,
	reply: Reply,
	method: string,
	requestId: string
): Response {
	const Answer = platform.Response ?? Response;
	const headers: Record<string, string> = {
		'cache-control': 'no-store',
		'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
		'cross-origin-resource-policy': 'same-origin',
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
		'x-request-id': requestId,
	};
	// Spreading costs several times as much, here and wherever each request comes along.
	for (const name in reply.headers) {
		headers[name] = reply.headers[name]!;
	}
	return new Answer(method === 'HEAD' ? null : reply.body, { status: reply.status, headers });
}
