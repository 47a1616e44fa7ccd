/** The entry for Cloudflare Workers. The bundle puts the front end's text in. */
import { loader, rootPage, version } from 'virtual:loader';
import type { Env } from '../config.ts';
import { createHandler } from '../handler.ts';
import { badHost } from './bad-host.ts';
import { shareCloudflareLimits } from './cloudflare-limits.ts';
import { webPlatform } from './web-platform.ts';

const platform = webPlatform({ loader, rootPage, version });
const handle = createHandler({ ...platform, shareLimits: shareCloudflareLimits(platform.clock) });

export default {
	fetch(request: Request, env: Env, context: { waitUntil: (task: Promise<unknown>) => void }) {
		const refusal = badHost(request);
		if (refusal) {
			return refusal;
		}
		// Cloudflare writes it itself, whatever the client sent.
		const peer = request.headers.get('cf-connecting-ip');
		const response = handle(request, env, peer === null ? {} : { peer });
		// Others may be waiting for the keys that this request fetches: it runs to its end, also when
		// its own client has gone.
		context.waitUntil(response);
		return response;
	},
};
