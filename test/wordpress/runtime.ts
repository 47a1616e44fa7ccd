import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from 'esbuild';
import { nodeArguments } from './php-versions.ts';

/** What `server.ts` gets to know, as JSON. */
export interface Order {
	/** The PHP version, one of the installed ones. */
	php: string;
	/** The port on 127.0.0.1; 0 picks a free one. */
	port: number;
	/** The address that visitors use, if it is another. */
	siteUrl?: string | undefined;
	/** The database is the one of wp-config.php, instead of an SQLite file. */
	ownDatabase?: boolean;
	/** Whether WordPress has to be installed first. */
	install: boolean;
	/** Folders of this computer, and where WordPress sees them. */
	mounts: { hostPath: string; vfsPath: string }[];
	/** Removed when the parent is gone. */
	folder: string;
}

export type Answer =
	| { type: 'ready'; url: string }
	| { type: 'failed'; message: string }
	| { type: 'output'; id: number; output: string }
	| { type: 'error'; id: number; message: string };

export interface Question {
	id: number;
	code: string;
}

export interface Runtime {
	url: string;
	/** Runs PHP in WordPress and returns what it prints. */
	run: (code: string) => Promise<string>;
	/** Ends the process and removes its folder; does nothing the second time. */
	stop: () => Promise<void>;
}

/** How long an answer may take. An installation is slow on a busy computer without being stuck. */
const patienceFor = (order: Order) => (order.install ? 300_000 : 120_000);

/**
 * Starts PHP in a process of its own. It can be ended at any time, in the middle of a start that
 * hangs too, it prints nothing, and nothing of it stays open in this process.
 */
export async function startRuntime(order: Order): Promise<Runtime> {
	const temporary = path.join(order.folder, 'tmp');
	await mkdir(temporary, { recursive: true });
	const child = fork(await compileServer(order.folder), [JSON.stringify(order)], {
		execArgv: nodeArguments(order.php),
		// The runtime keeps its files below the system's temporary folder: give it one that goes.
		env: { ...process.env, TMPDIR: temporary, NODE_OPTIONS: '' },
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});
	const patience = patienceFor(order);
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (text: Buffer) => (printed = (printed + text).slice(-2_000)));
	}
	const exited = once(child, 'exit');
	const waiting = new Map<number | 'ready', (answer: Answer) => void>();
	child.on('message', (answer: Answer) =>
		waiting.get('id' in answer ? answer.id : 'ready')?.(answer)
	);
	child.on('exit', () => {
		for (const give of waiting.values()) {
			give({ type: 'failed', message: `PHP ended unexpectedly.\n${printed.trim()}`.trim() });
		}
	});

	const answerTo = async (id: number | 'ready', what: string): Promise<Answer> => {
		let timer;
		try {
			return await new Promise<Answer>((resolve, reject) => {
				waiting.set(id, resolve);
				timer = setTimeout(
					() => reject(new Error(`${what} within ${patience / 1000} seconds.`)),
					patience
				);
			});
		} finally {
			clearTimeout(timer);
			waiting.delete(id);
		}
	};

	const stop = async () => {
		child.kill('SIGKILL');
		await exited;
		await rm(order.folder, { recursive: true, force: true, maxRetries: 3 });
	};

	try {
		const answer = await answerTo('ready', 'WordPress did not start');
		if (answer.type !== 'ready') {
			throw new Error('message' in answer ? answer.message : answer.type);
		}
		let questions = 0;
		return {
			url: answer.url,
			stop,
			run: async (code) => {
				const id = ++questions;
				if (!child.connected) {
					throw new Error('WordPress has been stopped.');
				}
				child.send({ id, code } satisfies Question);
				const reply = await answerTo(id, 'The PHP code did not finish');
				if (reply.type !== 'output') {
					throw new Error('message' in reply ? reply.message : reply.type);
				}
				return reply.output;
			},
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Under tsx, every thread of the child would load its megabytes three times as slowly. */
async function compileServer(folder: string): Promise<string> {
	const source = await readFile(path.join(import.meta.dirname, 'server.ts'), 'utf8');
	const file = path.join(folder, 'server.mjs');
	await writeFile(file, (await transform(source, { loader: 'ts', format: 'esm' })).code);
	return file;
}
