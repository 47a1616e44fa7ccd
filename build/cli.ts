import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { BUNDLE, inputsOf, noteBundle } from './bundled.ts';
import { virtualLoader } from './edge.ts';
import { virtualGtmSources } from './gtm.ts';
import { appendLicences } from './licences.ts';
import { CLI, LOADER, ROOT } from './paths.ts';
import { VERSION } from './version.ts';

/** What is bundled in it, by the names of dist/bundled/. */
export const CLI_BUNDLES = ['cli', 'root-page'];

/** Bundles the `app-inbox` command with this front end into one file without dependencies. */
export async function bundleCli(
	outfile: string,
	loader: string,
	version: string
): Promise<Metafile> {
	const { metafile } = await build({
		entryPoints: [join(ROOT, 'src/cli/main.ts')],
		outfile,
		...BUNDLE,
		platform: 'node',
		target: 'node20',
		format: 'esm',
		// Some packages are CommonJS and ask for Node's own modules by require.
		banner: {
			js: `#!/usr/bin/env node
import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
		},
		plugins: [virtualLoader(loader, version), virtualGtmSources()],
	});
	await chmod(outfile, 0o755);
	return metafile;
}

export async function buildCli(): Promise<void> {
	await noteBundle(
		'cli',
		inputsOf(await bundleCli(CLI, await readFile(LOADER, 'utf8'), VERSION))
	);
	await appendLicences(CLI, CLI_BUNDLES);
}
