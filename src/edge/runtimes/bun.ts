/** The entry for Bun: `bun server.js`. The bundle puts the front end's text in. */
import * as release from 'virtual:loader';
import type { Env } from '../config.ts';
import { nodeHash } from './node-hash.ts';
import { configOf, endWithin, listenError, run, serverUrl, type RunningServer } from './server.ts';
import { webHandler } from './web-platform.ts';

/** In seconds. Longer than a proxy keeps its connections (nginx: 60), or it meets closed ones. */
const IDLE = 75;

await run(release.version, async () => startBun(process.env));

function startBun(env: Env): RunningServer {
	const config = configOf(env);
	const handle = webHandler(release, { hash: nodeHash });
	try {
		const server = Bun.serve({
			hostname: config.host,
			port: config.port,
			idleTimeout: IDLE,
			development: false,
			fetch: (request, bun) => handle(request, env, bun.requestIP(request)?.address ?? ''),
		});
		return {
			url: serverUrl(config, server.port),
			stop: () => endWithin(server.stop(), () => server.stop(true)),
		};
	} catch (error) {
		throw listenError(error, config);
	}
}
