/** The entry for Deno: `deno run server.js`. The bundle puts the front end's text in. */
import * as release from 'virtual:loader';
import type { Env } from '../config.ts';
import { nodeHash } from './node-hash.ts';
import { configOf, endWithin, listenError, run, serverUrl, type RunningServer } from './server.ts';
import { webHandler } from './web-platform.ts';

await run(release.version, async () => startDeno(Deno.env.toObject()));

function startDeno(env: Env): RunningServer {
	const config = configOf(env);
	const handle = webHandler(release, { hash: nodeHash });
	const force = new AbortController();
	const { host: hostname, port } = config;
	const options = { hostname, port, signal: force.signal, onListen: () => {} };
	try {
		const server = Deno.serve(options, (request, { remoteAddr }) =>
			handle(request, env, remoteAddr.hostname)
		);
		return {
			url: serverUrl(config, server.addr.port),
			stop: () => endWithin(server.shutdown(), () => force.abort()),
		};
	} catch (error) {
		throw listenError(error, config);
	}
}
