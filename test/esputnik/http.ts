import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Reply {
	status: number;
	type?: string;
	body?: string | Buffer;
	headers?: Record<string, string>;
}

export const json = (status: number, value: unknown, headers?: Record<string, string>): Reply => ({
	status,
	type: 'application/json',
	body: JSON.stringify(value),
	...(headers && { headers }),
});

export const text = (status: number, body: string, headers?: Record<string, string>): Reply => ({
	status,
	type: 'text/plain; charset=utf-8',
	body,
	...(headers && { headers }),
});

/** An answer that ends a request early: a status, and a sentence that says what was wrong. */
export class Refusal extends Error {
	readonly reply: Reply;

	constructor(status: number, message: string, headers?: Record<string, string>) {
		super(message);
		this.reply = json(status, { message }, headers);
	}
}

/** The widget lives on other people's sites. Its API takes no cookies, so anyone may call it. */
export const CORS_HEADERS = {
	'Access-Control-Allow-Origin': '*',
	'Access-Control-Expose-Headers': 'ES-TOKEN',
};

export const PREFLIGHT: Reply = {
	status: 204,
	headers: {
		...CORS_HEADERS,
		'Access-Control-Allow-Methods': 'GET, POST',
		'Access-Control-Allow-Headers': 'ES-TOKEN, Content-Type',
		'Access-Control-Max-Age': '600',
	},
};

const LARGEST_BODY = 64 * 1024;

/** The request's body; refuses what is not JSON, says it is not, or is too large. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
	if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
		throw new Refusal(400, 'Send JSON with Content-Type: application/json.');
	}
	const chunks: Buffer[] = [];
	let size = 0;
	// The default would cut the connection on leaving the loop, and so lose the refusal.
	for await (const chunk of request.iterator({ destroyOnReturn: false })) {
		size += chunk.length;
		if (size > LARGEST_BODY) {
			throw new Refusal(413, 'The body is larger than 64 KiB.', { Connection: 'close' });
		}
		chunks.push(chunk);
	}
	try {
		return JSON.parse(Buffer.concat(chunks).toString('utf8'));
	} catch {
		throw new Refusal(400, 'The body is not JSON.');
	}
}

export function send(response: ServerResponse, { status, type, body, headers }: Reply): void {
	response.writeHead(status, {
		...(type && { 'Content-Type': type }),
		...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
		'Cache-Control': 'no-store',
		'X-Content-Type-Options': 'nosniff',
		'Cross-Origin-Resource-Policy': 'cross-origin',
		...headers,
	});
	response.end(body);
}
