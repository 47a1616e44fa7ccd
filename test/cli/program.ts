import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleCli } from '../../build/cli.ts';
import { LOADER } from '../edge/node-process.ts';

/** As the token function of the tests has it. */
export const VERSION = '1.2.3';

export interface Ended {
	code: number | null;
	stdout: string;
	stderr: string;
}

export interface Program {
	file: string;
	/** A place for files of a test; it goes away with the program. */
	folder: string;
	/** Runs it to its end, with this environment and nothing of ours. */
	run: (args: string[], env?: Record<string, string>) => Promise<Ended>;
	/** All that it has ever written. */
	output: () => string;
	remove: () => Promise<void>;
}

/** The `app-inbox` command as the build bundles it, but with a loader and a version of the tests. */
export async function bundleProgram(): Promise<Program> {
	const folder = await mkdtemp(join(tmpdir(), 'app-inbox-cli-'));
	const file = join(folder, 'app-inbox.mjs');
	await bundleCli(file, LOADER, VERSION);
	let written = '';
	return {
		file,
		folder,
		run: (args, env = {}) =>
			new Promise((resolve) => {
				const child = spawn(process.execPath, [file, ...args], { env });
				const ended: Ended = { code: null, stdout: '', stderr: '' };
				child.stdout.on('data', (chunk: Buffer) => (ended.stdout += chunk));
				child.stderr.on('data', (chunk: Buffer) => (ended.stderr += chunk));
				child.once('close', (code) => {
					written += ended.stdout + ended.stderr;
					resolve({ ...ended, code });
				});
			}),
		output: () => written,
		remove: () => rm(folder, { recursive: true }),
	};
}
