import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config, Env } from '../config.ts';
import { createHandler } from '../handler.ts';
import type { Platform } from '../types.ts';
import { createNodeClock } from './node-clock.ts';
import { createLazyHttpClient } from './lazy-http.ts';
import { nodeHash } from './node-hash.ts';
import { NodeRequest, NodeResponse } from './node-messages.ts';
import { createRedisLimits } from './redis-limits.ts';
import { configOf, endWithin, listenError, run, serverUrl, type RunningServer } from './server.ts';
import type { Release } from './web-platform.ts';

/** After the start, so that the first answer does not wait for it. */
const LOAD_MS = 100;

const OPTIONS = {
	connectionsCheckingInterval: 1000,
	headersTimeout: 5000,
	// As the web's headers do; without it some are dropped, and others not.
	joinDuplicateHeaders: true,
	// Longer than a proxy keeps its connections (nginx: 60 s), or it meets closed ones.
	keepAliveTimeout: 75_000,
	requestTimeout: 10_000,
};

export interface NodeOptions extends Release {
	/** Default: the system's. */
	clock?: Platform['clock'];
	/** Takes each line of the log. Default: standard output. */
	write?: Platform['write'];
}

/**
 * Starts the token function on Node. The environment is `process.env`, as a rule; `PORT=0` takes a
 * free port. Rejects with a `StartError` where the environment is bad or the port cannot be had.
 */
export async function startNode(env: Env, options: NodeOptions): Promise<RunningServer> {
	const config = configOf(env);
	const { http, load, close } = createLazyHttpClient();
	const platform: Platform = {
		clock: createNodeClock(),
		hash: nodeHash,
		http,
		random: Math.random,
		randomId: randomUUID,
		write: createWriter(),
		Response: NodeResponse as unknown as typeof Response,
		...options,
	};
	const { shareLimits, close: closeLimits } = createRedisLimits(platform);
	const handle = createHandler({ ...platform, shareLimits });
	let stopping = false;
	const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
		const request = NodeRequest.from(incoming);
		if (!request) {
			outgoing.writeHead(400).end();
			return;
		}
		const peer = incoming.socket.remoteAddress ?? '';
		const response = await handle(request as unknown as Request, env, { peer });
		if (stopping) {
			outgoing.setHeader('connection', 'close');
		}
		(response as unknown as NodeResponse).send(outgoing);
	};
	const server = createServer(OPTIONS, (incoming, outgoing) => {
		// Nothing is known to fail here; if something does, it is the end of one connection.
		answer(incoming, outgoing).catch(() => outgoing.destroy());
	});
	const { port } = await listen(server, config);
	const soon = setTimeout(load, LOAD_MS);
	return {
		url: serverUrl(config, port),
		async stop() {
			stopping = true;
			clearTimeout(soon);
			await closeServer(server);
			await Promise.all([close(), closeLimits()]);
		},
	};
}

/** The program, on Node: see `run`. */
export const main = (env: Env, options: NodeOptions): Promise<void> =>
	run(options.version, () => startNode(env, options));

/**
 * Writes lines to standard output, those of one turn of the event loop together: under load a write
 * for each costs as much as the token. What is left at the end of the process is written then.
 */
function createWriter(): Platform['write'] {
	let lines = '';
	const flush = () => {
		const text = lines;
		lines = '';
		process.stdout.write(text);
	};
	process.once('exit', () => lines && flush());
	return (line) => {
		if (lines === '') {
			setImmediate(flush);
		}
		lines += `${line}\n`;
	};
}

function listen(server: Server, config: Config): Promise<AddressInfo> {
	return new Promise((resolve, reject) => {
		server.once('error', (error) => reject(listenError(error, config)));
		server.listen(config.port, config.host, () => resolve(server.address() as AddressInfo));
	});
}

/** `close` leaves connections that are kept alive; each is closed as soon as it is idle. */
async function closeServer(server: Server): Promise<void> {
	const idle = setInterval(() => server.closeIdleConnections(), 50);
	const closed = new Promise((resolve) => server.close(resolve));
	server.closeIdleConnections();
	await endWithin(closed, () => server.closeAllConnections());
	clearInterval(idle);
}
