import Agent from 'undici/lib/dispatcher/agent.js';
import type { Dispatcher } from 'undici';
import type { HttpClient, HttpFailure, HttpRequest, HttpResult } from '../types.ts';

/**
 * The way out on Node: undici's own pools, which keep connections and are seven times as fast as the
 * global `fetch`. They follow no redirects. What comes is taken by hand: undici's `request` makes a
 * stream of each answer, which costs more than all the rest.
 */
export function createHttpClient(): { http: HttpClient; close: () => Promise<void> } {
	const agent = new Agent({ connections: 128, connect: { timeout: 3000 } });

	const http: HttpClient = (request) =>
		new Promise((resolve) => {
			try {
				const { origin, pathname, search } = new URL(request.url);
				const { method, headers, body = null } = request;
				const options = { origin, path: pathname + search, method, headers, body };
				agent.dispatch(options, new Answer(request, resolve));
			} catch {
				resolve({ ok: false, failure: 'network' });
			}
		});
	return { http, close: () => agent.destroy() };
}

/** Takes one answer, and gives it on as soon as it is whole, has failed, or time is up. */
class Answer implements Dispatcher.DispatchHandler {
	readonly #request: HttpRequest;
	readonly #resolve: (result: HttpResult) => void;
	readonly #chunks: Buffer[] = [];
	#controller: Dispatcher.DispatchController | undefined;
	#size = 0;
	#status = 0;
	#headers: Record<string, string | string[] | undefined> = {};
	#settled = false;

	constructor(request: HttpRequest, resolve: (result: HttpResult) => void) {
		this.#request = request;
		this.#resolve = resolve;
		request.deadline.whenPassed(() => this.#giveUp('timeout'));
	}

	/** Closes the connection: what else comes on it is of no use. */
	#giveUp(failure: HttpFailure) {
		this.#settle({ ok: false, failure });
		this.#controller?.abort(new Error(failure));
	}

	#settle(result: HttpResult) {
		if (!this.#settled) {
			this.#settled = true;
			this.#resolve(result);
		}
	}

	onRequestStart(controller: Dispatcher.DispatchController) {
		this.#controller = controller;
		if (this.#settled) {
			// Time was up before there was a connection.
			controller.abort(new Error('timeout'));
		}
	}

	onResponseStart(
		_controller: Dispatcher.DispatchController,
		status: number,
		headers: Record<string, string | string[] | undefined>
	) {
		this.#status = status;
		this.#headers = headers;
	}

	onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer) {
		this.#size += chunk.byteLength;
		if (this.#size > this.#request.maxBytes) {
			this.#giveUp('too_large');
		} else {
			this.#chunks.push(chunk);
		}
	}

	onResponseEnd() {
		const headers = this.#headers;
		const [first] = this.#chunks;
		const body = this.#chunks.length === 1 ? first! : Buffer.concat(this.#chunks);
		this.#settle({
			ok: true,
			status: this.#status,
			header(name) {
				const value = headers[name];
				return (Array.isArray(value) ? value[0] : value) ?? null;
			},
			body: body.toString('utf8'),
		});
	}

	onResponseError(_controller: Dispatcher.DispatchController, error: Error) {
		const timeout = (error as { code?: string }).code === 'UND_ERR_CONNECT_TIMEOUT';
		this.#settle({ ok: false, failure: timeout ? 'timeout' : 'network' });
	}
}
