import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program that is measured: a process of its own, on a core of its own where that can be had. */
export interface Program {
	child: ChildProcess;
	/** Without a trailing slash. */
	origin: string;
	/** The exit code; null where a signal ended it. */
	ended: Promise<number | null>;
	/** Milliseconds from its spawning to its first answer. */
	firstAnswerMs: number;
	/** User and system time of all its threads so far. Node's threads live as long as the process. */
	cpuSeconds: () => number;
	rssMegabytes: () => number;
	/** All open file descriptors, and those of them that are sockets. */
	descriptors: () => { all: number; sockets: number };
	stop: () => Promise<void>;
}

/**
 * Starts a program and waits for its first answer.
 *
 * @param file A program for Node that listens on 127.0.0.1, at `PORT`.
 * @param env  All that it gets besides `PORT` and `PATH`.
 * @param path What it answers with 200 without asking anybody.
 * @param log  Where its output goes; by default nowhere.
 */
export async function startProgram(
	file: string,
	env: Record<string, string>,
	path: string,
	log = '/dev/null'
): Promise<Program> {
	const cores = ownCores();
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const output = openSync(log, 'w');
	const command = [process.execPath, file];
	const [first, ...rest] = cores ? ['taskset', '-c', cores.server, ...command] : command;
	const begun = performance.now();
	const child = spawn(first!, rest, {
		env: { PATH: process.env.PATH, PORT: String(port), ...env },
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	const ended = once(child, 'close').then(([code]) => code as number | null);
	// Nothing that is measured outlives the benchmark, however that ends.
	const kill = () => child.kill('SIGKILL');
	process.once('exit', kill);
	void ended.then(() => process.off('exit', kill));
	await firstAnswer(origin + path, child, log);
	const firstAnswerMs = performance.now() - begun;

	const proc = (name: string) => readFileSync(`/proc/${child.pid}/${name}`, 'utf8');
	return {
		child,
		origin,
		ended,
		firstAnswerMs,
		cpuSeconds() {
			// Nanoseconds, where /proc/<pid>/stat counts hundredths of a second.
			const threads = readdirSync(`/proc/${child.pid}/task`);
			const times = threads.map((id) => Number(proc(`task/${id}/schedstat`).split(' ')[0]));
			return times.reduce((sum, time) => sum + time, 0) / 1e9;
		},
		rssMegabytes: () => Number(/VmRSS:\s+(\d+) kB/.exec(proc('status'))?.[1]) / 1024,
		descriptors() {
			const targets = readdirSync(`/proc/${child.pid}/fd`).map((name) => {
				try {
					return readlinkSync(`/proc/${child.pid}/fd/${name}`);
				} catch {
					// Closed between the two readings.
					return undefined;
				}
			});
			const open = targets.filter((target) => target !== undefined);
			const sockets = open.filter((target) => target.startsWith('socket:'));
			return { all: open.length, sockets: sockets.length };
		},
		async stop() {
			child.kill();
			await ended;
		},
	};
}

/**
 * A core for the program that is measured and another one for the load and the stand-ins, to which
 * this process is bound. Null with one core or without taskset: then the system shares them out.
 */
function ownCores(): { server: string } | null {
	cores ??= { value: bindToCore() };
	return cores.value;
}

let cores: { value: { server: string } | null } | undefined;

function bindToCore(): { server: string } | null {
	const list = /Cpus_allowed_list:\s+(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
	const allowed = list?.split(/[-,]/) ?? [];
	const [load, server] = [allowed[0], allowed.at(-1)];
	if (load === undefined || server === undefined || load === server) {
		return null;
	}
	const { status } = spawnSync('taskset', ['-acp', load, String(process.pid)]);
	return status === 0 ? { server } : null;
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

async function firstAnswer(url: string, child: ChildProcess, log: string): Promise<void> {
	const deadline = performance.now() + 20_000;
	for (;;) {
		const status = await answerStatus(url);
		if (status === 200) {
			return;
		}
		if (child.exitCode !== null || performance.now() > deadline) {
			const output = log === '/dev/null' ? '' : readFileSync(log, 'utf8').slice(0, 2000);
			throw new Error(`A program did not start (${status ?? 'no answer'}). ${output}`);
		}
		await sleep(1);
	}
}

const answerStatus = (url: string) =>
	new Promise<number | undefined>((resolve) => {
		get(url, { agent: false }, (response: IncomingMessage) => {
			response.resume().once('end', () => resolve(response.statusCode));
		}).once('error', () => resolve(undefined));
	});
