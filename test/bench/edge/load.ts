import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { Client } from 'undici';

/** A request to a token endpoint, and the token that is the only right answer to it. */
export interface Visit {
	headers: Record<string, string>;
	token: string;
}

export interface Load {
	/**
	 * Makes so many visits, as fast as they are answered. Rejects at the first answer that is not 200
	 * with the right token: what answers wrongly is not worth measuring.
	 *
	 * @return How many seconds it took.
	 */
	run: (count: number, visit: (index: number) => Visit) => Promise<number>;
	/** In microseconds, of all runs. */
	latencies: RecordableHistogram;
	close: () => Promise<unknown>;
}

/** So many that the server is never idle, and fewer than the refusals that an address may have. */
const CONNECTIONS = 64;

/**
 * A closed loop on kept connections. undici's `dispatch` is the cheapest HTTP client with a real
 * parser: what the load costs on its core, the stand-ins there cannot have.
 */
export function createLoad(origin: string, path: string): Load {
	const clients = Array.from({ length: CONNECTIONS }, () => new Client(origin));
	const latencies = createHistogram();

	return {
		latencies,
		async run(count, visit) {
			let index = 0;
			const begun = performance.now();
			await Promise.all(
				clients.map(async (client) => {
					while (index < count) {
						const asked = performance.now();
						await ask(client, path, visit(index++));
						latencies.record(
							Math.max(1, Math.round((performance.now() - asked) * 1000))
						);
					}
				})
			);
			return (performance.now() - begun) / 1000;
		},
		close: () => Promise.all(clients.map((client) => client.close())),
	};
}

const ask = (client: Client, path: string, { headers, token }: Visit) =>
	new Promise<void>((resolve, reject) => {
		let status = 0;
		let body = '';
		client.dispatch(
			{ method: 'POST', path, headers },
			{
				onRequestStart() {},
				onResponseStart(_controller, statusCode) {
					status = statusCode;
				},
				onResponseData(_controller, chunk) {
					body += chunk.toString();
				},
				onResponseEnd() {
					if (status === 200 && body === `{"token":"${token}"}`) {
						resolve();
					} else {
						reject(new Error(`Not 200 with ${token}, but ${status} with ${body}`));
					}
				},
				onResponseError(_controller, error) {
					reject(error);
				},
			}
		);
	});
