import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Gateway {
	url: string;
	/**
	 * Sends what lies at this path, and below it, to this server; the longest path wins. The answer
	 * puts back what was there before.
	 */
	route: (path: string, to: string) => () => void;
	stop: () => Promise<void>;
}

/**
 * One address before several servers, as nginx or Apache gives a site: each request goes on as it
 * came, Host header included. Where no server answers, the visitor gets a 502 at once.
 */
export async function startGateway(port: number): Promise<Gateway> {
	const routes = new Map<string, string>();
	const agent = new Agent({ keepAlive: true });

	const server = createServer((incoming, outgoing) => {
		const path = incoming.url ?? '/';
		const [, to] = [...routes]
			.filter(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))
			.reduce((best, route) => (route[0].length >= best[0].length ? route : best), ['', '']);
		const refuse = () => {
			if (outgoing.headersSent) {
				outgoing.destroy();
			} else {
				outgoing
					.writeHead(502, { 'content-type': 'text/plain' })
					.end('No server answers here.');
			}
		};
		if (!to) {
			refuse();
			return;
		}
		const { method, headers, rawHeaders } = incoming;
		const onward = request(
			new URL(path, to),
			{
				agent,
				method: method!,
				headers: headers.host ? rawHeaders : [...rawHeaders, 'Host', ''],
			},
			(answer) => {
				outgoing.writeHead(answer.statusCode!, answer.rawHeaders);
				answer.pipe(outgoing).on('error', refuse);
				answer.on('error', refuse);
			}
		);
		onward.on('error', refuse);
		outgoing.on('close', () => onward.destroy());
		incoming.pipe(onward);
	});

	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(
				error.code === 'EADDRINUSE'
					? new Error(
							`Port ${port} is in use: end the program that has it, or choose another with --port.`
						)
					: error
			)
		);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		route(path, to) {
			const prefix = path.replace(/\/$/, '');
			const before = routes.get(prefix) ?? '';
			routes.set(prefix, to);
			return () => routes.set(prefix, before);
		},
		async stop() {
			agent.destroy();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
