import { createHash, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { systemClock } from '../clock.ts';
import { readConfig, type Config } from '../config.ts';
import { createHandler } from '../handler.ts';
import type { Env, Platform } from '../types.ts';
import { createHttpClient } from './node-http.ts';

const STOP_MS = 10_000;

export interface NodeOptions extends Pick<Platform, 'loader' | 'version'> {
	/** Default: the system's. */
	clock?: Platform['clock'];
	/** Takes each line of the log. Default: standard output. */
	write?: Platform['write'];
}

export interface RunningNode {
	/** With the base path and without a trailing slash: `http://127.0.0.1:8787/app-inbox`. */
	url: string;
	/** Takes no more requests, answers those accepted within ten seconds, and closes everything. */
	stop: () => Promise<void>;
}

/** The start failed for a reason that the owner can mend: the message is the whole report. */
export class StartError extends Error {}

/**
 * Starts the token function on Node. The environment is `process.env`, as a rule; `PORT=0` takes a
 * free port. Rejects with a `StartError` where the environment is bad or the port cannot be had.
 */
export async function startNode(env: Env, options: NodeOptions): Promise<RunningNode> {
	const result = readConfig(env);
	if (!result.ok) {
		const problems = result.problems.map((problem) => `  - ${problem}`).join('\n');
		throw new StartError(`The token function cannot start. Its environment:\n${problems}`);
	}
	const { config } = result;
	const { http, close } = createHttpClient();
	const handle = createHandler({
		clock: systemClock,
		hash: (text) => createHash('sha256').update(text).digest('base64url'),
		http,
		random: Math.random,
		randomId: randomUUID,
		write: (line) => process.stdout.write(`${line}\n`),
		...options,
	});
	let stopping = false;
	const server = createAdaptorServer({
		async fetch(request, bindings) {
			const { incoming, outgoing } = bindings as HttpBindings;
			const peer = incoming.socket.remoteAddress ?? '';
			const response = await handle(request, env, { peer });
			if (stopping) {
				outgoing.setHeader('connection', 'close');
			}
			return response;
		},
		serverOptions: {
			connectionsCheckingInterval: 1000,
			headersTimeout: 5000,
			// Longer than a proxy keeps its connections (nginx: 60 s), or it meets closed ones.
			keepAliveTimeout: 75_000,
			requestTimeout: 10_000,
		},
	}) as Server;
	const { port } = await listen(server, config);
	return {
		url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}${config.basePath}`,
		async stop() {
			stopping = true;
			await closeServer(server);
			await close();
		},
	};
}

/**
 * The program: starts, says where it listens, and stops on SIGTERM or Ctrl-C. Ends with 1 and a
 * report on standard error when it cannot start.
 */
export async function main(env: Env, options: NodeOptions): Promise<void> {
	try {
		const { url, stop } = await startNode(env, options);
		const time = new Date().toISOString();
		const { version } = options;
		console.log(JSON.stringify({ time, level: 'info', event: 'listening', url, version }));
		const end = () => void stop().then(() => process.exit(0));
		process.once('SIGTERM', end);
		process.once('SIGINT', end);
	} catch (error) {
		if (!(error instanceof StartError)) {
			throw error;
		}
		console.error(error.message);
		process.exitCode = 1;
	}
}

function listen(server: Server, { host, port }: Config): Promise<AddressInfo> {
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(new StartError(listenProblem(error.code ?? error.message, host, port)))
		);
		server.listen(port, host, () => resolve(server.address() as AddressInfo));
	});
}

function listenProblem(code: string, host: string, port: number): string {
	switch (code) {
		case 'EADDRINUSE':
			return `Port ${port} of ${host} is in use: stop the other program, or set PORT to another number.`;
		case 'EACCES':
			return `Port ${port} needs more rights: set PORT to a number above 1023.`;
		case 'EADDRNOTAVAIL':
		case 'ENOTFOUND':
			return `This machine has no address ${host}: set HOST to 127.0.0.1, or to 0.0.0.0 for all.`;
		default:
			return `The token function cannot listen on port ${port} of ${host} (${code}): check PORT and HOST.`;
	}
}

/** `close` leaves connections that are kept alive; each is closed as soon as it is idle. */
function closeServer(server: Server): Promise<void> {
	return new Promise((resolve) => {
		const idle = setInterval(() => server.closeIdleConnections(), 50);
		const force = setTimeout(() => server.closeAllConnections(), STOP_MS);
		server.close(() => {
			clearInterval(idle);
			clearTimeout(force);
			resolve();
		});
		server.closeIdleConnections();
	});
}
