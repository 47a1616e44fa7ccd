import type { IncomingMessage, ServerResponse } from 'node:http';
import { isHost } from './bad-host.ts';

/**
 * Node's messages as the `Request` and `Response` of the core, with what the core uses of those and
 * nothing more. Node's own come with all of `fetch`, and take longer to load than everything else.
 */
export class NodeRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: Pick<Headers, 'get' | 'has'>;
	#incoming: IncomingMessage;
	#body: ReadableStream<Uint8Array> | null | undefined;

	private constructor(incoming: IncomingMessage, url: string) {
		this.#incoming = incoming;
		this.method = incoming.method!;
		this.url = url;
		const { headers } = incoming;
		this.headers = {
			get(name) {
				const value = headers[name];
				return (Array.isArray(value) ? value.join(', ') : value) ?? null;
			},
			has: (name) => name in headers,
		};
	}

	/** Null where the address or the host is none. HTTP/1.0, which some health checks speak, has no host. */
	static from(incoming: IncomingMessage): NodeRequest | null {
		const { headers, url = '' } = incoming;
		const { host = 'localhost' } = headers;
		const address = url.startsWith('/') ? `http://${host}${url}` : url;
		return isHost(host) && URL.canParse(address) ? new NodeRequest(incoming, address) : null;
	}

	get body(): ReadableStream<Uint8Array> | null {
		const { headers } = this.#incoming;
		const there = 'content-length' in headers || 'transfer-encoding' in headers;
		return (this.#body ??= there ? streamOf(this.#incoming) : null);
	}
}

/** Node's own way to a web stream closes the connection when nobody wants the rest, and no answer comes. */
function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
	return new ReadableStream({
		start(controller) {
			incoming.pause();
			incoming.on('data', (chunk: Uint8Array) => {
				controller.enqueue(chunk);
				incoming.pause();
			});
			incoming.once('end', () => controller.close());
			incoming.once('error', (error) => controller.error(error));
		},
		pull: () => void incoming.resume(),
		cancel() {
			incoming.removeAllListeners('data');
			incoming.removeAllListeners('end');
			incoming.resume();
		},
	});
}

export class NodeResponse {
	#body: string | null;
	#init: ResponseInit;

	constructor(body: string | null, init: ResponseInit) {
		this.#body = body;
		this.#init = init;
	}

	/** The headers are a plain object: the core makes no other. */
	send(outgoing: ServerResponse) {
		const { status = 200 } = this.#init;
		const headers = this.#init.headers as Record<string, string | number>;
		if (this.#body !== null) {
			headers['content-length'] = Buffer.byteLength(this.#body);
		}
		outgoing.writeHead(status, headers);
		outgoing.end(this.#body);
	}
}
