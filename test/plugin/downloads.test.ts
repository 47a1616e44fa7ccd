import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { filesIn, OFFERED } from '../../build/folder.ts';
import { DIST, EDGE, PLUGIN, PLUGIN_NAME } from '../../build/paths.ts';
import { UNPACKED } from '../../src/admin/folder/zip.ts';

const ZIP = join(DIST, `${PLUGIN_NAME}.zip`);
if (!existsSync(ZIP)) {
	throw new Error('The plugin is not built: run "npm run build" first.');
}
const plugin = unzipSync(readFileSync(ZIP));
const inPlugin = (runtime: string) => `${PLUGIN_NAME}/token-function/${runtime}.js`;

/** What the plugin's script makes in a browser. */
function madeOf(runtime: string): Uint8Array {
	const window: Pick<Window, 'appInboxFolders'> = {};
	const script = strFromU8(plugin[inPlugin(runtime)]!);
	// In the browser both are one realm's; fflate looks whose its bytes are.
	runInNewContext(script, { window, TextEncoder, Uint8Array, Uint16Array, Int32Array, Date });
	expect(Object.keys(window.appInboxFolders!)).toEqual([runtime]);
	return window.appInboxFolders![runtime]!();
}

describe('the folders to download', () => {
	it('are in the plugin, these and no others', () => {
		const found = Object.keys(plugin).filter((path) => path.includes('/token-function/'));
		expect(found.sort()).toEqual(OFFERED.map(inPlugin).sort());
	});

	it.each(OFFERED)('%s has what the build made, byte by byte, in one folder', async (runtime) => {
		const expected = Object.entries(await filesIn(join(EDGE, runtime))).map(
			([path, bytes]): [string, Buffer] => [`${UNPACKED}/${path}`, Buffer.from(bytes)]
		);
		const made = Object.entries(unzipSync(madeOf(runtime))).map(
			([path, bytes]): [string, Buffer] => [path, Buffer.from(bytes)]
		);
		expect(expected.length).toBeGreaterThan(2);
		expect(made.map(([path]) => path)).toEqual(expected.map(([path]) => path).sort());
		for (const [path, bytes] of made) {
			expect([path, bytes.equals(Object.fromEntries(expected)[path]!)]).toEqual([path, true]);
		}
	});

	it('are the same bytes each time, whatever the hour and the place', () => {
		const first = Buffer.from(madeOf('cloudflare'));
		vi.stubEnv('TZ', 'Pacific/Auckland');
		expect(first.equals(madeOf('cloudflare'))).toBe(true);
		vi.unstubAllEnvs();
		expect([...first.subarray(10, 14)]).toEqual([0, 0, 0x21, 0x28]); // Midnight, 1 January 2000.
	});

	it.each(OFFERED)(
		'%s is the same in the zip and unpacked, in letters of any charset',
		(runtime) => {
			const file = readFileSync(join(PLUGIN, `token-function/${runtime}.js`));
			expect(file.equals(plugin[inPlugin(runtime)]!)).toBe(true);
			expect(file.every((byte) => byte < 0x80)).toBe(true);
		}
	);

	it.each(OFFERED)('%s has no value for the key, nor for any other secret', (runtime) => {
		for (const [path, bytes] of Object.entries(unzipSync(madeOf(runtime)))) {
			expect(path).not.toMatch(/\.env$|\.dev\.vars|\.pem$|\.map$/);
			if (!/\.m?js$/.test(path)) {
				expect(strFromU8(bytes)).not.toMatch(
					/^\s*"?(ESPUTNIK_API_KEY|IDENTITY_SECRET|METRICS_TOKEN)"?\s*[:=]\s*"?\w/m
				);
			}
		}
	});
});
