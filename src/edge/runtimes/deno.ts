/** The entry for Deno: `deno run server.js`. The bundle puts the front end's text in. */
import { loader, rootPage, version } from 'virtual:loader';
import type { Env } from '../config.ts';
import { createHandler } from '../handler.ts';
import { badHost } from './bad-host.ts';
import { nodeHash } from './node-hash.ts';
import { configOf, endWithin, listenError, run, serverUrl, type RunningServer } from './server.ts';
import { webPlatform } from './web-platform.ts';

await run(version, async () => startDeno(Deno.env.toObject()));

function startDeno(env: Env): RunningServer {
	const config = configOf(env);
	const handle = createHandler({ ...webPlatform({ loader, rootPage, version }), hash: nodeHash });
	const force = new AbortController();
	const { host: hostname, port } = config;
	const options = { hostname, port, signal: force.signal, onListen: () => {} };
	try {
		const server = Deno.serve(
			options,
			(request, { remoteAddr }) =>
				badHost(request) ?? handle(request, env, { peer: remoteAddr.hostname })
		);
		return {
			url: serverUrl(config, server.addr.port),
			stop: () => endWithin(server.shutdown(), () => force.abort()),
		};
	} catch (error) {
		throw listenError(error, config);
	}
}
