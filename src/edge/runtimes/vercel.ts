/** The entry for Vercel: a function of its Node runtime. The bundle puts the front end's text in. */
import { loader, rootPage, version } from 'virtual:loader';
import { createHandler } from '../handler.ts';
import { badHost } from './bad-host.ts';
import { nodeHash } from './node-hash.ts';
import { webPlatform } from './web-platform.ts';

const handle = createHandler({ ...webPlatform({ loader, rootPage, version }), hash: nodeHash });

export default {
	fetch(request: Request): Response | Promise<Response> {
		// Vercel writes it itself, whatever the client sent.
		const peer = request.headers.get('x-real-ip');
		return badHost(request) ?? handle(request, process.env, peer === null ? {} : { peer });
	},
};
