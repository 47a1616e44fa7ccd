import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { addCheck } from '../../src/cli/check.ts';
import { addGtm } from '../../src/cli/gtm.ts';
import { addServe } from '../../src/cli/serve.ts';
import { codeOf, PAGES, tablesOf, textIn } from './pages.ts';

const PAGE = 'docs/commands.md';
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const program = new Command('app-inbox');
const release = { loader: '', version: '', rootPage: () => Promise.reject(new Error('not here')) };
[addServe, addCheck, addGtm].forEach((add) => add(program, release));

/** What npm itself runs, before and after. */
const SCRIPTS_OF_NPM = ['prepare', 'pretest'];
const scripts = Object.keys(JSON.parse(read('package.json')).scripts).filter(
	(name) => !SCRIPTS_OF_NPM.includes(name)
);
/** The options that a program of ours declares, such as `--port <number>`. */
const declaredIn = (path: string) =>
	[...read(path).matchAll(/\.option\(\s*'(--[^']+)'/g)].map(([, flags]) => flags!);
const demo = declaredIn('test/demo/demo.ts');
const bench = declaredIn('test/bench/main.ts');
const benchParts = [
	.../PARTS: [^=]*= \{([^}]*)\}/
		.exec(read('test/bench/main.ts'))![1]!
		.matchAll(/^\s*'?([\w-]+)'?:/gm),
].map(([, name]) => name!);
const nameOf = (flags: string) => /^--[\w-]+/.exec(flags)![0];

describe('docs/commands.md', () => {
	const tables = new Map(tablesOf(PAGE).map(({ heading, rows }) => [heading, rows]));

	it('has the commands of app-inbox', () => {
		const documented = [...tables.keys()].flatMap(
			(heading) => /^`app-inbox (\w+)`$/.exec(heading)?.[1] ?? []
		);
		expect(documented).toEqual(program.commands.map((command) => command.name()));
	});

	it.each(program.commands.map((command) => [command.name(), command] as const))(
		'has the options of app-inbox %s, and their defaults',
		(name, command) => {
			const rows = tables.get(`\`app-inbox ${name}\``)!;
			const documented = rows.map(([flags, , standard]) => ({
				flags: flags!.code[0],
				needed: standard!.text === 'needed',
			}));
			expect(documented).toEqual(
				command.options.map(({ flags, mandatory }) => ({ flags, needed: mandatory }))
			);
			for (const { flags, defaultValue } of command.options) {
				const [, , standard] = rows.find(([cell]) => cell!.code[0] === flags)!;
				if (defaultValue !== undefined) {
					expect(standard!.code, flags).toEqual([String(defaultValue)]);
				}
			}
		}
	);

	it('has every script of package.json', () => {
		const documented = codeOf(PAGE).flatMap((code) => scriptsIn(code));
		expect([...new Set(documented)].sort()).toEqual([...scripts].sort());
	});

	it('has the options of the demo and the benchmarks', () => {
		const rowOf = (script: string) =>
			tables
				.get('In this repository')!
				.find(([command]) => command!.code[0] === `npm run ${script}`)![1]!.code;
		const strip = (code: string) => code.replace(/^-- /, '');
		expect(rowOf('demo').map(strip).sort()).toEqual([...demo].sort());
		expect(rowOf('bench').map(strip).sort()).toEqual([...bench, ...benchParts].sort());
	});
});

const scriptsIn = (code: string): string[] =>
	[...code.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)].map(
		([, script, short]) => script ?? short!
	);

/** Each call of `app-inbox` in a piece of code, with what follows in the same command. */
const callsIn = (code: string): Array<[command: string, options: string[]]> =>
	[...code.matchAll(/(?:^|[\s/])app-inbox(?:\.mjs)? ([a-z]\w*)([^\n]*)/g)].map(
		([, command, rest]) => [command!, rest!.match(/--[\w-]+/g) ?? []]
	);

describe.each(PAGES)('the commands in %s', (page) => {
	const codes = codeOf(page);

	it('of npm exist', () => {
		expect(codes.flatMap(scriptsIn).filter((name) => !scripts.includes(name))).toEqual([]);
		const folders = codes.flatMap((code) =>
			[...code.matchAll(/npm ci --prefix (\S+)/g)].map(([, folder]) => folder!)
		);
		expect(
			folders.filter((folder) => !existsSync(join(ROOT, folder, 'package-lock.json')))
		).toEqual([]);
	});

	it('of vitest name projects that exist', () => {
		const projects = [...read('vitest.config.ts').matchAll(/name: '(\w+)'/g)].map(
			([, name]) => name
		);
		const named = codes.flatMap((code) =>
			[...code.matchAll(/vitest run --project (\w+)/g)].map(([, name]) => name)
		);
		expect(named.filter((name) => !projects.includes(name))).toEqual([]);
	});

	it('of app-inbox exist, with their options', () => {
		for (const [name, options] of codes.flatMap(callsIn)) {
			const command = program.commands.find((one) => one.name() === name);
			expect(command, `app-inbox ${name}`).toBeDefined();
			const known = command!.options.map(({ long }) => long);
			expect(
				options.filter((option) => !known.includes(option)),
				name
			).toEqual([]);
		}
	});

	it('have options that exist where these stand alone', () => {
		const known = [
			...program.commands.flatMap(({ options }) => options.map(({ long }) => long!)),
			...[...demo, ...bench, ...OF_THE_PROGRAM].map(nameOf),
		];
		const alone = codes.flatMap((code) =>
			/^(-- )?(--[\w-]+)/.test(code) ? code.match(/--[\w-]+/g)! : []
		);
		expect(alone.filter((option) => !known.includes(option))).toEqual([]);
		const parts = codes.flatMap(
			(code) => /^(?:npm run bench )?-- (\w\S*)$/.exec(code)?.[1] ?? []
		);
		expect(parts.filter((part) => !benchParts.includes(part))).toEqual([]);
	});

	it('of the demo and the benchmarks have options that exist', () => {
		for (const [script, known] of [
			['demo', demo],
			['bench', bench],
		] as const) {
			const named = codes.flatMap((code) =>
				[...code.matchAll(new RegExp(`npm run ${script} -- ([^\n]*)`, 'g'))].flatMap(
					([, rest]) => rest!.match(/--[\w-]+/g) ?? []
				)
			);
			expect(named.filter((name) => !known.map(nameOf).includes(name))).toEqual([]);
		}
	});
});

const OF_THE_PROGRAM = [...textIn(['src/cli'], /main\.ts$/).matchAll(/'(--\w+)'/g)].map(
	([, flag]) => flag!
);
