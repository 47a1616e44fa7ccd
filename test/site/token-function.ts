import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { NODE_SERVER } from '../../build/paths.ts';

export interface TokenFunction {
	/** With its base path: `http://127.0.0.1:8787/app-inbox`. */
	url: string;
	/** Everything that it has written so far. */
	output: () => string;
	stop: () => Promise<void>;
}

/** Starts the built token function as its owner would: `node server.mjs`, with this environment. */
export async function startTokenFunction(env: Record<string, string>): Promise<TokenFunction> {
	if (!existsSync(NODE_SERVER)) {
		throw new Error('The token function is not built: run "npm run build" first.');
	}
	const child = spawn(process.execPath, [NODE_SERVER], {
		env: { PORT: '0', ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
		// Ctrl-C ends us, and we end it: not both at once.
		detached: true,
	});
	let output = '';
	const url = await new Promise<string>((resolve, reject) => {
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk: Buffer) => {
				output += chunk;
				const [, listening] = /"event":"listening","url":"([^"]+)"/.exec(output) ?? [];
				if (listening) {
					resolve(listening);
				}
			});
		}
		child.once('close', () => reject(new Error(`The token function ended.\n${output}`)));
	});
	return {
		url,
		output: () => output,
		async stop() {
			if (child.exitCode === null && child.signalCode === null) {
				child.kill('SIGTERM');
				await once(child, 'close');
			}
		},
	};
}
