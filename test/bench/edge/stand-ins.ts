import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The token that stands for one contact, so that a mix-up shows. */
export const tokenOf = (id: string) => `token-of-${id}`;

/** What the measured programs ask; as cheap as can be, since it shares its core with the load. */
export interface StandIn {
	url: string;
	close: () => Promise<void>;
}

export const startVendor = (): Promise<StandIn> =>
	listen((body) => ({
		token: tokenOf((JSON.parse(body) as { externalCustomerId: string }).externalCustomerId),
	}));

/** @param keys What it publishes as its own, as JWKs. */
export const startWordPress = (keys: object[]): Promise<StandIn> => listen(() => ({ keys }));

function listen(answer: (body: string) => object): Promise<StandIn> {
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(answer(body)));
		});
	});
	server.keepAliveTimeout = 75_000;
	return new Promise((resolve) =>
		server.listen(0, '127.0.0.1', () =>
			resolve({
				url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
				close: () =>
					new Promise((closed) => {
						server.closeAllConnections();
						server.close(() => closed());
					}),
			})
		)
	);
}
