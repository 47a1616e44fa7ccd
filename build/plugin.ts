import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zipSync, type Zippable } from 'fflate';
import json2php from 'json2php';
import { settingsJsonSchema } from '../src/settings/json-schema.ts';
import type { RuntimeName } from './edge.ts';
import { CONSENT, DEBUG, DIST, EDGE, FRONTEND, PLUGIN, PLUGIN_NAME, ROOT } from './paths.ts';
import { compileTranslations } from './translations/compile.ts';

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

/** The token functions that the settings page offers to download. */
export const OFFERED = ['node', 'cloudflare', 'vercel', 'netlify'] as const satisfies RuntimeName[];

/** What such a download is called once it is unpacked: /opt/app-inbox, where its files expect to be. */
export const UNPACKED = 'app-inbox';

/** The plugin, unpacked and as a zip, out of plugin/ and what the other steps have built. */
export async function assemblePlugin(): Promise<void> {
	await rm(PLUGIN, { recursive: true, force: true });
	await mkdir(join(PLUGIN, 'front-end'), { recursive: true });
	await cp(join(ROOT, 'plugin'), PLUGIN, { recursive: true });
	await cp(join(ROOT, 'LICENSE'), join(PLUGIN, 'LICENSE'));
	await cp(FRONTEND, join(PLUGIN, 'front-end/inbox.js'));
	await cp(CONSENT, join(PLUGIN, 'front-end/consent.js'));
	await cp(DEBUG, join(PLUGIN, 'front-end/debug.js'));
	await cp(join(DIST, 'admin'), join(PLUGIN, 'admin'), { recursive: true });
	await writeBlock(join(PLUGIN, 'admin/block'));
	await compileTranslations(join(PLUGIN, 'languages'));
	await writeFile(
		join(PLUGIN, 'settings.schema.json'),
		`${JSON.stringify(settingsJsonSchema(), null, '\t')}\n`
	);
	await mkdir(join(PLUGIN, 'token-function'));
	for (const runtime of OFFERED) {
		const offered = await zip(join(EDGE, runtime), UNPACKED);
		await writeFile(join(PLUGIN, `token-function/${runtime}.zip`), offered);
	}
	await writeFile(join(DIST, `${PLUGIN_NAME}.zip`), await zip(PLUGIN, PLUGIN_NAME));
}

/**
 * block.json for wordpress.org, which lists blocks by it, and for PHP what register_block_type() wants
 * of it: opcache keeps that, where every page of the site would have to parse JSON.
 */
async function writeBlock(folder: string): Promise<void> {
	const json = await readFile(join(ROOT, 'src/block/block.json'), 'utf8');
	const { apiVersion, title, category, attributes, supports } = JSON.parse(json);
	const block = { api_version: apiVersion, title, category, attributes, supports };
	await writeFile(join(folder, 'block.json'), json);
	await writeFile(
		join(folder, 'block.php'),
		`<?php\ndefined( 'ABSPATH' ) || exit;\nreturn ${json2php(block)};\n`
	);
}

/** The same files give the same bytes: names in order, and one date for all. */
async function zip(folder: string, name: string): Promise<Uint8Array> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.sort();
	const files: Zippable = {};
	for (const path of paths) {
		files[`${name}/${path}`] = await readFile(join(folder, path));
	}
	return zipSync(files, { level: 9, mtime: new Date(2000, 0, 1) });
}
