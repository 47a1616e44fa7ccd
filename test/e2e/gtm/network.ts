import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { KEY, TRUSTED_BY_NOBODY } from '../../cli/certificates.ts';

/**
 * A small internet for a browser, as its proxy: real names with https on port 443, behind each a
 * server of this machine, and nothing else. Unlike requests that a test intercepts, these make the
 * browser ask for leave before it crosses origins, and the servers give it or not.
 */
export async function startNetwork(hosts: Record<string, string>) {
	const server = createServer((_request, response) => response.writeHead(502).end());
	server.on('connect', ({ url = '' }, socket) => {
		const { port } = new URL(hosts[url.replace(/:443$/, '')] ?? 'http://nowhere');
		if (!port) {
			socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
			return;
		}
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		const browser = new TLSSocket(socket, {
			isServer: true,
			key: KEY,
			cert: TRUSTED_BY_NOBODY,
		});
		// A side that has gone is no fault: the other is closed with it.
		pipeline(browser, connect(Number(port), '127.0.0.1'), browser, () => undefined);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}
