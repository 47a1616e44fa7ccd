import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBundled } from '../bundled.ts';
import { CLI_BUNDLES } from '../cli.ts';
import { bundlesOf, RUNTIMES, type RuntimeName } from '../edge.ts';
import { filesIn } from '../folder.ts';
import { CLI, DIST, EDGE, GTM_SOURCES, GTM_TPL, PLUGIN_NAME, RELEASE, ROOT } from '../paths.ts';
import { PLUGIN_BUNDLES } from '../plugin.ts';
import { UNPACKED, zipOf } from '../zip.ts';
import { packagesOf } from './packages.ts';
import { bomOf, LICENCE } from './sbom.ts';

/** A file that people download. */
interface Artefact {
	name: string;
	bytes: () => Promise<Uint8Array>;
	/** What is bundled in it, by the names of dist/bundled/. */
	bundles: string[];
	/** Where it is another than the project's. */
	license?: string;
}

const artefactsOf = (version: string): Artefact[] => [
	{
		name: `${PLUGIN_NAME}-${version}.zip`,
		bytes: () => readFile(join(DIST, `${PLUGIN_NAME}.zip`)),
		bundles: PLUGIN_BUNDLES,
	},
	...(Object.keys(RUNTIMES) as RuntimeName[]).map((runtime) => ({
		name: `token-function-${runtime}-${version}.zip`,
		bytes: async () => zipOf(UNPACKED, await filesIn(join(EDGE, runtime))),
		bundles: bundlesOf(runtime),
	})),
	{
		name: `google-tag-manager-${version}.zip`,
		bytes: async () =>
			zipOf('google-tag-manager', {
				'template.tpl': await readFile(GTM_TPL),
				'sources.json': await readFile(GTM_SOURCES),
				LICENSE: await readFile(join(ROOT, 'gtm-template/LICENSE')),
			}),
		bundles: [],
		license: 'Apache-2.0',
	},
	{
		name: `app-inbox-${version}.mjs`,
		bytes: () => readFile(CLI),
		bundles: CLI_BUNDLES,
	},
];

/** dist/release/ out of what the build has made: the artefacts, what is in them, and their checksums. */
export async function packArtefacts(version: string): Promise<void> {
	await rm(RELEASE, { recursive: true, force: true });
	await mkdir(RELEASE, { recursive: true });
	const bundled = await readBundled();
	const sums = new Map<string, string>();
	const write = async (name: string, bytes: Uint8Array | string) => {
		await writeFile(join(RELEASE, name), bytes);
		sums.set(name, createHash('sha256').update(bytes).digest('hex'));
	};
	const artefacts = artefactsOf(version);
	for (const { name, bytes } of artefacts) {
		await write(name, await bytes());
	}
	const bom = bomOf(
		version,
		artefacts.map(({ name, bundles, license = LICENCE }) => ({
			name,
			license,
			sha256: sums.get(name)!,
			packages: packagesOf(bundles.flatMap((bundle) => bundled.get(bundle)!)),
		}))
	);
	await write(`app-inbox-${version}.cdx.json`, `${JSON.stringify(bom, null, '\t')}\n`);
	await writeFile(
		join(RELEASE, 'SHA256SUMS'),
		[...sums].map(([name, sum]) => `${sum}  ${name}\n`).join('')
	);
}
