import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundleForTests } from '../../edge/node-process.ts';

/** The programs that are measured, each a file for Node. */
export interface Programs {
	/** The token function as it is now in src/, bundled as the build bundles it. */
	edge: string;
	bareProxy: string;
	bareHttp: string;
	honoProxy: string;
	/** A folder for logs, which goes with the programs. */
	folder: string;
	remove: () => Promise<void>;
}

/** The baselines are bundled like the token function: loading many files would be their handicap. */
export async function bundlePrograms(): Promise<Programs> {
	const { file, remove } = await bundleForTests();
	const folder = dirname(file);
	await build({
		entryPoints: ['bare-http', 'bare-proxy', 'hono-proxy'].map((name) =>
			join(import.meta.dirname, `${name}.ts`)
		),
		outdir: join(folder, 'bare'),
		outExtension: { '.js': '.cjs' },
		bundle: true,
		minify: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
	});
	return {
		edge: file,
		bareProxy: join(folder, 'bare/bare-proxy.cjs'),
		bareHttp: join(folder, 'bare/bare-http.cjs'),
		honoProxy: join(folder, 'bare/hono-proxy.cjs'),
		folder,
		remove,
	};
}
