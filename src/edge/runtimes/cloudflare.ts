/** The entry for Cloudflare Workers. The bundle puts the front end's text in. */
import * as release from 'virtual:loader';
import { systemClock } from '../clock.ts';
import type { Env } from '../config.ts';
import { shareCloudflareLimits } from './cloudflare-limits.ts';
import { webHandler } from './web-platform.ts';

const handle = webHandler(release, { shareLimits: shareCloudflareLimits(systemClock) });

export default {
	fetch(request: Request, env: Env, context: { waitUntil: (task: Promise<unknown>) => void }) {
		// Cloudflare writes the header itself, whatever the client sent.
		const response = handle(request, env, request.headers.get('cf-connecting-ip'));
		// Others may be waiting for the keys that this request fetches: it runs to its end, also when
		// its own client has gone.
		context.waitUntil(Promise.resolve(response));
		return response;
	},
};
