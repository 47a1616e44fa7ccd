import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, SECRET } from './credentials.ts';
import { bundleForTests, type Bundle } from './node-process.ts';
import { startOn } from './on-runtime.ts';
import type { ServerProcess } from './server-process.ts';
import { answerJson, startUpstream, type Upstream } from './upstreams.ts';

/** How the token function starts and stops where it is a program of its own. */
export function serverCases(runtime: 'node' | 'deno' | 'bun') {
	const start = startOn[runtime]();

	describe.skipIf(start === null)(`the program on ${runtime}`, () => {
		let bundle: Bundle;
		let vendor: Upstream;
		const started: ServerProcess[] = [];
		const run = (env: Record<string, string>) => {
			const server = start!(bundle.file, env);
			started.push(server);
			return server;
		};
		const env = () => ({
			SITE_URL: SITE,
			IDENTITY_SECRET: SECRET,
			ESPUTNIK_API_KEY: 'canary-key-9f8e7d6c5b4a3210',
			ESPUTNIK_API_URL: vendor.url,
		});

		beforeAll(async () => {
			bundle = await bundleForTests(runtime);
			vendor = await startUpstream(answerJson({ token: 'token' }));
		});
		afterAll(async () => {
			await Promise.all(started.map(({ stop }) => stop()));
			await Promise.all([bundle.remove(), vendor.close()]);
		});

		const ask = (url: string, dispatcher: Agent) =>
			request(`${url}/token`, {
				method: 'POST',
				headers: { origin: SITE, ...bearer(SITE) },
				dispatcher,
			});

		it('ends with 1 and lists every problem of its environment, and no value', async () => {
			const { ended, output } = run({
				ESPUTNIK_API_KEY: 'changeme-changeme-changeme',
				LOG_LEVEL: 'canary',
			});
			expect(await ended).toBe(1);
			expect(output().trim().split('\n')).toEqual([
				'The token function cannot start. Its environment:',
				expect.stringMatching(/^ {2}- SITE_URL is missing: set it to .*\.$/),
				expect.stringMatching(/^ {2}- ESPUTNIK_API_KEY is a placeholder: .*\.$/),
				expect.stringMatching(
					/^ {2}- LOG_LEVEL must be one of debug, info, warn, error\.$/
				),
			]);
			expect(output()).not.toMatch(/changeme|canary/);
		});

		it('ends with 1 and one line when the port is in use', async () => {
			const other = createServer().listen(0, '127.0.0.1');
			await once(other, 'listening');
			const PORT = String((other.address() as AddressInfo).port);
			const { ended, output } = run({ ...env(), PORT });
			expect(await ended).toBe(1);
			expect(output()).toMatch(/^Port \d+ of 127\.0\.0\.1 is in use: [^\n]*\n$/);
			other.close();
		});

		it('ends with 1 and one line when the machine has no such address', async () => {
			const { ended, output } = run({ ...env(), HOST: '192.0.2.1' });
			expect(await ended).toBe(1);
			expect(output()).toMatch(
				/^This machine has no address 192\.0\.2\.1: set HOST [^\n]*\n$/
			);
		});

		it.each(['SIGTERM', 'SIGINT'] as const)(
			'%s: accepted requests are answered, then it ends with 0',
			async (signal) => {
				const { child, ended, listening, output } = run(env());
				const url = await listening;
				const release: Array<() => void> = [];
				vendor.answer = (asked, response) =>
					void release.push(() => answerJson({ token: 'late' })(asked, response));
				const agent = new Agent({ connections: 4 });
				const answers = [1, 2, 3].map(() => ask(url, agent));
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
					expect(await answer.body.json()).toEqual({ token: 'late' });
				}
				expect(await ended).toBe(0);
				expect(output().match(/"outcome":"token"/g)).toHaveLength(3);
				await agent.close();
				vendor.reset();
			}
		);

		it('ends with 0 at once when nobody waits, also with idle connections', async () => {
			const { child, ended, listening } = run(env());
			const agent = new Agent({ keepAliveTimeout: 60_000 });
			await (await ask(await listening, agent)).body.text();
			const before = performance.now();
			child.kill('SIGTERM');
			expect(await ended).toBe(0);
			expect(performance.now() - before).toBeLessThan(5000);
			await agent.destroy();
		});

		it('an address that is none is a 400', async () => {
			const { listening } = run(env());
			const { hostname, port } = new URL(await listening);
			const socket = connect(Number(port), hostname);
			socket.write(
				'GET /app-inbox/health HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'
			);
			const chunks: Buffer[] = await socket.toArray();
			expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 400 /);
		});
	});
}

const SITE = 'https://site.example';

async function reachable(url: string): Promise<boolean> {
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
}
