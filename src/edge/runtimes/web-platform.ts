import { systemClock } from '../clock.ts';
import type { Env } from '../config.ts';
import { createHandler } from '../handler.ts';
import type { Platform, Sharing } from '../types.ts';
import { badHost } from './bad-host.ts';
import { webHttp } from './web-http.ts';

/** What belongs to a release of the token function: the build puts it into each entry. */
export type Release = Pick<Platform, 'loader' | 'rootPage' | 'version'>;

/** The function where requests are the web's own: no request gets in whose host is none. */
export function webHandler(release: Release, own: Partial<Platform> = {}) {
	const handle = createHandler({ ...webPlatform(release), ...own });
	return (request: Request, env: Env, peer?: string | null) =>
		badHost(request) ?? handle(request, env, typeof peer === 'string' ? { peer } : {});
}

/** A platform by web standards alone, as every runtime has them. */
export const webPlatform = (release: Release): Platform => ({
	clock: systemClock,
	hash: sha256,
	http: webHttp,
	random: Math.random,
	randomId: () => crypto.randomUUID(),
	write: (line) => console.log(line),
	shareLimits: (_local, sharing) => {
		reportRedis(sharing);
		return null;
	},
	...release,
});

async function sha256(text: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
	return btoa(String.fromCharCode(...new Uint8Array(digest)))
		.replace(/\+/g, '-')
		.replace(/\//g, '_')
		.replace(/=+$/, '');
}

/** Without a client for Redis: whoever set REDIS_URL there believes that limits are shared. */
export function reportRedis({ config, log }: Pick<Sharing, 'config' | 'log'>): void {
	if (config.redisUrl !== undefined) {
		log('warn', 'redis_not_used', { hint: REDIS_HINT });
	}
}

const REDIS_HINT =
	'REDIS_URL does nothing here: only on Node are limits counted in Redis. Remove it, or run the token function on Node.';
