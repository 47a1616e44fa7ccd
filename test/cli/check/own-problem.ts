import { answerJson } from '../../edge/upstreams.ts';

/** An error as the token function itself answers it. */
export const problem = (code: string, status: number, headers: Record<string, string> = {}) =>
	answerJson({ code, status }, status, {
		'cache-control': 'no-store',
		'content-type': 'application/problem+json',
		...headers,
	});
