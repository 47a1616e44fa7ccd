import { systemClock } from '../clock.ts';
import type { Platform } from '../types.ts';
import { reportRedis } from './no-redis.ts';
import { webHttp } from './web-http.ts';

/** What belongs to a release of the token function: the build puts it into each entry. */
export type Release = Pick<Platform, 'loader' | 'rootPage' | 'version'>;

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
