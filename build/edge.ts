import { cp, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { FRONTEND, NODE_SERVER, ROOT } from './paths.ts';
import { VERSION } from './version.ts';

/** Puts the front end's text and the version into a runtime's entry. */
const virtualLoader = (loader: string, version: string): Plugin => ({
	name: 'virtual-loader',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^virtual:loader$/ }, ({ path }) => ({ path, namespace: 'virtual' }));
		onLoad({ filter: /./, namespace: 'virtual' }, () => ({
			contents: `export const loader = ${JSON.stringify(loader)};
export const version = ${JSON.stringify(version)};`,
		}));
	},
});

/** Bundles Node's entry with this front end into one file without dependencies. */
export async function bundleNode(outfile: string, loader: string, version: string): Promise<void> {
	await build({
		entryPoints: [join(ROOT, 'src/edge/runtimes/node-server.ts')],
		outfile,
		bundle: true,
		minify: true,
		legalComments: 'none',
		platform: 'node',
		target: 'node20',
		format: 'esm',
		// undici is CommonJS and asks for Node's own modules by require.
		banner: {
			js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
		},
		plugins: [virtualLoader(loader, version)],
	});
}

/** The token function for Node, and what its owner copies beside it. */
export async function buildNode(): Promise<void> {
	await bundleNode(NODE_SERVER, await readFile(FRONTEND, 'utf8'), VERSION);
	await cp(join(ROOT, 'build/edge-node'), dirname(NODE_SERVER), { recursive: true });
}
