import { isKnown } from './etag.ts';
import type { Reply } from './reply.ts';
import type { Service } from './service.ts';

/**
 * `GET /loader.js`: the front end. Its address stays the same from release to release, so it is kept
 * for a day and then asked for again by its ETag.
 */
export async function loader(request: Request, { platform, loaderHash }: Service): Promise<Reply> {
	const etag = `"${await loaderHash}"`;
	const headers = {
		'access-control-allow-origin': '*',
		'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
		// Pages that isolate themselves (COEP) load only scripts that allow it.
		'cross-origin-resource-policy': 'cross-origin',
		etag,
	};
	if (isKnown(request, etag)) {
		return { status: 304, headers, body: null, outcome: 'not_modified' };
	}
	return {
		status: 200,
		headers: { ...headers, 'content-type': 'text/javascript; charset=utf-8' },
		body: platform.loader,
		outcome: 'loader',
	};
}
