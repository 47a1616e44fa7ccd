import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { minify } from 'terser';
import { FRONTEND, ROOT } from './paths.ts';
import { VERSION } from './version.ts';

/**
 * The front end as one script in ES2021, which Safari 14 reads. Terser makes it four per cent smaller
 * than esbuild does, and it stands in every page: these options are the best of those tried.
 */
export async function buildFrontend(): Promise<void> {
	const bundle = await build({
		entryPoints: [join(ROOT, 'src/frontend/index.ts')],
		bundle: true,
		format: 'iife',
		target: 'es2021',
		minifySyntax: true,
		define: { VERSION: JSON.stringify(VERSION) },
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
	await mkdir(dirname(FRONTEND), { recursive: true });
	await writeFile(FRONTEND, code!);
}
