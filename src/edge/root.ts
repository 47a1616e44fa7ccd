import { isKnown } from './etag.ts';
import type { Reply } from './reply.ts';
import type { Service } from './service.ts';

/**
 * `GET /`: a page for the owner, who learns that the function runs and what comes next. It is the
 * same text for everyone, without a word of the request or the environment.
 */
export async function root(request: Request, { platform }: Service): Promise<Reply> {
	const { html, policy } = await platform.rootPage();
	const etag = `"${await platform.hash(html)}"`;
	const headers = {
		'cache-control': 'no-cache',
		// With a 304 too: its headers take the place of those that the browser has kept.
		'content-security-policy': policy,
		etag,
	};
	if (isKnown(request, etag)) {
		return { status: 304, headers, body: null, outcome: 'not_modified' };
	}
	return {
		status: 200,
		headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
		body: html,
		outcome: 'root',
	};
}
