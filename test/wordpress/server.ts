/**
 * The process in which PHP runs: WordPress Playground, told by its parent what to do.
 *
 * It answers on 127.0.0.1 only, and not before it is ready. Playground by itself listens on every
 * interface, answers 502 while it starts, and redirects the very first request to itself.
 */
import { rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { runCLI, type RunCLIArgs } from '@wp-playground/cli';
import type { Answer, Order, Question } from './runtime.ts';

/**
 * Two requests at a time: a page, and what is asked while it is being made. Each costs some 0.3 GB
 * of memory.
 */
const workers = 2;

const order: Order = JSON.parse(process.argv[2] ?? '');
const tell = (answer: Answer) => process.send?.(answer);

// Ctrl-C reaches the whole group; what becomes of this process is the parent's decision.
process.on('SIGINT', () => {});
process.on('disconnect', () => {
	rmSync(order.folder, { recursive: true, force: true });
	process.exit();
});

try {
	await start();
} catch (error) {
	tell({ type: 'failed', message: reasonOf(error) });
}

async function start() {
	const door = createServer((visitor) => visitor.destroy());
	const port = await listen(door, order.port);
	const url = `http://127.0.0.1:${port}`;

	const php = order.php as NonNullable<RunCLIArgs['php']>;
	const { playground, server } = await runCLI({
		command: 'server',
		verbosity: 'quiet',
		port: 0,
		workers,
		php,
		// Without these, another PHP may run than the one asked for.
		blueprint: { preferredVersions: { php: php as '8.3', wp: 'latest' } },
		'site-url': order.siteUrl ?? url,
		wordpressInstallMode: order.install
			? 'install-from-existing-files'
			: 'do-not-attempt-installing',
		skipSqliteSetup: order.ownDatabase ?? false,
		'mount-before-install': order.mounts,
	});

	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
	await new Promise((resolve) => door.close(resolve));
	await listen(server, port);
	await fetch(`${url}/wp-includes/images/blank.gif`, { redirect: 'manual' });

	process.on('message', async ({ id, code }: Question) => {
		try {
			const { text } = await playground.run({ code });
			tell({ type: 'output', id, output: text });
		} catch (error) {
			tell({ type: 'error', id, message: reasonOf(error) });
		}
	});
	tell({ type: 'ready', url });
}

async function listen(server: Server, port: number): Promise<number> {
	server.listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
	} catch (error) {
		throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
			? new Error(`Port ${port} is in use: end what runs there, or choose another port.`)
			: error;
	}
	return (server.address() as AddressInfo).port;
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
