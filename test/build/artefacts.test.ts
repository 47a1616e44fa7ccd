import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { inputsOf } from '../../build/bundled.ts';
import { RUNTIMES, type RuntimeName } from '../../build/edge.ts';
import { BUNDLED, EDGE, PLUGIN_NAME, RELEASE, ROOT } from '../../build/paths.ts';
import { packArtefacts } from '../../build/release/artefacts.ts';
import { VERSION } from '../../build/version.ts';

if (!existsSync(join(BUNDLED, 'admin.json'))) {
	throw new Error('Nothing is built: run "npm run build" first.');
}
const runtimes = Object.keys(RUNTIMES) as RuntimeName[];
const PLUGIN_ZIP = `${PLUGIN_NAME}-${VERSION}.zip`;
const COMMAND = `app-inbox-${VERSION}.mjs`;
const BOM = `app-inbox-${VERSION}.cdx.json`;
const read = (name: string) => readFileSync(join(RELEASE, name));

beforeAll(() => packArtefacts(VERSION));

describe('a release', () => {
	it('has these files and no others', () => {
		expect(readdirSync(RELEASE).sort()).toEqual(
			[
				PLUGIN_ZIP,
				COMMAND,
				...runtimes.map((runtime) => `token-function-${runtime}-${VERSION}.zip`),
				`google-tag-manager-${VERSION}.zip`,
				BOM,
				'SHA256SUMS',
			].sort()
		);
	});

	it('has the checksum of every other file, as sha256sum reads it', () => {
		const lines = read('SHA256SUMS').toString().trimEnd().split('\n');
		const sums = lines.map((line) => /^([0-9a-f]{64}) {2}(\S+)$/.exec(line)!.slice(1));
		expect(sums.map(([, name]) => name).sort()).toEqual(
			readdirSync(RELEASE)
				.filter((name) => name !== 'SHA256SUMS')
				.sort()
		);
		for (const [sum, name] of sums) {
			expect([name, createHash('sha256').update(read(name!)).digest('hex')]).toEqual([
				name,
				sum,
			]);
		}
	});

	it.each(runtimes)('has the folder for %s as the build made it', (runtime) => {
		const files = unzipSync(read(`token-function-${runtime}-${VERSION}.zip`));
		const entry = RUNTIMES[runtime];
		expect(strFromU8(files[`app-inbox/${entry}`]!)).toBe(
			readFileSync(join(EDGE, runtime, entry), 'utf8')
		);
		expect(Object.keys(files)).toContain('app-inbox/README.md');
	});

	it('has what Tag Manager takes', () => {
		const files = unzipSync(read(`google-tag-manager-${VERSION}.zip`));
		expect(strFromU8(files['google-tag-manager/template.tpl']!)).toBe(
			readFileSync(join(ROOT, 'gtm-template/template.tpl'), 'utf8')
		);
		expect(JSON.parse(strFromU8(files['google-tag-manager/sources.json']!))).toHaveProperty(
			'code.site'
		);
	});
});

const bomSchema = z.object({
	bomFormat: z.literal('CycloneDX'),
	components: z.array(
		z.object({
			'bom-ref': z.string(),
			name: z.string(),
			version: z.string(),
			purl: z.optional(z.string()),
			hashes: z.optional(z.array(z.object({ alg: z.string(), content: z.string() }))),
			licenses: z.array(
				z.union([
					z.object({ license: z.object({ id: z.string() }) }),
					z.object({ expression: z.string() }),
				])
			),
		})
	),
	dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

it('counts only files of which something is left in a bundle', () => {
	const inputs = { 'used.js': { bytesInOutput: 3 }, 'shaken-off.js': { bytesInOutput: 0 } };
	const output = { bytes: 3, inputs, imports: [], exports: [] };
	expect(inputsOf({ inputs: {}, outputs: { 'bundle.js': output } })).toEqual(['used.js']);
});

describe('the list of parts', () => {
	let bom: z.infer<typeof bomSchema>;
	beforeAll(() => {
		bom = bomSchema.parse(JSON.parse(read(BOM).toString()));
	});
	/** The names of the packages in an artefact. */
	const packagesIn = (artefact: string) =>
		bom.dependencies
			.find(({ ref }) => ref === artefact)!
			.dependsOn.map((purl) => decodeURIComponent(purl.replace(/^pkg:npm\/(.+)@.+$/, '$1')));

	it('names what is bundled, and nothing else', () => {
		// Long lists change with every update of a package: these two are short.
		expect(packagesIn(`token-function-cloudflare-${VERSION}.zip`)).toEqual([
			'jose',
			'lru-cache',
			'zod',
		]);
		expect(packagesIn(`google-tag-manager-${VERSION}.zip`)).toEqual([]);
		expect(packagesIn(PLUGIN_ZIP)).toEqual(
			expect.arrayContaining([
				'css-selector-generator',
				'dompurify',
				'fflate',
				'ioredis',
				'undici',
				'zod',
			])
		);
		expect(packagesIn(COMMAND)).toEqual(
			expect.arrayContaining(['commander', 'listr2', 'undici'])
		);
		const tools = ['esbuild', 'typescript', 'react', '@wordpress/components', 'terser'];
		expect(bom.components.map(({ name }) => name)).toEqual(expect.not.arrayContaining(tools));
	});

	it('has each package in the version that is installed, with its licence', () => {
		const packages = bom.components.filter(({ purl }) => purl);
		expect(packages.length).toBeGreaterThan(20);
		const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
		const installed = new Set(
			Object.entries<{ version: string }>(lock).map(
				([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`
			)
		);
		for (const { name, version, licenses } of packages) {
			expect(installed).toContain(`${name}@${version}`);
			// What GPL-2.0-or-later may take along: a new licence is somebody's decision.
			expect([
				{ license: { id: 'MIT' } },
				{ license: { id: 'ISC' } },
				{ license: { id: 'Apache-2.0' } },
				{ license: { id: 'BlueOak-1.0.0' } },
				{ expression: '(MPL-2.0 OR Apache-2.0)' },
			]).toContainEqual(licenses[0]);
		}
	});

	it('has each artefact with its checksum, and refers to nothing that it lacks', () => {
		const refs = new Set(bom.components.map((component) => component['bom-ref']));
		expect(refs.size).toBe(bom.components.length);
		const [product, ...artefacts] = bom.dependencies;
		expect(artefacts.map(({ ref }) => ref)).toEqual(product!.dependsOn);
		for (const { ref, dependsOn } of artefacts) {
			const { hashes } = bom.components.find((component) => component['bom-ref'] === ref)!;
			const content = createHash('sha256').update(read(ref)).digest('hex');
			expect(hashes).toEqual([{ alg: 'SHA-256', content }]);
			expect(dependsOn.filter((part) => !refs.has(part))).toEqual([]);
		}
	});
});
