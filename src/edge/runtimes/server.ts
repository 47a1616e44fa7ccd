import { readConfig, type Config, type Env } from '../config.ts';

/** What the runtimes have in common that listen by themselves: Node, Deno and Bun. */
export interface RunningServer {
	/** With the base path and without a trailing slash: `http://127.0.0.1:8787/app-inbox`. */
	url: string;
	/** Takes no more requests, answers those accepted within ten seconds, and closes everything. */
	stop: () => Promise<void>;
}

/** The start failed for a reason that the owner can mend: the message is the whole report. */
export class StartError extends Error {}

/**
 * The program: starts, says where it listens, and stops on SIGTERM or Ctrl-C. Ends with 1 and a
 * report on standard error when it cannot start.
 */
export async function run(version: string, start: () => Promise<RunningServer>): Promise<void> {
	try {
		const { url, stop } = await start();
		const end = () => void stop().then(() => process.exit(0));
		process.once('SIGTERM', end);
		process.once('SIGINT', end);
		const time = new Date().toISOString();
		console.log(JSON.stringify({ time, level: 'info', event: 'listening', url, version }));
	} catch (error) {
		if (!(error instanceof StartError)) {
			throw error;
		}
		console.error(error.message);
		process.exitCode = 1;
	}
}

/** The environment's values; throws a `StartError` that lists every problem of it. */
export function configOf(env: Env): Config {
	const result = readConfig(env);
	if (!result.ok) {
		const problems = result.problems.map((problem) => `  - ${problem}`).join('\n');
		throw new StartError(`The token function cannot start. Its environment:\n${problems}`);
	}
	return result.config;
}

export const serverUrl = ({ host, basePath }: Config, port: number) =>
	`http://${host.includes(':') ? `[${host}]` : host}:${port}${basePath}`;

/** Why it cannot listen, for an error of the runtime with the code of the operating system. */
export function listenError(error: unknown, { host, port }: Config): StartError {
	const { code = String(error) } = error as { code?: string };
	const noAddress = `This machine has no address ${host}: set HOST to 127.0.0.1, or to 0.0.0.0 for all.`;
	const reasons: Record<string, string> = {
		EADDRINUSE: `Port ${port} of ${host} is in use: stop the other program, or set PORT to another number.`,
		EACCES: `Port ${port} needs more rights: set PORT to a number above 1023.`,
		EADDRNOTAVAIL: noAddress,
		ENOTFOUND: noAddress,
	};
	const unknown = `The token function cannot listen on port ${port} of ${host} (${code}): check PORT and HOST.`;
	return new StartError(reasons[code] ?? unknown);
}

/** Waits for an end in peace, and puts an end by force to what takes more than ten seconds. */
export async function endWithin(peace: Promise<unknown>, force: () => unknown): Promise<void> {
	const timer = setTimeout(force, STOP_MS);
	await peace;
	clearTimeout(timer);
}

const STOP_MS = 10_000;
