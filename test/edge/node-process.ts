import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleNode } from '../../build/edge.ts';

export const LOADER = '/* the loader — “so” */';

/** Node's entry as the build bundles it, but with a loader and a version of the tests. */
export async function bundleForTests(): Promise<{ file: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'app-inbox-edge-'));
	const file = join(folder, 'server.mjs');
	await bundleNode(file, LOADER, '1.2.3');
	return { file, remove: () => rm(folder, { recursive: true }) };
}

export interface NodeProcess {
	child: ChildProcess;
	/** Standard output and error, as far as they have come. */
	output: () => string;
	/** The exit code. */
	ended: Promise<number | null>;
	/** Where it listens; rejects with its output when it ends instead. */
	listening: Promise<string>;
}

export function runNode(file: string, env: Record<string, string>): NodeProcess {
	const child = spawn(process.execPath, [file], { env: { PORT: '0', ...env } });
	let output = '';
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	const listening = new Promise<string>((resolve, reject) => {
		const read = (chunk: Buffer) => {
			output += chunk;
			const url = /"event":"listening","url":"([^"]+)"/.exec(output)?.[1];
			if (url) {
				resolve(url);
			}
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		void ended.then(() => reject(new Error(output)));
	});
	listening.catch(() => undefined);
	return { child, output: () => output, ended, listening };
}
