import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { BUNDLE, inputsOf, noteBundle } from './bundled.ts';
import type { RuntimeName } from './edge.ts';
import { EDGE, ROOT } from './paths.ts';

/** The token functions that the settings page offers to download. */
export const OFFERED = ['node', 'cloudflare', 'vercel', 'netlify'] as const satisfies RuntimeName[];

/** The script that makes a zip of dist/edge/<runtime>/ in the browser. */
export async function writeFolderScript(runtime: RuntimeName, outfile: string): Promise<void> {
	const files = await filesIn(join(EDGE, runtime));
	const { metafile } = await build({
		entryPoints: [join(ROOT, 'src/admin/folder/folder-script.ts')],
		outfile,
		...BUNDLE,
		format: 'iife',
		target: 'es2020',
		// Whatever charset the site says its scripts are in.
		charset: 'ascii',
		plugins: [virtualFolder(runtime, files)],
	});
	await noteBundle(`folder-${runtime}`, inputsOf(metafile));
}

/** A folder's files, each by its path in it, in order. */
export async function filesIn(folder: string): Promise<Record<string, Uint8Array>> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
	return Object.fromEntries(
		await Promise.all(
			paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path)])
		)
	);
}

const virtualFolder = (runtime: RuntimeName, files: Record<string, Uint8Array>): Plugin => ({
	name: 'virtual-folder',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^virtual:folder$/ }, ({ path }) => ({ path, namespace: 'folder' }));
		onLoad({ filter: /./, namespace: 'folder' }, () => {
			const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
			const texts = Object.entries(files).map(([path, bytes]) => [path, utf8.decode(bytes)]);
			return {
				contents: JSON.stringify({ runtime, files: Object.fromEntries(texts) }),
				loader: 'json',
			};
		});
	},
});
