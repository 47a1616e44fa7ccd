import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { Redis } from 'ioredis';

/** The program, by either name; undefined where neither is installed and nothing asks for it. */
export const REDIS = ['valkey-server', 'redis-server'].find(
	(name) => spawnSync(name, ['--version']).status === 0
);
if (!REDIS && process.env.APP_INBOX_RUNTIMES === 'required') {
	throw new Error('No valkey-server and no redis-server: install one of them.');
}

/** A real Redis or Valkey in memory, which can be killed and started again at the same port. */
export class RedisServer {
	private process: ChildProcess | undefined;

	private constructor(
		readonly port: number,
		readonly password: string
	) {}

	static async start(password: string): Promise<RedisServer> {
		const server = new RedisServer(await freePort(), password);
		await server.start();
		return server;
	}

	get url() {
		return `redis://:${this.password}@127.0.0.1:${this.port}/0`;
	}

	async start() {
		const options = {
			port: this.port,
			bind: '127.0.0.1',
			requirepass: this.password,
			save: '',
		};
		const args = Object.entries(options).flatMap(([name, value]) => [
			`--${name}`,
			String(value),
		]);
		this.process = spawn(REDIS!, args, { stdio: 'ignore' });
		await this.use((client) => client.ping());
	}

	async kill() {
		if (this.process!.exitCode !== null || this.process!.signalCode !== null) {
			return;
		}
		const ended = new Promise((resolve) => this.process!.once('close', resolve));
		this.process!.kill('SIGKILL');
		await ended;
	}

	/** Stops it from answering, without closing anything; `SIGCONT` lets it go on. */
	signal(name: 'SIGSTOP' | 'SIGCONT') {
		this.process!.kill(name);
	}

	/** Asks it something, as soon as it is there. */
	async use<T>(ask: (client: Redis) => Promise<T>): Promise<T> {
		const client = new Redis(this.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
		client.on('error', () => {});
		try {
			return await ask(client);
		} finally {
			client.disconnect();
		}
	}
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
