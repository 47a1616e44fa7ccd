import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { SHOP, type Asking, type World } from './world.ts';

export function requestCases(world: World) {
	it('GET /health calls nobody', async () => {
		const answer = await world.ask('/health');
		expect(answer).toMatchObject({ status: 200, json: { status: 'ok', version: '1.2.3' } });
		expect(answer.headers['cache-control']).toBe('no-store');
		expect(world.wordpress.requests).toEqual([]);
		expect(world.vendor.requests).toEqual([]);
	});

	it('GET /loader.js has an ETag and is kept for long', async () => {
		const answer = await world.ask('/loader.js');
		expect(answer.text).toBe('/* the loader — “so” */');
		expect(answer.headers).toMatchObject({
			'content-type': 'text/javascript; charset=utf-8',
			'cache-control': expect.stringMatching(/^public, max-age=\d{5}/),
			etag: expect.stringMatching(/^"[\w-]{43}"$/),
			'x-content-type-options': 'nosniff',
			'cross-origin-resource-policy': 'cross-origin',
		});
		const etag = String(answer.headers.etag);
		for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
			const again = await world.ask('/loader.js', { headers: { 'if-none-match': header } });
			expect(again).toMatchObject({ status: 304, text: '' });
			expect(again.headers.etag).toBe(etag);
		}
		const other = await world.ask('/loader.js', { headers: { 'if-none-match': '"x"' } });
		expect(other.status).toBe(200);
	});

	it.each(['', '/'])('GET "%s" is a page that runs nothing but its own script', async (path) => {
		const answer = await world.ask(path);
		expect(answer.status).toBe(200);
		expect(answer.text).toMatch(/^<!doctype html>.*version&nbsp;1\.2\.3.*<\/html>\s*$/s);
		expect(answer.text).not.toContain(world.site);
		expect(answer.headers).toMatchObject({
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-cache',
			'content-security-policy': expect.stringMatching(
				/^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'$/
			),
			'x-content-type-options': 'nosniff',
		});
		const header = { 'if-none-match': String(answer.headers.etag) };
		expect(await world.ask(path, { headers: header })).toMatchObject({ status: 304, text: '' });
		const post = await world.ask(path, { method: 'POST', headers: { origin: SHOP } });
		expect(post).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } });
		expect(world.wordpress.requests).toEqual([]);
	});

	it.each(['/', '/health', '/loader.js'])(
		'HEAD %s: the headers of GET, no body',
		async (path) => {
			const get = await world.ask(path);
			const head = await world.ask(path, { method: 'HEAD' });
			expect(head).toMatchObject({ status: 200, text: '' });
			expect(head.headers['content-type']).toBe(get.headers['content-type']);
		}
	);

	it.each(['//', '/nothing', '/token/', '/Token', '/token/x'])('404 for "%s"', async (path) => {
		const answer = await world.ask(path, { method: 'POST', headers: { origin: SHOP } });
		expect(answer).toMatchObject({ status: 404, json: { code: 'not_found', status: 404 } });
		expect(answer.headers['content-type']).toBe('application/problem+json');
	});

	it('GET /metrics is there with METRICS_TOKEN, for whoever shows it', async () => {
		for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE'] as const) {
			const answer = await world.ask('/metrics', { method, headers: { origin: SHOP } });
			expect(answer.json.code).toBe('not_found');
		}
		const token = 'canary-metrics-1f2e3d4c5b6a';
		const server = await world.start({ METRICS_TOKEN: token });
		const scrape = (authorization: string) =>
			world.ask('/metrics', { headers: { authorization } }, server);
		expect(await scrape('Bearer canary-another-one')).toMatchObject({ status: 401 });
		const answer = await scrape(`Bearer ${token}`);
		expect(answer).toMatchObject({
			status: 200,
			headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
		});
		expect(answer.text).toMatch(/^app_inbox_requests_total\{.*route="\/metrics"/m);
	});

	it('404 outside the base path', async () => {
		const root = { ...world.main, url: new URL(world.main.url).origin };
		expect((await world.ask('/token', {}, root)).status).toBe(404);
		expect((await world.ask('/app-inboxx/token', {}, root)).status).toBe(404);
	});

	it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] as const)(
		'case 13: %s /token is 405 with Allow',
		async (method) => {
			const answer = await world.ask('/token', { method, headers: { origin: SHOP } });
			expect(answer.status).toBe(405);
			expect(answer.headers.allow).toBe('POST, OPTIONS');
		}
	);

	it('405 names what else there is', async () => {
		const answer = await world.ask('/health', { method: 'POST', headers: { origin: SHOP } });
		expect(answer).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } });
		expect(answer.headers.allow).toBe('GET, HEAD, OPTIONS');
	});

	it.each<[string, (site: URL) => string | undefined]>([
		['missing', () => undefined],
		['empty', () => ''],
		['null', () => 'null'],
		['*', () => '*'],
		['a longer host', () => `${SHOP}.evil.example`],
		['a longer name', () => 'https://evil-shop.example.com'],
		['a subdomain', () => 'https://a.shop.example.com'],
		['another port', () => `${SHOP}:8443`],
		['the default port spelt out', () => `${SHOP}:443`],
		['another scheme', () => 'http://shop.example.com'],
		['another case', () => 'https://SHOP.example.com'],
		['a slash', () => `${SHOP}/`],
		['credentials', () => 'https://shop.example.com@evil.example'],
		['two of them', () => `${SHOP}, ${SHOP}`],
		['the site on another port', (site) => `${site.protocol}//${site.hostname}:1`],
		['the site over https', (site) => `https://${site.host}`],
	])('case 11: Origin %s', async (_name, make) => {
		const origin = make(new URL(world.site));
		const headers = { ...(origin === undefined ? {} : { origin }) };
		const jwt = await world.jwt();
		for (const method of ['POST', 'OPTIONS'] as const) {
			if (method === 'OPTIONS' && !origin) {
				continue;
			}
			const answer = await world.ask('/token', {
				method,
				headers: {
					...headers,
					authorization: `Bearer ${jwt}`,
					...(method === 'OPTIONS' ? { 'access-control-request-method': 'POST' } : {}),
				},
			});
			expect(answer).toMatchObject({ status: 403, json: { code: 'origin_not_allowed' } });
			expect(answer.headers['access-control-allow-origin']).toBeUndefined();
			expect(answer.headers.vary).toBe('Origin');
		}
		expect(world.vendor.requests).toEqual([]);
	});

	it('case 12: preflight', async () => {
		const answer = await world.ask('/token', {
			method: 'OPTIONS',
			headers: {
				origin: SHOP,
				'access-control-request-method': 'POST',
				'access-control-request-headers': 'authorization',
			},
		});
		expect(answer.status).toBe(204);
		expect(answer.headers).toMatchObject({
			'access-control-allow-origin': SHOP,
			'access-control-allow-methods': 'POST, OPTIONS',
			'access-control-allow-headers': 'Authorization',
			'access-control-max-age': '7200',
			vary: 'Origin',
		});
		expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
		const plain = await world.ask('/token', { method: 'OPTIONS' });
		expect(plain).toMatchObject({ status: 204, headers: { allow: 'POST, OPTIONS' } });
	});

	it('case 12: CORS on every kind of answer, and never with credentials', async () => {
		const jwt = await world.jwt();
		for (const answer of [await world.signed(jwt), await world.signed('wrong')]) {
			expect(answer.headers).toMatchObject({
				'access-control-allow-origin': SHOP,
				'access-control-expose-headers': 'Retry-After, credential',
				'cache-control': 'no-store',
				'x-content-type-options': 'nosniff',
				vary: 'Origin',
			});
			expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
		}
	});

	it.each<[string, number, Asking]>([
		['an empty body of any type', 200, { headers: { 'content-type': 'text/plain' } }],
		[
			'an empty JSON object',
			200,
			{ headers: { 'content-type': 'application/json' }, body: '{}' },
		],
		[
			'a charset',
			200,
			{ headers: { 'content-type': 'Application/JSON; charset=utf-8' }, body: '{}' },
		],
		['1 KiB', 200, { headers: { 'content-type': 'application/json' }, body: 'x'.repeat(1024) }],
		['more', 413, { headers: { 'content-type': 'application/json' }, body: 'x'.repeat(1025) }],
		['1 MB', 413, { headers: { 'content-type': 'application/json' }, body: 'x'.repeat(1e6) }],
		['text/plain', 415, { headers: { 'content-type': 'text/plain' }, body: 'a' }],
		['no type', 415, { body: 'a' }],
		[
			'a form',
			415,
			{ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' },
		],
		[
			'invalid UTF-8',
			200,
			{ headers: { 'content-type': 'application/json' }, body: Buffer.from([0xff, 0xfe]) },
		],
		[
			'gzip',
			200,
			{
				headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
				body: Buffer.from([0x1f, 0x8b, 8, 0]),
			},
		],
		[
			'deep JSON',
			200,
			{ headers: { 'content-type': 'application/json' }, body: '['.repeat(1000) },
		],
	])('case 17: %s: %i', async (_name, status, asking) => {
		const answer = await world.signed(await world.jwt(), asking);
		expect(answer.status).toBe(status);
		expect(world.vendor.requests).toHaveLength(status === 200 ? 1 : 0);
	});

	it.each([
		[1024, 200],
		[1025, 413],
	])('case 17: a chunked body of %i bytes: %i', async (size, status) => {
		const body = (async function* () {
			for (let sent = 0; sent < size; sent += 100) {
				yield Buffer.alloc(Math.min(100, size - sent), 'x');
			}
		})();
		const headers = { 'content-type': 'application/json' };
		expect((await world.signed(await world.jwt(), { headers, body })).status).toBe(status);
	});

	it.each([
		['no length', 'Content-Type: text/plain\r\n\r\n'],
		['no chunks', 'Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
	])('case 17: a body of %s is none', async (_name, rest) => {
		const { hostname, port, pathname } = new URL(world.main.url);
		const start = `POST ${pathname}/token HTTP/1.1\r\nHost: ${hostname}\r\nOrigin: ${SHOP}\r\nConnection: close\r\n`;
		expect(await raw(hostname, Number(port), start + rest)).toMatch(/^HTTP\/1\.1 401 /);
	});

	it('case 16: a Host header with a path in it steers nothing', async () => {
		const { hostname, port, pathname } = new URL(world.main.url);
		for (const host of [`x${pathname}/health?`, `x${pathname}/health#`, `x/..`, 'x@y']) {
			const start = `GET /nothing HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
			expect(await raw(hostname, Number(port), start)).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
		}
	});

	it('case 17: two headers that say who asks are none', async () => {
		const { hostname, port, pathname } = new URL(world.main.url);
		const right = [`Origin: ${SHOP}`, `Authorization: Bearer ${await world.jwt()}`];
		const ask = (headers: string[]) => {
			const lines = [
				`Host: ${hostname}`,
				'Content-Length: 0',
				'Connection: close',
				...headers,
			];
			const start = `POST ${pathname}/token HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
			return raw(hostname, Number(port), start);
		};
		expect(await ask(right)).toMatch(/^HTTP\/1\.1 200 /);
		for (const twice of right) {
			expect(await ask([...right, twice])).toMatch(/^HTTP\/1\.1 4\d\d /);
		}
	});

	it('case 17: lies about the length, header smuggling and nonsense end in 4xx or are cut off', async () => {
		const { hostname, port, pathname } = new URL(world.main.url);
		const start = `POST ${pathname}/token HTTP/1.1\r\nHost: ${hostname}\r\nOrigin: ${SHOP}\r\nConnection: close\r\n`;
		for (const rest of [
			'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
			'Content-Length: -1\r\n\r\n',
			'Content-Length: 1\r\nContent-Length: 2\r\n\r\nab',
			'Transfer-Encoding: chunked\r\n\r\nZZ\r\n\r\n',
			'Cookie: a=b\n\tx: y\r\n\r\n',
			`X: ${'x'.repeat(70_000)}\r\n\r\n`,
		]) {
			expect(await raw(hostname, Number(port), start + rest)).toMatch(
				/^(HTTP\/1\.1 4\d\d |$)/
			);
		}
		expect(world.vendor.requests).toEqual([]);
		expect((await world.ask('/health')).status).toBe(200);
	});
}

/** What a server answers to bytes that no HTTP client would send. */
const raw = (host: string, port: number, text: string) =>
	new Promise<string>((resolve, reject) => {
		let answer = '';
		const socket = connect(port, host, () => socket.write(text));
		socket.on('data', (chunk) => (answer += chunk));
		socket.on('close', () => resolve(answer));
		socket.on('error', (error) => (answer ? resolve(answer) : reject(error)));
	});
