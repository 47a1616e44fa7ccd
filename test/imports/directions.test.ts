import { mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { MAY_IMPORT, RULES } from './directions.ts';

/** Each import that breaks a rule, as a sentence. */
async function broken(baseDir: string): Promise<string[]> {
	const { output } = await cruise(
		['src', 'build', 'test'],
		{
			baseDir,
			validate: true,
			ruleSet: { forbidden: RULES },
			// Imports of types count too: who reads one file has to read the other.
			tsPreCompilationDeps: true,
			doNotFollow: { path: 'node_modules' },
			exclude: { path: '^test/[^/]+/node_modules/' },
		},
		{ exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] }
	);
	const { summary, modules } = output as ICruiseResult;
	expect(modules.length).toBeGreaterThan(0);
	return summary.violations.map(
		({ rule, from, to, cycle }) =>
			`${rule.name}: ${[from, ...(cycle?.map(({ name }) => name) ?? [to])].join(' → ')}`
	);
}

describe('imports', () => {
	it('run in one direction, and never in a circle', async () => {
		expect(await broken(ROOT)).toEqual([]);
	});

	it('have a direction for each folder of src', () => {
		const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => `src/${name}`);
		expect(Object.keys(MAY_IMPORT)).toEqual(expect.arrayContaining(folders));
	});
});

/** For each rule a file that breaks it, and what it imports. */
const FAULTS: Record<string, [file: string, code: string]> = {
	'no circle': ['src/gtm/a.ts', "import type { B } from './b.ts'; export type A = B;"],
	'src/settings imports nothing of ours': ['src/settings/x.ts', "import '../gtm/b.ts';"],
	'src/frontend imports src/settings': ['src/frontend/x.ts', "import '../gtm/b.ts';"],
	'src/gtm imports src/settings': ['src/gtm/x.ts', "import '../edge/b.ts';"],
	'src/edge imports src/settings': ['src/edge/x.ts', "import '../gtm/b.ts';"],
	'src/edge/root-page imports src/settings, src/gtm': [
		'src/edge/root-page/x.ts',
		"import '../b.ts';",
	],
	'src/admin imports src/settings, src/gtm': ['src/admin/x.tsx', "import '../edge/b.ts';"],
	'src/block imports src/settings': ['src/block/x.ts', "import '../admin/b.ts';"],
	'src/editor imports src/settings': ['src/editor/x.ts', "import '../block/b.ts';"],
	'src/cli imports src/settings, src/gtm, src/edge': ['src/cli/x.ts', "import '../admin/b.ts';"],
	'build imports src/settings, src/gtm, src/edge': ['build/x.ts', "import '../test/b.ts';"],
	'build/store.ts imports test/site/browser.ts besides': [
		'build/store.ts',
		"import '../test/b.ts';",
	],
	'build/zip.ts imports src/admin/folder/zip.ts besides': [
		'build/zip.ts',
		"import '../src/admin/b.ts';",
	],
	'no library reaches the visitor': ['src/frontend/x.ts', "import { z } from 'zod';"],
	'src/frontend takes only types, and the values of src/settings/frontend-config.ts, src/settings/es-stub.ts':
		['src/frontend/x.ts', "import { b } from '../settings/b.ts'; export const x = b;"],
	'src/settings/frontend-config.ts, src/settings/es-stub.ts take only types': [
		'src/settings/frontend-config.ts',
		"import { b } from './b.ts'; export const x = b;",
	],
	'the core of the token function knows no runtime': [
		'src/edge/x.ts',
		"import type { B } from './runtimes/b.ts'; export type X = B;",
	],
	'only Node’s own runtimes, the command and the tests use Node': [
		'src/edge/x.ts',
		"import 'node:fs';",
	],
	'imports lead somewhere': ['test/x.ts', "import './nowhere.ts';"],
};

describe('each rule', () => {
	const folder = mkdtempSync(join(tmpdir(), 'app-inbox-imports-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	it('is tried below', () => {
		expect(RULES.map(({ name }) => name)).toEqual(Object.keys(FAULTS));
	});

	it.each(Object.entries(FAULTS))('finds what breaks it: %s', async (rule, [file, code]) => {
		const place = join(folder, String(Object.keys(FAULTS).indexOf(rule)));
		const write = (name: string, text: string) => {
			mkdirSync(dirname(join(place, name)), { recursive: true });
			writeFileSync(join(place, name), text);
		};
		for (const part of [...Object.keys(MAY_IMPORT), 'src/edge/runtimes', 'test']) {
			write(`${part}/b.ts`, 'export const b = 1; export type B = 1;');
		}
		write('node_modules/zod/package.json', '{"name":"zod","main":"index.js"}');
		write('node_modules/zod/index.js', '');
		write('package.json', '{"dependencies":{"zod":"1"}}');
		expect(await broken(place)).toEqual([]);
		if (rule === 'no circle') {
			write('src/gtm/b.ts', "import type { A } from './a.ts'; export type B = A;");
		}
		write(file, code);
		expect(await broken(place)).toEqual(
			expect.arrayContaining([expect.stringContaining(`${rule}: ${file}`)])
		);
	});
});
