import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Server {
	stop: () => Promise<void>;
}

/** Where a server listens: a port of 127.0.0.1, or the path of a socket. */
export type Door = number | string;

/** Far more than any of them needs, also on a busy machine. */
const SECONDS = 30;
/** For an orderly end, in which a server waits for its own workers. */
const LAST_SECONDS = 10;

export const isRoot = process.getuid?.() === 0;

/**
 * Starts a server that stays in the foreground, and waits until it takes connections. It leads a
 * process group of its own: Ctrl-C ends us, and we end it with all its workers. What it prints goes
 * to the file `log`, and into the error when it does not start.
 */
export async function startServer(
	program: string,
	argv: string[],
	door: Door,
	log: string
): Promise<Server> {
	const { child, ended } = spawnGroup(program, argv, log);
	let gone = false;
	void ended.then(() => (gone = true));
	for (const deadline = Date.now() + SECONDS * 1000; ; await sleep(20)) {
		if (await answers(door)) {
			return {
				async stop() {
					child.kill('SIGTERM');
					await Promise.race([ended, sleep(LAST_SECONDS * 1000, null, { ref: false })]);
					killGroup(child);
					await ended;
				},
			};
		}
		if (gone || Date.now() > deadline) {
			killGroup(child);
			const what = gone
				? 'ended instead of starting'
				: `does not listen after ${SECONDS} seconds`;
			throw failure(program, what, log);
		}
	}
}

/** Runs a program that ends by itself. */
export async function runToEnd(program: string, argv: string[], log: string): Promise<void> {
	const code = await spawnGroup(program, argv, log).ended;
	if (code !== 0) {
		throw failure(program, `ended with ${code}`, log);
	}
}

/** At once, with their workers, so that it can be called while this process ends. */
export const killAll = () => alive.forEach(killGroup);

const alive = new Set<ChildProcess>();

function spawnGroup(program: string, argv: string[], log: string) {
	const output = openSync(log, 'a');
	const child = spawn(program, argv, { detached: true, stdio: ['ignore', output, output] });
	closeSync(output);
	alive.add(child);
	const ended = new Promise<number | null>((resolve) => {
		child.once('close', resolve).once('error', () => resolve(null));
	}).finally(() => alive.delete(child));
	return { child, ended };
}

const failure = (program: string, what: string, log: string) =>
	new Error(
		`${path.basename(program)} ${what}. It wrote:\n${readFileSync(log, 'utf8').slice(-2000) || '(nothing)'}`
	);

/**
 * Not by the program `kill`: that of procps takes a group whose number begins with 1 for -1, which
 * is every process of the machine.
 */
export function killGroup({ pid }: ChildProcess) {
	try {
		process.kill(-pid!, 'SIGKILL');
	} catch {
		// It has gone already, or never started.
	}
}

const answers = (door: Door) =>
	new Promise<boolean>((resolve) => {
		const socket =
			typeof door === 'number' ? connect(door, '127.0.0.1') : connect({ path: door });
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
