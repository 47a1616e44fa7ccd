/** What a WordPress page carries, configuration included: bytes after gzip. */
export const INLINE = 2048;

interface Budget {
	what: string;
	/** Below dist/; of a folder all files, or only those with the ending. */
	path: string;
	ending?: string;
	/** As it is sent to browsers and platforms, or as it lies on a disk. */
	as: 'gzip' | 'file';
	/** In bytes. A larger one needs a reason in its commit. */
	most: number;
}

/** The sizes of all that the build makes. */
export const BUDGETS: Budget[] = [
	{ what: 'loader.js', path: 'frontend/loader.js', as: 'gzip', most: 5_056 },
	{ what: 'consent.js', path: 'frontend/consent.js', as: 'gzip', most: 320 },
	{ what: 'debug.js', path: 'frontend/debug.js', as: 'gzip', most: 3_072 },
	{ what: 'settings page', path: 'admin/index.js', as: 'gzip', most: 65_024 },
	{ what: 'settings page, style', path: 'admin/index.css', as: 'gzip', most: 5_120 },
	{ what: 'Tag Manager guide', path: 'admin/tag-manager.js', as: 'gzip', most: 26_624 },
	{ what: 'selectors', path: 'admin/selector.js', as: 'gzip', most: 6_144 },
	{ what: 'signing key', path: 'admin/signing-key.js', as: 'gzip', most: 1_536 },
	{ what: 'block', path: 'admin/block/index.js', as: 'gzip', most: 1_280 },
	{ what: 'editor', path: 'admin/editor/index.js', as: 'gzip', most: 768 },
	{ what: 'token function: Node', path: 'edge/node', ending: '.mjs', as: 'gzip', most: 235_520 },
	...['cloudflare', 'deno', 'bun', 'netlify'].map((runtime): Budget => ({
		what: `token function: ${runtime}`,
		path: `edge/${runtime}`,
		ending: '.js',
		as: 'gzip',
		most: 73_728,
	})),
	{
		what: 'token function: vercel',
		path: 'edge/vercel',
		ending: '.mjs',
		as: 'gzip',
		most: 73_728,
	},
	{ what: 'command line', path: 'cli', as: 'gzip', most: 317_440 },
	{ what: 'Tag Manager template', path: 'gtm/template.tpl', as: 'file', most: 56_320 },
	{ what: 'plugin, zip', path: 'app-inbox-for-esputnik.zip', as: 'file', most: 917_504 },
	{ what: 'plugin, installed', path: 'app-inbox-for-esputnik', as: 'file', most: 2_916_352 },
];
