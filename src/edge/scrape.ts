import { unauthenticated } from './problem.ts';
import type { Reply } from './reply.ts';
import type { Service } from './service.ts';

/** `GET /metrics`, for whoever shows METRICS_TOKEN; without that variable the route does not exist. */
export async function scrape(
	request: Request,
	{ config, metrics, platform }: Service
): Promise<Reply> {
	const shown = BEARER.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
	// Hashes, so that the time of the comparison tells nothing about the token.
	const [got, expected] = await Promise.all([
		platform.hash(shown),
		platform.hash(config.metricsToken!),
	]);
	return got === expected
		? {
				status: 200,
				headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
				body: metrics.text(),
				outcome: 'metrics',
			}
		: unauthenticated('no METRICS_TOKEN');
}

const BEARER = /^bearer +(\S+)$/i;
