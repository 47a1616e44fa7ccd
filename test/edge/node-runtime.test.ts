import { Agent, request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startNode } from '../../src/edge/runtimes/node.ts';
import { StartError, type RunningServer } from '../../src/edge/runtimes/server.ts';
import { bearer, SECRET } from './credentials.ts';
import { rootPage } from './fake-platform.ts';
import { answerJson, startUpstream, type Upstream } from './upstreams.ts';

const SITE = 'https://site.example';
const KEY = 'canary-key-9f8e7d6c5b4a3210';
let vendor: Upstream;
let env: Record<string, string>;
const started: RunningServer[] = [];

beforeAll(async () => {
	vendor = await startUpstream(answerJson({ token: 'token' }));
	env = {
		PORT: '0',
		SITE_URL: SITE,
		IDENTITY_SECRET: SECRET,
		ESPUTNIK_API_KEY: KEY,
		ESPUTNIK_API_URL: vendor.url,
	};
});
afterAll(async () => {
	await Promise.all(started.map(({ stop }) => stop()));
	await vendor.close();
});

const start = async (change: Record<string, string> = {}) => {
	const options = { loader: '', rootPage, version: '1.2.3', write: () => {} };
	const running = await startNode({ ...env, ...change }, options);
	started.push(running);
	return running;
};

const ask = (url: string, dispatcher?: Agent) =>
	request(`${url}/token`, {
		method: 'POST',
		headers: { origin: SITE, ...bearer(SITE) },
		...(dispatcher ? { dispatcher } : {}),
	});

it('listens where it is told', async () => {
	const { url } = await start({ BASE_PATH: '/inbox/' });
	expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/inbox$/);
	expect((await request(`${url}/health`)).statusCode).toBe(200);
});

it('listens on IPv6 too', async () => {
	const { url } = await start({ HOST: '::1' });
	expect(url).toMatch(/^http:\/\/\[::1\]:\d+\/app-inbox$/);
	expect((await request(`${url}/health`)).statusCode).toBe(200);
});

it('says in one line that the port is in use', async () => {
	const { url } = await start();
	const { port } = new URL(url);
	await expect(start({ PORT: port })).rejects.toThrow(
		new StartError(
			`Port ${port} of 127.0.0.1 is in use: stop the other program, or set PORT to another number.`
		)
	);
});

it('says in one line that the machine has no such address', async () => {
	await expect(start({ HOST: '192.0.2.1' })).rejects.toThrow(/no address 192\.0\.2\.1: set HOST/);
});

it('stops at once when nobody waits, also with idle connections', async () => {
	const { url, stop } = await start();
	const agent = new Agent({ keepAliveTimeout: 60_000 });
	await (await ask(url, agent)).body.text();
	const before = performance.now();
	await stop();
	expect(performance.now() - before).toBeLessThan(1000);
	await agent.destroy();
});

it('a client that goes away is no error', async () => {
	const lines: string[] = [];
	const running = await startNode(
		{ ...env },
		{ loader: '', rootPage, version: '1', write: (line) => void lines.push(line) }
	);
	started.push(running);
	const asked = vendor.next();
	let answer = () => {};
	const replied = new Promise<void>((resolve) => {
		vendor.answer = (recorded, response) => {
			answer = () => {
				answerJson({ token: 'x' })(recorded, response);
				response.on('finish', resolve);
			};
		};
	});
	const controller = new AbortController();
	const pending = request(`${running.url}/token`, {
		method: 'POST',
		headers: { origin: SITE, ...bearer(SITE, '3') },
		signal: controller.signal,
	});
	await asked;
	controller.abort();
	await expect(pending).rejects.toThrow();
	answer();
	await replied;
	vendor.reset();
	expect((await ask(running.url)).statusCode).toBe(200);
	expect(lines.every((line) => JSON.parse(line).status === 200)).toBe(true);
});
