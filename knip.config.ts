import type { KnipConfig } from 'knip';

/** `npm run check:lint` refuses files, exports and packages that nothing uses. */
const config: KnipConfig = {
	project: ['{src,build,test}/**/*.{ts,tsx,mjs,cjs}'],
	entry: [
		// What build/ hands to esbuild by name.
		'src/frontend/{index,loader,consent,debug/wordpress}.ts',
		'src/edge/runtimes/{node-server,cloudflare,deno,bun,vercel,netlify}.ts',
		'src/edge/root-page/page.ts',
		'src/cli/main.ts',
		'src/admin/folder/folder-script.ts',
		// Programs that tests start.
		'test/bench/edge/{bare,hono}-*.ts',
		'test/edge/stand-ins/*.mjs',
		'test/wordpress/server.ts',
	],
	webpack: { config: 'build/admin/webpack.config.cjs' },
	// A type may have a name for the sake of what an exported function takes or answers.
	ignoreExportsUsedInFile: { type: true, interface: true },
	ignoreDependencies: [
		// WordPress has them in the page; their types are in wordpress.d.ts.
		/^@wordpress\/(block-editor|blocks|data|edit-post|editor|plugins)$/,
		// Parts of @wordpress/scripts and of @wp-playground/cli, in the versions that these take.
		'@babel/plugin-transform-react-jsx',
		'@wordpress/babel-preset-default',
		'@wp-playground/blueprints',
		// Its files are read, not imported.
		'@wp-playground/wordpress-builds',
	],
	// The first two are parts of @wordpress/scripts; the others are the system's.
	ignoreBinaries: ['eslint', 'prettier', 'php', 'phpcs', 'taskset'],
};

export default config;
