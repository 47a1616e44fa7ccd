import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RuntimeName } from '../../build/edge.ts';
import type { Runtime } from './contract.ts';
import { bundleForTests, runNode, type Bundle } from './node-process.ts';
import { runServer, type ServerProcess } from './server-process.ts';
import { runWorkerd } from './workerd-process.ts';

/** Starts the token function from its bundle; null where the runtime is not installed. */
export type Start = ((file: string, env: Record<string, string>) => ServerProcess) | null;

const withProgram = (
	name: keyof typeof PROGRAMS,
	start: (program: string, ...args: Parameters<NonNullable<Start>>) => ServerProcess
): Start => {
	const program = programOf(name);
	return program === null ? null : (...args) => start(program, ...args);
};

const DENO_RIGHTS = ['--allow-net', '--allow-env'];
const STAND_INS = join(import.meta.dirname, 'stand-ins');

/** How each runtime runs its bundle. Vercel’s and Netlify’s own part is played by a stand-in. */
export const startOn: Record<RuntimeName, () => Start> = {
	node: () => runNode,
	cloudflare: () => withProgram('workerd', runWorkerd),
	deno: () =>
		withProgram('deno', (deno, file, env) =>
			runServer(deno, ['run', ...DENO_RIGHTS, file], { PORT: '0', ...env })
		),
	bun: () =>
		withProgram('bun', (bun, file, env) => runServer(bun, [file], { PORT: '0', ...env })),
	vercel: () => (file, env) =>
		runServer(process.execPath, [join(STAND_INS, 'vercel.mjs'), file], env),
	netlify: () =>
		withProgram('deno', (deno, file, env) =>
			runServer(
				deno,
				[
					'run',
					...DENO_RIGHTS,
					`--allow-read=${file}`,
					join(STAND_INS, 'netlify.mjs'),
					pathToFileURL(file).href,
				],
				env
			)
		),
};

/** A runtime for the contract suite: the bundle of its own, in a process of its own for each start. */
export function onRuntime(runtime: RuntimeName, name: string = runtime): Runtime {
	const start = startOn[runtime]();
	let bundle: Bundle | undefined;
	return {
		name,
		...(start ? {} : { missing: HOW_TO_INSTALL }),
		async open() {
			bundle = await bundleForTests(runtime);
		},
		async start(env) {
			const { listening, output, stop } = start!(bundle!.file, env);
			return { url: await listening, output, stop };
		},
		close: async () => bundle?.remove(),
	};
}

/** The scope in which each keeps its programs, a package for each platform, and where in the package. */
const PROGRAMS = {
	workerd: ['@cloudflare', 'bin/workerd'],
	deno: ['@deno', 'deno'],
	bun: ['@oven', 'bin/bun'],
} as const;

const PACKAGES = join(import.meta.dirname, '../runtimes/node_modules');
const HOW_TO_INSTALL = 'it is not installed. To install it: npm ci --prefix test/runtimes';

/**
 * The program itself: the scripts of the same names start it as a child, which signals do not reach.
 * With APP_INBOX_RUNTIMES=required one that is not installed is an error.
 */
function programOf(runtime: keyof typeof PROGRAMS): string | null {
	const [scope, path] = PROGRAMS[runtime];
	const folder = join(PACKAGES, scope);
	const packages = existsSync(folder) ? readdirSync(folder) : [];
	const program = packages.map((name) => join(folder, name, path)).find(existsSync);
	if (program === undefined && process.env.APP_INBOX_RUNTIMES === 'required') {
		throw new Error(`No ${runtime}: ${HOW_TO_INSTALL}`);
	}
	return program ?? null;
}
