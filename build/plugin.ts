import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import json2php from 'json2php';
import * as icon from '../src/settings/icon-parts.ts';
import { settingsJsonSchema } from '../src/settings/json-schema.ts';
import { bundlesOf } from './edge.ts';
import { filesIn, OFFERED, writeFolderScript } from './folder.ts';
import { writeLicences } from './licences.ts';
import { CONSENT, DEBUG, DIST, FRONTEND, PLUGIN, PLUGIN_NAME, ROOT } from './paths.ts';
import { compileTranslations } from './translations/compile.ts';
import { zipOf } from './zip.ts';

/** What is bundled in the plugin, by the names of dist/bundled/. */
export const PLUGIN_BUNDLES = [
	'admin',
	...OFFERED.flatMap((runtime) => [`folder-${runtime}`, ...bundlesOf(runtime)]),
];

/** The settings page and the editor's block, by @wordpress/scripts. Their folder is emptied first. */
export async function buildAdmin(): Promise<void> {
	const script = join(ROOT, 'node_modules/@wordpress/scripts/bin/wp-scripts.js');
	const options = [
		'--config=build/admin/webpack.config.cjs',
		'--source-path=src/admin',
		`--output-path=${join(DIST, 'admin')}`,
	];
	try {
		await promisify(execFile)(process.execPath, [script, 'build', ...options], { cwd: ROOT });
	} catch (error) {
		// webpack writes what is wrong to standard output.
		const { stdout, stderr } = error as { stdout: string; stderr: string };
		throw new Error(`The settings page could not be built.\n${stdout}${stderr}`);
	}
}

/** The plugin, unpacked and as a zip, out of plugin/ and what the other steps have built. */
export async function assemblePlugin(): Promise<void> {
	await rm(PLUGIN, { recursive: true, force: true });
	await mkdir(join(PLUGIN, 'front-end'), { recursive: true });
	await cp(join(ROOT, 'plugin'), PLUGIN, { recursive: true });
	await cp(join(ROOT, 'LICENSE'), join(PLUGIN, 'LICENSE'));
	for (const script of [CONSENT, DEBUG]) {
		await cp(script, join(PLUGIN, 'front-end', basename(script)));
	}
	await writePhp(join(PLUGIN, 'front-end/inbox.php'), await readFile(FRONTEND, 'utf8'));
	await cp(join(DIST, 'admin'), join(PLUGIN, 'admin'), { recursive: true });
	await writeBlock(join(PLUGIN, 'admin/block'));
	await compileTranslations(join(PLUGIN, 'languages'));
	await writeFile(
		join(PLUGIN, 'settings.schema.json'),
		`${JSON.stringify(settingsJsonSchema(), null, '\t')}\n`
	);
	await writePhp(join(PLUGIN, 'icon-parts.php'), {
		elements: icon.ICON_ELEMENTS,
		links: icon.ICON_LINKS,
		namespaces: icon.ICON_NAMESPACES,
		attributes: icon.ICON_ATTRIBUTES,
	});
	for (const runtime of OFFERED) {
		await writeFolderScript(runtime, join(PLUGIN, `token-function/${runtime}.js`));
	}
	await writeLicences(PLUGIN, PLUGIN_BUNDLES);
	const zip = zipOf(PLUGIN_NAME, await filesIn(PLUGIN));
	await writeFile(join(DIST, `${PLUGIN_NAME}.zip`), zip);
}

/** block.json for wordpress.org, which lists blocks by it, and for PHP what register_block_type() wants of it. */
async function writeBlock(folder: string): Promise<void> {
	const json = await readFile(join(ROOT, 'src/block/block.json'), 'utf8');
	const { apiVersion, title, category, attributes, supports } = JSON.parse(json);
	const block = { api_version: apiVersion, title, category, attributes, supports };
	await writeFile(join(folder, 'block.json'), json);
	await writePhp(join(folder, 'block.php'), block);
}

/** A value for pages of the site: opcache keeps it, where a file that is not PHP would be read each time. */
async function writePhp(file: string, value: unknown): Promise<void> {
	await writeFile(file, `<?php\ndefined( 'ABSPATH' ) || exit;\nreturn ${json2php(value)};\n`);
}
