import request from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import type { HttpClient, HttpFailure } from '../types.ts';

/**
 * The way out on Node: undici's own pools, which keep connections and are seven times as fast as the
 * global `fetch`. They follow no redirects.
 */
export function createHttpClient(): { http: HttpClient; close: () => Promise<void> } {
	const agent = new Agent({ connections: 128, connect: { timeout: 3000 } });

	const http: HttpClient = async ({ method, url, headers, body, maxBytes, signal }) => {
		try {
			const { origin, pathname, search } = new URL(url);
			const response = await request.call(agent, {
				origin,
				path: pathname + search,
				method,
				headers,
				body: body ?? null,
				signal,
			});
			const chunks: Uint8Array[] = [];
			let size = 0;
			for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
				size += chunk.byteLength;
				if (size > maxBytes) {
					// Leaving the loop closes the connection.
					return { ok: false, failure: 'too_large' };
				}
				chunks.push(chunk);
			}
			return {
				ok: true,
				status: response.statusCode,
				header(name) {
					const value = response.headers[name];
					return (Array.isArray(value) ? value[0] : value) ?? null;
				},
				body: Buffer.concat(chunks).toString('utf8'),
			};
		} catch (error) {
			return { ok: false, failure: failureOf(error, signal) };
		}
	};
	return { http, close: () => agent.destroy() };
}

const failureOf = (error: unknown, signal: AbortSignal): HttpFailure =>
	signal.aborted || (error as { code?: string }).code === 'UND_ERR_CONNECT_TIMEOUT'
		? 'timeout'
		: 'network';
