import { connect } from 'node:net';
import fc from 'fast-check';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bearer, SECRET } from './credentials.ts';
import { bundleForTests, runNode, type Bundle } from './node-process.ts';
import type { ServerProcess } from './server-process.ts';
import { startUpstream, vendorUsually, type Upstream } from './upstreams.ts';

/** Longer than any answer takes, for requests that wait for more and get none. */
const SILENCE_MS = 250;

const SITE = 'https://site.example';
const { authorization: AUTHORIZATION } = bearer(SITE);

let bundle: Bundle;
let server: ServerProcess;
let vendor: Upstream;
let url: URL;

beforeAll(async () => {
	bundle = await bundleForTests();
	vendor = await startUpstream(vendorUsually);
	server = runNode(bundle.file, {
		SITE_URL: SITE,
		IDENTITY_SECRET: SECRET,
		ESPUTNIK_API_KEY: 'canary-key-9f8e7d6c5b4a3210',
		ESPUTNIK_API_URL: `${vendor.url}/api`,
		RATE_LIMIT_PER_MINUTE: '100000',
		TRUSTED_PROXIES: '1',
		METRICS_TOKEN: 'canary-metrics-1f2e3d4c5b6a',
	});
	url = new URL(await server.listening);
});
afterAll(async () => {
	await server.stop();
	await Promise.all([bundle.remove(), vendor.close()]);
});

/** Sends bytes as they are, and answers all that comes back until the end or a silence. */
function send(bytes: Buffer): Promise<string> {
	return new Promise((resolve) => {
		let answer = '';
		const socket = connect(Number(url.port), url.hostname);
		const done = () => {
			socket.destroy();
			resolve(answer);
		};
		socket.setTimeout(SILENCE_MS, done);
		socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
		socket.on('error', done);
		socket.on('close', done);
		socket.write(bytes);
	});
}

const pick = (...values: string[]) => fc.constantFrom(...values);
/** What parsers let through in a header, and what they should not. */
const printable = fc.string({
	unit: fc.constantFrom(...' !"%*,-./09:;=@AZ[\\]_az{}~\xe9'),
	maxLength: 20,
});
const junk = fc.string({ unit: 'binary', maxLength: 20 });
const text = fc.oneof({ weight: 8, arbitrary: printable }, junk);
const number = fc.oneof(fc.nat(3000).map(String), pick('0', '-1', '1e3', '0x10', '+5', '5, 5', ''));

/** A header of a kind that matters, with a value that is right, wrong or neither. */
const header = fc.oneof(
	fc.tuple(pick('Content-Length', 'content-length'), number),
	fc.tuple(
		fc.constant('Transfer-Encoding'),
		pick('chunked', 'identity', 'gzip, chunked', 'xchunked')
	),
	fc.tuple(fc.constant('Content-Type'), pick('application/json', 'text/plain', 'a/b; c="')),
	fc.tuple(fc.constant('Content-Encoding'), pick('gzip', 'br')),
	fc.tuple(fc.constant('Origin'), fc.oneof(pick('null', 'https://evil.example', '*'), text)),
	fc.tuple(
		fc.constant('Host'),
		fc.oneof(pick('evil.example:99999', '[::', 'a b', '%00', '@'), text)
	),
	fc.tuple(fc.constant('Authorization'), fc.oneof(pick('Bearer a.b.c', 'Basic YTpi'), text)),
	fc.tuple(fc.constant('Cookie'), text),
	fc.tuple(
		fc.constant('X-Forwarded-For'),
		fc.oneof(pick('::1', '1.2.3.4, 5.6.7.8', ',,,'), text)
	),
	fc.tuple(fc.constant('Expect'), pick('100-continue', 'x')),
	fc.tuple(pick('Upgrade', 'Connection'), pick('websocket', 'upgrade', 'close', 'keep-alive')),
	fc.tuple(fc.constant('If-None-Match'), fc.oneof(pick('*', 'W/"x", "y"'), text)),
	fc.tuple(pick('__proto__', 'constructor', 'X-HTTP-Method-Override'), pick('x', 'POST')),
	fc.tuple(fc.constant('Access-Control-Request-Method'), pick('POST', 'DELETE')),
	fc.tuple(text, text)
);

interface Raw {
	method: string;
	target: string;
	version: string;
	headers: Array<[string, string]>;
	ending: string;
	body: string;
	/** How much of it is sent. */
	part: number;
}

/** What a visitor’s browser sends. */
const good = (): Raw => ({
	method: 'POST',
	target: '/app-inbox/token',
	version: 'HTTP/1.1',
	headers: [
		['Host', url.host],
		['Origin', SITE],
		['Authorization', AUTHORIZATION],
		['Content-Length', '0'],
	],
	ending: '\r\n',
	body: '',
	part: 1,
});

const METHODS = ['GET', 'POST', 'OPTIONS', 'HEAD', 'PUT', 'TRACE', 'CONNECT', 'post', 'X'];
const TARGETS = [
	...['/app-inbox/token', '/app-inbox/check', '/app-inbox/metrics', '/app-inbox/loader.js'],
	...[
		'/app-inbox/health',
		'/app-inbox//token',
		'/app-inbox/%2e%2e/token',
		'/app-inbox/token?x=y',
	],
	...['//evil.example/app-inbox/token', 'http://evil.example/app-inbox/token', '*', '/', ''],
	...['/app-inbox/token#x', '/app-inbox/__proto__', '/app-inbox/constructor', '/%', '/\\..\\'],
];
const BODIES = [
	...['', '{}', '{"__proto__":{"email":"a@b.c"}}', 'x'.repeat(2000)],
	...['0\r\n\r\n', '5\r\nhello\r\n0\r\n\r\n', 'fffffff\r\nx'],
];

type Change = (raw: Raw) => Raw;

const change: fc.Arbitrary<Change> = fc.oneof(
	fc.oneof(pick(...METHODS), text).map((method): Change => (raw) => ({ ...raw, method })),
	fc
		.oneof(
			pick(...TARGETS),
			text.map((path) => `/app-inbox/${path}`)
		)
		.map((target): Change => (raw) => ({ ...raw, target })),
	pick('HTTP/1.0', 'HTTP/2.0', '').map((version): Change => (raw) => ({ ...raw, version })),
	pick('\n', '\r', '\0\r\n').map((ending): Change => (raw) => ({ ...raw, ending })),
	fc.oneof(pick(...BODIES), junk).map((body): Change => (raw) => ({ ...raw, body })),
	fc
		.tuple(pick(...BODIES), pick('application/json', 'text/plain'))
		.map(([body, type]): Change => (raw) => ({
			...raw,
			body,
			headers: [
				...raw.headers.filter(([name]) => name !== 'Content-Length'),
				['Content-Length', String(body.length)],
				['Content-Type', type],
			],
		})),
	fc.double({ min: 0, max: 1, noNaN: true }).map((part): Change => (raw) => ({ ...raw, part })),
	...[1, 2, 3].map(() =>
		header.map((added): Change => (raw) => ({ ...raw, headers: [...raw.headers, added] }))
	),
	...[1, 2].map(() =>
		header.map((other): Change => (raw) => ({
			...raw,
			headers: [
				...raw.headers.filter(([name]) => name.toLowerCase() !== other[0].toLowerCase()),
				other,
			],
		}))
	),
	fc.nat(3).map((index): Change => (raw) => ({
		...raw,
		headers: raw.headers.filter((_header, at) => at !== index),
	}))
);

/** Up to five changes to a good request. */
const rawRequest = fc.array(change, { maxLength: 5 }).map((changes) => {
	const raw = changes.reduce((before, apply) => apply(before), good());
	const { method, target, version, headers, ending, body, part } = raw;
	const lines = [`${method} ${target} ${version}`, ...headers.map((pair) => pair.join(': ')), ''];
	const bytes = Buffer.from(`${lines.join(ending)}${ending}${body}`, 'latin1');
	return bytes.subarray(0, Math.ceil(bytes.length * part));
});

it('whatever bytes come, the function answers in HTTP or closes, and goes on', async () => {
	const codes = new Set<string | undefined>();
	let tokens = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.array(rawRequest, { minLength: 20, maxLength: 40 }),
			async (requests) => {
				const answers = await Promise.all(requests.map(send));
				for (const [index, answer] of answers.entries()) {
					if (answer !== '') {
						expect(answer).toMatch(/^HTTP\/1\.[01] (1\d\d|200|204|304|4\d\d) /);
					}
					// A token needs the whole credential: nothing less may do.
					if (answer.includes('"token":"tok_')) {
						tokens++;
						const sent = requests[index]!.toString('latin1');
						const whole = [AUTHORIZATION, SITE];
						expect(whole.filter((part) => !sent.includes(part))).toEqual([]);
					}
					codes.add(/"code":"(\w+)"/.exec(answer)?.[1]);
					expect(answer).not.toContain('canary');
				}
				const health = await request(`${url.href}/health`);
				expect(await health.body.json()).toMatchObject({ status: 'ok' });
			}
		),
		{ numRuns: 40 }
	);
	// The fuzz gets through the parser to all that stands behind it.
	expect(tokens).toBeGreaterThan(50);
	expect([...codes]).toEqual(
		expect.arrayContaining([
			...['unauthenticated', 'origin_not_allowed', 'method_not_allowed', 'not_found'],
			...['body_too_large', 'unsupported_media_type'],
		])
	);
	const lines = server.output().trimEnd().split('\n');
	expect(lines.map((line) => JSON.parse(line).level)).not.toContain('error');
	expect(server.output()).not.toMatch(/canary|eyJ|evil\.example/);
}, 120_000);
