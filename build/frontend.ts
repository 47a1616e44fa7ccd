import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { minify } from 'terser';
import { CONSENT, DEBUG, FRONTEND, LOADER, ROOT } from './paths.ts';
import { VERSION } from './version.ts';

/**
 * The front end, twice: `inbox.js` stands in each page of a WordPress, `loader.js` is served by the
 * token function to all other sites, and takes all that `appInbox.init` knows. Beside
 * it a WordPress page has `consent.js` where a consent may be withdrawn, and `debug.js` with
 * `?app-inbox-debug`; the loader has the latter in itself.
 */
export async function buildFrontend(): Promise<void> {
	await mkdir(dirname(FRONTEND), { recursive: true });
	await writeFile(FRONTEND, await bundleFrontend('index', { inline: true }));
	await writeFile(LOADER, await bundleFrontend('loader', { inline: false }));
	await writeFile(CONSENT, await bundleFrontend('consent', { inline: false }));
	await writeFile(DEBUG, await bundleFrontend('debug/wordpress', { inline: false }));
}

/**
 * One script in ES2021, which Safari 14 reads. Terser makes it four per cent smaller than esbuild
 * does: these options are the best of those tried.
 */
async function bundleFrontend(entry: string, { inline }: { inline: boolean }): Promise<string> {
	const bundle = await build({
		entryPoints: [join(ROOT, `src/frontend/${entry}.ts`)],
		bundle: true,
		format: 'iife',
		target: 'es2021',
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
			passes: 3,
			pure_getters: true,
			unsafe: true,
			unsafe_arrows: true,
		},
	});
	return code!;
}
