import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const LOADER = '/* the loader — “so” */';

/** Bundles Node's entry as the build does, but with a loader and a version of the tests. */
export async function bundleNode(): Promise<{ file: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'app-inbox-edge-'));
	const file = join(folder, 'server.mjs');
	await build({
		entryPoints: [
			fileURLToPath(new URL('../../src/edge/runtimes/node-server.ts', import.meta.url)),
		],
		outfile: file,
		bundle: true,
		minify: true,
		platform: 'node',
		target: 'node20',
		format: 'esm',
		// undici is CommonJS and requires Node's own modules.
		banner: {
			js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
		},
		plugins: [
			{
				name: 'virtual-loader',
				setup({ onResolve, onLoad }) {
					onResolve({ filter: /^virtual:loader$/ }, () => ({
						path: 'loader',
						namespace: 'virtual',
					}));
					onLoad({ filter: /./, namespace: 'virtual' }, () => ({
						contents: `export const loader = ${JSON.stringify(LOADER)}; export const version = '1.2.3';`,
					}));
				},
			},
		],
	});
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
