import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an upstream does with the next requests. `hang`: takes the request and never answers. */
export type Answer = (request: Recorded, response: ServerResponse) => void;

export interface Recorded {
	method: string;
	url: string;
	headers: IncomingMessage['headers'];
	body: string;
}

/**
 * A real HTTP server that answers as it is told and remembers what it was asked. WordPress and
 * eSputnik are played by one each, so that every fault can be had precisely.
 */
export interface Upstream {
	url: string;
	requests: Recorded[];
	/** How it answers until the next `reset`. */
	answer: Answer;
	reset: () => void;
	/** The next request, as soon as it has come. */
	next: () => Promise<Recorded>;
	close: () => Promise<void>;
}

export async function startUpstream(usual: Answer): Promise<Upstream> {
	let waiting: Array<(request: Recorded) => void> = [];
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const recorded = {
				method: request.method!,
				url: request.url!,
				headers: request.headers,
				body: Buffer.concat(chunks).toString(),
			};
			upstream.requests.push(recorded);
			waiting.forEach((resolve) => resolve(recorded));
			waiting = [];
			upstream.answer(recorded, response);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const upstream: Upstream = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests: [],
		answer: usual,
		reset() {
			upstream.answer = usual;
			upstream.requests = [];
		},
		next: () => new Promise((resolve) => waiting.push(resolve)),
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
	return upstream;
}

export const answerJson =
	(value: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
	(_request, response) => {
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		response.end(JSON.stringify(value));
	};

export const answerText =
	(text: string, status = 200, headers: Record<string, string> = {}): Answer =>
	(_request, response) => {
		response.writeHead(status, { 'content-type': 'text/html', ...headers });
		response.end(text);
	};

export const hang: Answer = () => {};

export const hangMidBody: Answer = (_request, response) => {
	response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
	response.write('{"token":"half');
};

export const reset: Answer = (_request, response) => response.socket!.destroy();

export const truncate: Answer = (_request, response) => {
	response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
	response.write('{"token":"half', () => response.socket!.destroy());
};

/** The token that stands for exactly these identifiers, so that a mix-up shows. */
export const tokenOf = (identifiers: Record<string, string>) =>
	`tok_${createHash('sha256').update(JSON.stringify(identifiers)).digest('hex')}`;

/** eSputnik: a token for every contact but one that it does not know. */
export const vendorUsually: Answer = ({ url, body }, response) => {
	if (url.endsWith('/v1/account/info')) {
		answerJson({ userEmail: 'canary.owner@example.com', organisationName: 'Shop Ltd' })(
			{} as Recorded,
			response
		);
		return;
	}
	const contact = JSON.parse(body) as Record<string, string>;
	const token = contact.externalCustomerId === '404' ? '' : tokenOf(contact);
	answerJson({ token })({} as Recorded, response);
};

/** WordPress: the plugin's keys, and a page for everything else. */
export const wordPressUsually =
	(keys: () => unknown[]): Answer =>
	(request, response) =>
		(new URL(request.url, 'http://wordpress').searchParams.get('app-inbox') === 'keys'
			? answerKeys(keys())
			: answerText('<title>Page not found', 404, {
					link: '<http://x/wp-json/>; rel="https://api.w.org/"',
				}))(request, response);

export const answerKeys = (keys: unknown[], headers: Record<string, string> = {}): Answer =>
	answerJson({ keys }, 200, {
		'content-type': 'application/jwk-set+json',
		'cache-control': 'public, max-age=300',
		...headers,
	});
