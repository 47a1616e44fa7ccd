import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DIST, EDGE, PLUGIN, PLUGIN_NAME } from '../../build/paths.ts';
import { OFFERED, UNPACKED } from '../../build/plugin.ts';

const ZIP = join(DIST, `${PLUGIN_NAME}.zip`);
if (!existsSync(ZIP)) {
	throw new Error('The plugin is not built: run "npm run build" first.');
}
const plugin = unzipSync(readFileSync(ZIP));
const inPlugin = (runtime: string) => `${PLUGIN_NAME}/token-function/${runtime}.zip`;

/** A folder's files, each by its path in it. */
const filesOf = (folder: string) =>
	Object.fromEntries(
		readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map(({ parentPath, name }) => join(parentPath, name))
			.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')])
	);

const unpacked = (zip: Uint8Array) =>
	Object.fromEntries(
		Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, strFromU8(bytes)])
	);

describe('the folders to download', () => {
	it('are in the plugin, these and no others', () => {
		const found = Object.keys(plugin).filter((path) => path.includes('/token-function/'));
		expect(found.sort()).toEqual(OFFERED.map(inPlugin).sort());
	});

	it.each(OFFERED)('%s has what the build made, in one folder', (runtime) => {
		const files = unpacked(plugin[inPlugin(runtime)]!);
		const expected = Object.entries(filesOf(join(EDGE, runtime))).map(([path, text]) => [
			`${UNPACKED}/${path}`,
			text,
		]);
		expect(expected.length).toBeGreaterThan(2);
		expect(Object.keys(files).sort()).toEqual(expected.map(([path]) => path).sort());
		expect(files).toEqual(Object.fromEntries(expected));
	});

	it.each(OFFERED)('%s is the same in the zip and unpacked', (runtime) => {
		const file = readFileSync(join(PLUGIN, `token-function/${runtime}.zip`));
		expect(file.equals(plugin[inPlugin(runtime)]!)).toBe(true);
	});

	it.each(OFFERED)('%s has no value for the key, nor for any other secret', (runtime) => {
		for (const [path, text] of Object.entries(unpacked(plugin[inPlugin(runtime)]!))) {
			expect(path).not.toMatch(/\.env$|\.dev\.vars|\.pem$|\.map$/);
			if (!/\.m?js$/.test(path)) {
				expect(text).not.toMatch(
					/^\s*"?(ESPUTNIK_API_KEY|IDENTITY_SECRET|METRICS_TOKEN)"?\s*[:=]\s*"?\w/m
				);
			}
		}
	});
});
