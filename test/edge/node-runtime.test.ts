import { once } from 'node:events';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startNode, StartError, type RunningNode } from '../../src/edge/runtimes/node.ts';
import { bundleForTests, runNode } from './node-process.ts';
import { answerJson, cookieOf, nonceOf, startUpstream, type Upstream } from './upstreams.ts';

const KEY = 'canary-key-9f8e7d6c5b4a3210';
let bundle: Awaited<ReturnType<typeof bundleForTests>>;
let wordpress: Upstream;
let vendor: Upstream;
let env: Record<string, string>;
const started: RunningNode[] = [];

beforeAll(async () => {
	bundle = await bundleForTests();
	wordpress = await startUpstream(answerJson({ id: 2 }));
	vendor = await startUpstream(answerJson({ token: 'token' }));
	env = {
		PORT: '0',
		SITE_URL: wordpress.url,
		ESPUTNIK_API_KEY: KEY,
		ESPUTNIK_API_URL: vendor.url,
	};
});
afterAll(async () => {
	await Promise.all(started.map(({ stop }) => stop()));
	await Promise.all([bundle.remove(), wordpress.close(), vendor.close()]);
});

const start = async (change: Record<string, string> = {}) => {
	const options = { loader: '', version: '1.2.3', write: () => {} };
	const running = await startNode({ ...env, ...change }, options);
	started.push(running);
	return running;
};

const ask = (url: string, dispatcher?: Agent) =>
	request(`${url}/token`, {
		method: 'POST',
		headers: {
			origin: wordpress.url,
			cookie: cookieOf('alice'),
			'x-wp-nonce': nonceOf('alice'),
		},
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

it('ends with 1 and lists every problem of its environment, and no value', async () => {
	const { ended, output } = runNode(bundle.file, {
		ESPUTNIK_API_KEY: 'changeme-changeme-changeme',
		LOG_LEVEL: 'canary',
	});
	expect(await ended).toBe(1);
	expect(output().trim().split('\n')).toEqual([
		'The token function cannot start. Its environment:',
		expect.stringMatching(/^ {2}- SITE_URL is missing: set it to .*\.$/),
		expect.stringMatching(/^ {2}- ESPUTNIK_API_KEY is a placeholder: .*\.$/),
		expect.stringMatching(/^ {2}- LOG_LEVEL must be one of debug, info, warn, error\.$/),
	]);
	expect(output()).not.toMatch(/changeme|canary/);
});

it('ends with 1 and one line when the port is in use', async () => {
	const { url } = await start();
	const { ended, output } = runNode(bundle.file, { ...env, PORT: new URL(url).port });
	expect(await ended).toBe(1);
	expect(output()).toMatch(/^Port \d+ of 127\.0\.0\.1 is in use: [^\n]*\n$/);
});

it.each(['SIGTERM', 'SIGINT'] as const)(
	'%s: accepted requests are answered, then it ends with 0',
	async (signal) => {
		const { child, ended, listening, output } = runNode(bundle.file, env);
		const url = await listening;
		const release: Array<() => void> = [];
		vendor.answer = (asked, response) =>
			void release.push(() => answerJson({ token: 'late' })(asked, response));
		const agent = new Agent({ connections: 4 });
		const arrived = [1, 2, 3].map(async () => vendor.next());
		const answers = [1, 2, 3].map(() => ask(url, agent));
		await Promise.all(arrived);
		while (release.length < 3) {
			await vendor.next();
		}
		child.kill(signal);
		// Only a closed door tells that the signal has come through.
		while (await reachable(url)) {
			await new Promise(setImmediate);
		}
		release.forEach((answer) => answer());
		for (const answer of await Promise.all(answers)) {
			expect(answer.statusCode).toBe(200);
			expect(answer.headers.connection).toBe('close');
			expect(await answer.body.json()).toEqual({ token: 'late' });
		}
		expect(await ended).toBe(0);
		expect(output().match(/"outcome":"token"/g)).toHaveLength(3);
		await agent.close();
		vendor.reset();
	}
);

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
		{ loader: '', version: '1', write: (line) => void lines.push(line) }
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
		headers: { origin: wordpress.url, cookie: cookieOf('bob'), 'x-wp-nonce': nonceOf('bob') },
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

const reachable = async (url: string) => {
	const { connect } = await import('node:net');
	const { hostname, port } = new URL(url);
	const socket = connect(Number(port), hostname);
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
};
