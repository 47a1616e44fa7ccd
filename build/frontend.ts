import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { minify } from 'terser';
import { CONSENT, DEBUG, FRONTEND, LOADER, ROOT } from './paths.ts';
import { VERSION } from './version.ts';

/**
 * The front end, twice: `inbox.js` stands in each page of a WordPress, `loader.js` is served by the
 * token function to all other sites, and takes all that `appInbox.init` knows. Beside it a WordPress
 * page has `consent.js` where a consent may be withdrawn, and `debug.js` with `?app-inbox-debug`; the
 * loader has the latter in itself.
 */
export const SCRIPTS = [
	{ file: FRONTEND, entry: 'index', inline: true },
	{ file: LOADER, entry: 'loader', inline: false },
	{ file: CONSENT, entry: 'consent', inline: false },
	{ file: DEBUG, entry: 'debug/wordpress', inline: false },
];

export async function buildFrontend(): Promise<void> {
	await mkdir(dirname(FRONTEND), { recursive: true });
	for (const { file, ...script } of SCRIPTS) {
		await writeFile(file, await bundleFrontend(script));
	}
}

/**
 * One script that Safari 14 reads, our oldest browser; test/frontend/syntax.test.ts looks whether it
 * does. Terser makes it four per cent smaller than esbuild does: these options are the best of those
 * tried.
 */
export async function bundleFrontend({
	entry,
	inline,
}: {
	entry: string;
	inline: boolean;
}): Promise<string> {
	const bundle = await build({
		entryPoints: [join(ROOT, `src/frontend/${entry}.ts`)],
		bundle: true,
		format: 'iife',
		target: 'safari14',
		// Of destructuring Safari 14 may get one form wrong (compat-table/compat-table#2008), for which
		// esbuild refuses it all. The test refuses that form.
		supported: { destructuring: true },
		minifySyntax: true,
		define: { VERSION: JSON.stringify(VERSION), INLINE: String(inline) },
		// Without the "use strict" that our tsconfig.json would ask for.
		tsconfigRaw: {},
		write: false,
	});
	const { code } = await minify(bundle.outputFiles[0]!.text, {
		ecma: 2020,
		toplevel: true,
		compress: {
			ecma: 2020,
			hoist_funs: true,
			inline: 1,
			keep_fargs: false,
			lhs_constants: false,
			passes: 5,
			pure_getters: true,
			unsafe: true,
			unsafe_arrows: true,
		},
	});
	return code!;
}
