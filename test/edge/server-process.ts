import { spawn, type ChildProcess } from 'node:child_process';

export interface ServerProcess {
	child: ChildProcess;
	/** Standard output and error, as far as they have come. */
	output: () => string;
	/** The exit code. */
	ended: Promise<number | null>;
	/** Where it listens; rejects with its output when it ends instead. */
	listening: Promise<string>;
	/** Ends it at once, whatever it is doing, and waits until it has ended. */
	stop: () => Promise<void>;
}

/**
 * Runs a program that says where it listens. `urlOf` finds the address in its output; by default in
 * the line that the token function writes.
 */
export function runServer(
	command: string,
	args: string[],
	env: Record<string, string>,
	urlOf: (output: string) => string | undefined = listeningLine
): ServerProcess {
	const child = spawn(command, args, { env });
	let output = '';
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	const listening = new Promise<string>((resolve, reject) => {
		const read = (chunk: Buffer) => {
			output += chunk;
			const url = urlOf(output);
			if (url) {
				resolve(url);
			}
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		void ended.then(() => reject(new Error(output)));
	});
	listening.catch(() => undefined);
	const stop = async () => {
		child.kill('SIGKILL');
		await ended;
	};
	return { child, output: () => output, ended, listening, stop };
}

const listeningLine = (output: string) => /"event":"listening","url":"([^"]+)"/.exec(output)?.[1];
