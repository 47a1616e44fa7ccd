import { cp, readFile, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { BUNDLE, inputsOf, noteBundle } from './bundled.ts';
import { writeLicences } from './licences.ts';
import { EDGE, LOADER, ROOT } from './paths.ts';
import { rootPage, rootPageInputs } from './root-page.ts';
import { VERSION } from './version.ts';

/** The runtimes, each with the file below `dist/edge/<name>/` that its platform starts. */
export const RUNTIMES = {
	node: 'server.mjs',
	cloudflare: 'worker.js',
	deno: 'server.js',
	bun: 'server.js',
	vercel: 'api/index.mjs',
	netlify: 'netlify/edge-functions/app-inbox.js',
} as const;
export type RuntimeName = keyof typeof RUNTIMES;

/** What is bundled in a runtime's folder, by the names of dist/bundled/. */
export const bundlesOf = (runtime: RuntimeName) => [`edge-${runtime}`, 'root-page'];

/** Bundles a runtime's entry with this front end into a file that needs no dependencies. */
export async function bundleEdge(
	runtime: RuntimeName,
	outfile: string,
	loader: string,
	version: string
): Promise<Metafile> {
	const { metafile } = await build({
		entryPoints: [
			join(ROOT, `src/edge/runtimes/${runtime === 'node' ? 'node-server' : runtime}.ts`),
		],
		...BUNDLE,
		target: 'es2022',
		format: 'esm',
		charset: 'utf8',
		...(runtime === 'node' ? nodeOptions(outfile) : { outfile }),
		// Of Node's own modules the web's runtimes know some, and the others need none.
		external: ['node:*'],
		plugins: [virtualLoader(loader, version)],
	});
	return metafile!;
}

/** `dist/edge/<runtime>/` for all of them: the bundle, and what its owner needs beside it. */
export async function buildEdge(): Promise<void> {
	const loader = await readFile(LOADER, 'utf8');
	const runtimes = Object.entries(RUNTIMES) as Array<[RuntimeName, string]>;
	await Promise.all(
		runtimes.map(async ([runtime, entry]) => {
			const folder = join(EDGE, runtime);
			// Parts of an older bundle have other names.
			await rm(folder, { recursive: true, force: true });
			const metafile = await bundleEdge(runtime, join(folder, entry), loader, VERSION);
			await noteBundle(`edge-${runtime}`, inputsOf(metafile));
			await cp(join(ROOT, 'build/edge', runtime), folder, { recursive: true });
			await cp(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
		})
	);
	await noteBundle('root-page', await rootPageInputs(VERSION));
	for (const [runtime] of runtimes) {
		await writeLicences(join(EDGE, runtime), bundlesOf(runtime));
	}
}

/** What Node needs only later, the clients for HTTP and Redis and the root page, is in files of its own. */
const nodeOptions = (outfile: string): BuildOptions => ({
	platform: 'node',
	target: 'node20',
	splitting: true,
	outdir: dirname(outfile),
	entryNames: basename(outfile, extname(outfile)),
	chunkNames: '[name]-[hash]',
	outExtension: { '.js': extname(outfile) },
	// They are CommonJS and ask for Node's own modules by require.
	banner: {
		js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
	},
});

/** Puts the front end's text, the root page and the version into a runtime's entry. */
export const virtualLoader = (loader: string, version: string): Plugin => ({
	name: 'virtual-loader',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^virtual:loader$/ }, ({ path }) => ({ path, namespace: 'virtual' }));
		onLoad({ filter: /./, namespace: 'virtual' }, () => ({
			contents: `export const loader = ${JSON.stringify(loader)};
export const rootPage = async () => (await import('root-page')).default;
export const version = ${JSON.stringify(version)};`,
		}));
		onResolve({ filter: /^root-page$/, namespace: 'virtual' }, ({ path }) => ({
			path,
			namespace: 'root-page',
		}));
		onLoad({ filter: /./, namespace: 'root-page' }, async () => ({
			contents: `export default ${JSON.stringify(await rootPage(version))};`,
		}));
	},
});
