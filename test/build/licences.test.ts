import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inputsOf, readBundled } from '../../build/bundled.ts';
import { CLI_BUNDLES } from '../../build/cli.ts';
import { bundlesOf, RUNTIMES, type RuntimeName } from '../../build/edge.ts';
import { SCRIPTS } from '../../build/frontend.ts';
import { LICENCES, licencesOf } from '../../build/licences.ts';
import { CLI, DIST, EDGE, PLUGIN_NAME, ROOT } from '../../build/paths.ts';
import { PLUGIN_BUNDLES } from '../../build/plugin.ts';
import { packagesOf } from '../../build/release/packages.ts';

if (!existsSync(CLI)) {
	throw new Error('Nothing is built: run "npm run build" first.');
}
const bundled = await readBundled();
const zip = unzipSync(readFileSync(join(DIST, `${PLUGIN_NAME}.zip`)));
const runtimes = Object.keys(RUNTIMES) as RuntimeName[];

/** What people download, with its licences as they are in it. */
const DOWNLOADS = [
	...runtimes.map((runtime) => ({
		what: `the token function for ${runtime}`,
		bundles: bundlesOf(runtime),
		text: readFileSync(join(EDGE, runtime, LICENCES), 'utf8'),
	})),
	{
		what: 'the plugin',
		bundles: PLUGIN_BUNDLES,
		text: strFromU8(zip[`${PLUGIN_NAME}/${LICENCES}`]!),
	},
	{
		what: 'the command line',
		bundles: CLI_BUNDLES,
		text: readFileSync(CLI, 'utf8').split('\n/*\nApp Inbox has').at(-1)!,
	},
];

describe.each(DOWNLOADS)('$what', ({ bundles, text }) => {
	it('has each package that is bundled in it, in its version, with its licence', () => {
		const packages = packagesOf(bundles.flatMap((bundle) => bundled.get(bundle)!));
		expect(packages.length).toBeGreaterThan(2);
		const lines = new Set(text.split('\n'));
		const missing = packages.filter(
			({ name, version, license }) => !lines.has(`${name} ${version} (${license})`)
		);
		expect(missing).toEqual([]);
		// The lines that say whose they are, of files that all have another name.
		const names = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENSE-MIT.txt', 'license'];
		for (const { name, folders } of packages) {
			const file = [...names, 'license.md']
				.map((each) => join(ROOT, folders[0]!, each))
				.find((path) => existsSync(path))!;
			for (const line of readFileSync(file, 'utf8').match(/^.*\S/gm)!) {
				expect([name, lines.has(line)]).toEqual([name, true]);
			}
		}
	});

	it('names no place of the machine that built it', () => {
		expect(text).not.toContain(ROOT);
		expect(text).not.toContain('node_modules/');
	});
});

it('hands on the notices that stand in code alone', () => {
	const { text } = DOWNLOADS.find(({ what }) => what.endsWith('for node'))!;
	expect(text).toContain('Georges Menie');
	expect(text).toContain('TERMS AND CONDITIONS FOR USE');
});

it('hands on the licence of what comes compiled', () => {
	for (const { bundles, text } of DOWNLOADS) {
		const has = bundles.some((bundle) =>
			bundled.get(bundle)!.some((file) => file.endsWith('-wasm.js'))
		);
		expect(text.split('llhttp (MIT), compiled, in undici').length - 1).toBe(has ? 1 : 0);
		expect(text.includes('Copyright Fedor Indutny, 2018.')).toBe(has);
	}
});

it('go into the image that the Dockerfile makes', () => {
	expect(readFileSync(join(EDGE, 'node/Dockerfile'), 'utf8')).toMatch(
		new RegExp(`^COPY .*\\b${LICENCES} `, 'm')
	);
});

it.each(SCRIPTS)('nobody else’s code is in the front end: $entry', async ({ entry }) => {
	const { metafile } = await build({
		entryPoints: [join(ROOT, `src/frontend/${entry}.ts`)],
		bundle: true,
		metafile: true,
		absWorkingDir: ROOT,
		write: false,
	});
	expect(inputsOf(metafile)).toContain(`src/frontend/${entry}.ts`);
	expect(packagesOf(inputsOf(metafile))).toEqual([]);
});

describe('the licences of packages', () => {
	let root: string;
	beforeEach(() => {
		root = mkdtempSync(join(tmpdir(), 'app-inbox-licences-'));
	});
	afterEach(() => rmSync(root, { recursive: true }));

	/** Installs a package and answers the files that would be bundled. */
	function install(manifest: { name: string; license?: unknown }, files: Record<string, string>) {
		const folder = `node_modules/${manifest.name}`;
		const all: Record<string, string> = {
			'package.json': JSON.stringify({ version: '1.2.3', ...manifest }),
			'index.js': 'export const one = 1;\n',
			...files,
		};
		for (const [name, text] of Object.entries(all)) {
			const path = join(root, folder, name);
			mkdirSync(dirname(path), { recursive: true });
			writeFileSync(path, text);
		}
		return [`${folder}/index.js`];
	}
	const MIT = 'Permission is hereby granted.';

	it('are in order, and a text that several have is there once', () => {
		const files = [
			...install({ name: 'late', license: 'MIT' }, { 'LICENSE.md': `\r\n${MIT}  \r\n\r\n` }),
			...install({ name: '@early/one', license: 'MIT' }, { license: MIT }),
			...install({ name: 'middle', license: 'ISC' }, { 'COPYING.txt': 'Be kind.\n' }),
			'src/ours.ts',
		];
		const [, ...sections] = licencesOf(files, root).split(`${'='.repeat(80)}\n`);
		expect(sections).toEqual([
			`@early/one 1.2.3 (MIT)\nlate 1.2.3 (MIT)\n\n${MIT}\n\n`,
			'middle 1.2.3 (ISC)\n\nBe kind.\n',
		]);
		expect(licencesOf(files.reverse(), root)).toBe(licencesOf(files, root));
	});

	it('come with the NOTICE file, and with the notices of those files that are bundled', () => {
		const code = [
			'/*!\n * Copyright 2001 Ann\n * All rights kept.\n */',
			'const a = 1; /* not one */',
			'// (c) Bob',
			'// 2002',
			'export const one = a;',
		].join('\n');
		const files = install(
			{ name: 'a', license: 'MIT' },
			{
				'LICENSE-MIT': MIT,
				NOTICE: 'By Cid.',
				'index.js': code,
				'other.js': '// Copyright Dee',
			}
		);
		const [, ...sections] = licencesOf(files, root).split(`${'='.repeat(80)}\n`);
		expect(sections).toEqual([
			`a 1.2.3 (MIT)\n\n${MIT}\n\n`,
			'a 1.2.3 (MIT)\n\nBy Cid.\n\n',
			'a 1.2.3 (MIT): a notice in its code\n\n(c) Bob\n2002\n\n',
			'a 1.2.3 (MIT): a notice in its code\n\nCopyright 2001 Ann\nAll rights kept.\n',
		]);
	});

	it('have Apache’s terms where a package only points to them', () => {
		const files = install(
			{ name: 'a', license: 'Apache-2.0' },
			{ LICENSE: 'See http://www.apache.org/licenses/LICENSE-2.0' }
		);
		expect(licencesOf(files, root).match(/TERMS AND CONDITIONS FOR USE/g)).toHaveLength(1);
		const whole = install({ name: 'b', license: 'Apache-2.0' }, { LICENSE: apache() });
		const text = licencesOf([...files, ...whole], root);
		expect(text.match(/TERMS AND CONDITIONS FOR USE/g)).toHaveLength(1);
	});
	const apache = () => readFileSync(join(ROOT, 'gtm-template/LICENSE'), 'utf8');

	it.each(['MIT', '(MPL-2.0 OR Apache-2.0)', 'SSPL-1.0 OR ISC'])('may be %s', (license) => {
		expect(licencesOf(install({ name: 'a', license }, { LICENSE: MIT }), root)).toContain(
			`a 1.2.3 (${license})`
		);
	});

	it.each([
		'SSPL-1.0',
		'MIT AND CC-BY-NC-4.0',
		'(MIT OR ISC) AND SSPL-1.0',
		'SEE LICENSE IN LICENSE',
		'GPL-2.0-only WITH Classpath-exception-2.0',
	])('may not be %s', (license) => {
		const files = install({ name: 'a', license }, { LICENSE: MIT });
		expect(() => licencesOf(files, root)).toThrow(
			`a 1.2.3 is bundled, and its licence, ${license}, is not among those that go with the GPL: see GPL_COMPATIBLE in build/licences.ts.`
		);
	});

	it.each([[undefined], [{ type: 'MIT' }]])('may not be unsaid: %j', (license) => {
		const files = install({ name: 'a', license }, { LICENSE: MIT });
		expect(() => licencesOf(files, root)).toThrow('its licence, NOASSERTION, is not among');
	});

	it('may not be unknown where something comes compiled', () => {
		install({ name: 'a', license: 'MIT' }, { LICENSE: MIT, 'b-wasm.js': '' });
		expect(() => licencesOf(['node_modules/a/b-wasm.js'], root)).toThrow(
			'node_modules/a/b-wasm.js is bundled: see whose it is, and hand its licence on.'
		);
	});

	it.each([{}, { LICENSE: '\n' }])('may not lack their text: %j', (texts) => {
		const files = install({ name: 'a', license: 'MIT' }, texts as Record<string, string>);
		expect(() => licencesOf(files, root)).toThrow(
			'a 1.2.3 is bundled, and has no LICENSE file that could go with it, as MIT asks.'
		);
	});
});
