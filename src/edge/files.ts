import type { Reply } from './reply.ts';
import type { Service } from './service.ts';

/**
 * `GET /loader.js`: the front end. Its address stays the same from release to release, so it is kept
 * for a day and then asked for again by its ETag.
 */
export const loader = async (request: Request, { platform, loaderHash }: Service) =>
	file(request, 'loader', platform.loader, await loaderHash, 'text/javascript', {
		'access-control-allow-origin': '*',
		'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
		// Pages that isolate themselves (COEP) load only scripts that allow it.
		'cross-origin-resource-policy': 'cross-origin',
	});

/**
 * `GET /`: a page for the owner, who learns that the function runs and what comes next. It is the
 * same text for everyone, without a word of the request or the environment.
 */
export async function root(request: Request, { platform }: Service): Promise<Reply> {
	const { html, policy } = await platform.rootPage();
	return file(request, 'root', html, await platform.hash(html), 'text/html', {
		'cache-control': 'no-cache',
		// With a 304 too: its headers take the place of those that the browser has kept.
		'content-security-policy': policy,
	});
}

/** A text that is the same for everyone, or the word that whoever asks has it already. */
function file(
	request: Request,
	outcome: string,
	body: string,
	hash: string,
	type: string,
	others: Record<string, string>
): Reply {
	const etag = `"${hash}"`;
	const headers = { ...others, etag };
	// Weak comparison, as If-None-Match asks for: proxies that compress make an ETag weak.
	const known = request.headers.get('if-none-match')?.split(',') ?? [];
	return known.some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')))
		? { status: 304, headers, body: null, outcome: 'not_modified' }
		: {
				status: 200,
				headers: { ...headers, 'content-type': `${type}; charset=utf-8` },
				body,
				outcome,
			};
}
