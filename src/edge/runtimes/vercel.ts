/** The entry for Vercel: a function of its Node runtime. The bundle puts the front end's text in. */
import * as release from 'virtual:loader';
import { nodeHash } from './node-hash.ts';
import { webHandler } from './web-platform.ts';

const handle = webHandler(release, { hash: nodeHash });

export default {
	// Vercel writes the header itself, whatever the client sent.
	fetch: (request: Request) => handle(request, process.env, request.headers.get('x-real-ip')),
};
