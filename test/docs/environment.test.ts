import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { RUNTIMES, type RuntimeName } from '../../build/edge.ts';
import { ROOT } from '../../build/paths.ts';
import { readConfig } from '../../src/edge/config.ts';
import { namesIn, tableOf, tablesOf, textIn } from './pages.ts';

const PAGE = 'docs/environment.md';
const rows = tableOf(PAGE, 'variable').map(([name, what, standard, example, runtimes]) => ({
	name: name!.code[0]!,
	what: what!.text,
	/** Undefined where there is none. */
	standard: standard!.text.startsWith('`') ? standard!.code[0] : undefined,
	needed: standard!.text.endsWith('needed'),
	example: example!.code[0]!,
	runtimes: runtimes!.text === 'all' ? Object.keys(RUNTIMES) : runtimes!.text.split(', '),
}));
const NEEDED = { SITE_URL: 'https://example.com', ESPUTNIK_API_KEY: '9f8e7d6c5b4a3210' };
const configOf = (change: Record<string, string | undefined>) =>
	readConfig({
		...NEEDED,
		// It makes sense beside another one only.
		...('IDENTITY_SECRET_PREVIOUS' in change && {
			IDENTITY_SECRET: '9f8e7d6c5b4a32100123456789abcdef',
		}),
		...change,
	});

describe('docs/environment.md', () => {
	it('has the variables that the function reads', () => {
		const read: string[] = [];
		readConfig(new Proxy({}, { get: (_, name) => void read.push(String(name)) }));
		expect(rows.map(({ name }) => name).sort()).toEqual([...new Set(read)].sort());
	});

	it.each(rows)('$name has its default', ({ name, standard, needed }) => {
		expect(configOf({ [name]: undefined }).ok).toBe(!needed);
		if (standard !== undefined) {
			expect(configOf({ [name]: standard })).toEqual(configOf({}));
		}
	});

	it.each(rows)('$name has an example that does something', ({ name, example }) => {
		const result = configOf({ [name]: example });
		if (result.ok) {
			expect(result).not.toEqual(configOf({}));
		} else {
			// No page shows a secret that would do.
			expect(result.problems).toEqual([
				expect.stringMatching(new RegExp(`^${name} is a placeholder`)),
			]);
		}
	});

	it.each(rows)('$name has the limits that it says', ({ name, what }) => {
		const [, least, most] = /, (\d+) to (\d+)/.exec(what) ?? [];
		const isGood = (value: number) => configOf({ [name]: String(value) }).ok;
		if (least && most) {
			expect([+least, +most].map(isGood)).toEqual([true, true]);
			expect([+least - 1, +most + 1].map(isGood)).toEqual([false, false]);
		}
		const [, length] = /(\d+) characters or more/.exec(what) ?? [];
		if (length) {
			const secret = '9f8e7d6c5b4a3210'.repeat(3).slice(0, +length);
			expect(configOf({ [name]: secret }).ok).toBe(true);
			expect(configOf({ [name]: secret.slice(1) }).ok).toBe(false);
		}
	});

	it('says where a variable counts', async () => {
		const files = Object.fromEntries(
			await Promise.all(
				(Object.keys(RUNTIMES) as RuntimeName[]).map(async (runtime) => [
					runtime,
					await filesOf(runtime),
				])
			)
		) as Record<RuntimeName, string[]>;
		const runtimesWith = (file: string) =>
			Object.keys(files).filter((runtime) => files[runtime as RuntimeName].includes(file));
		const listening = runtimesWith('src/edge/runtimes/server.ts');
		const special: Record<string, string[]> = {
			HOST: listening,
			PORT: listening,
			REDIS_URL: runtimesWith('src/edge/runtimes/redis-limits.ts'),
			BASE_PATH: Object.keys(RUNTIMES).filter((runtime) => !hasOwnPath(runtime)),
		};
		expect(listening.length).toBeGreaterThan(1);
		for (const { name, runtimes } of rows) {
			expect(runtimes, name).toEqual(special[name] ?? Object.keys(RUNTIMES));
		}
	});

	it('has Cloudflare’s bindings and their numbers', () => {
		const toml = readFileSync(join(ROOT, 'build/edge/cloudflare/wrangler.toml'), 'utf8');
		const bindings = [...toml.matchAll(/^name = "([A-Z_]+)"[^[]*?limit = (\d+)/gm)];
		const table = tableOf(PAGE, 'binding').map(([name, , limit]) => [
			name!.code[0],
			limit!.text,
		]);
		expect(bindings.map(([, name, limit]) => [name, limit])).toEqual(table);
		const code = textIn(['src/edge/runtimes'], /cloudflare-limits\.ts$/);
		table.forEach(([name]) => expect(code).toContain(`${name}:`));
	});

	it('has what the command and the tests read besides', () => {
		const code = textIn(['src', 'build', 'test'], /\.(ts|mjs|cjs)$/);
		// In quotes it is a snippet of somebody else's.
		const read = [
			...code.matchAll(/(?<!['"`])\bprocess\.env\.([A-Z_]+)|\{ ([A-Z_]+): \w+ \}: Env/g),
		]
			.map(([, property, parameter]) => property ?? parameter!)
			.filter((name) => !OF_THE_SYSTEM.includes(name));
		const [, others] = tablesOf(PAGE).filter(({ head }) => head[0] === 'variable');
		expect([...new Set(read)].sort()).toEqual(namesIn(others!.rows).sort());
	});
});

/** The system's own, and what one test's program gets from it. */
const OF_THE_SYSTEM = ['COLUMNS', 'HOME', 'PATH', 'PORT', 'CLOCK_AHEAD'];

/** The files of ours that a runtime's bundle is made of. */
async function filesOf(runtime: RuntimeName): Promise<string[]> {
	const { metafile } = await build({
		absWorkingDir: ROOT,
		entryPoints: [`src/edge/runtimes/${runtime === 'node' ? 'node-server' : runtime}.ts`],
		bundle: true,
		write: false,
		outdir: 'dist',
		format: 'esm',
		platform: 'node',
		external: ['virtual:loader'],
		metafile: true,
	});
	return Object.keys(metafile.inputs);
}

/** Whether the platform is told in the code or the folder which path is the function's. */
function hasOwnPath(runtime: string): boolean {
	const adapter = textIn(['src/edge/runtimes'], new RegExp(`/${runtime}\\.ts$`));
	const folder = textIn([`build/edge/${runtime}`], /\.json$/);
	return /export const config = \{ path: /.test(adapter) || /"rewrites"/.test(folder);
}
