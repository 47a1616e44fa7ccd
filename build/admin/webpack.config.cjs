/**
 * Builds the settings page, and the block for the editor, for every WordPress from 6.3 on:
 *
 *     npx wp-scripts build --config build/admin/webpack.config.cjs --source-path=src/admin --output-path=<folder>
 *
 * writes index.js, index.asset.php, index.css, index-rtl.css, tag-manager.js and selector.js, which
 * index.js loads on demand, signing-key.js, block/index.js, editor/index.js, and an asset.php for each script.
 * The folder is emptied first, so it must hold nothing else.
 */
const fs = require('node:fs');
const path = require('node:path');
const defaults = require('@wordpress/scripts/config/webpack.config');

const root = path.resolve(__dirname, '../..');

/** What each may ask WordPress for; all of these exist in 6.3. */
const SCRIPTS_OF_WORDPRESS_6_3 = {
	'index.asset.php': ['wp-api-fetch', 'wp-components', 'wp-element', 'wp-i18n'],
	// Loaded by the first, so that it gets nothing but what that has got already.
	'tag-manager.asset.php': ['wp-components', 'wp-element', 'wp-i18n'],
	'signing-key.asset.php': ['wp-api-fetch', 'wp-components', 'wp-element', 'wp-i18n'],
	'block/index.asset.php': [
		'wp-block-editor',
		'wp-blocks',
		'wp-components',
		'wp-element',
		'wp-i18n',
	],
	'editor/index.asset.php': [
		'wp-components',
		'wp-data',
		'wp-edit-post',
		'wp-editor',
		'wp-element',
		'wp-i18n',
		'wp-plugins',
	],
};

/**
 * Fails the build when an asset.php names a script that WordPress 6.3 lacks. WordPress says
 * nothing about a missing dependency: it leaves our script out, and the page stays empty. That is
 * what `react-jsx-runtime` (6.6 and on) does to a default build of @wordpress/scripts.
 */
class OnlyOldDependencies {
	apply(compiler) {
		const { Compilation, WebpackError } = compiler.webpack;
		compiler.hooks.thisCompilation.tap('OnlyOldDependencies', (compilation) => {
			const stage = Compilation.PROCESS_ASSETS_STAGE_REPORT;
			compilation.hooks.processAssets.tap({ name: 'OnlyOldDependencies', stage }, () => {
				for (const [name, allowed] of Object.entries(SCRIPTS_OF_WORDPRESS_6_3)) {
					const asset = compilation.getAsset(name)?.source.source().toString();
					const [, list] = /'dependencies' => array\(([^)]*)\)/.exec(asset ?? '') ?? [];
					const named = list?.match(/[\w-]+/g) ?? [];
					const unknown = named.filter((script) => !allowed.includes(script));
					if (!named.includes('wp-element') || unknown.length > 0) {
						compilation.errors.push(
							new WebpackError(
								`${name} must name wp-element, and nothing but ${allowed.join(', ')}; it says: ${asset}`
							)
						);
					}
				}
			});
		});
	}
}

/** Notes what the scripts are made of, as build/bundled.ts does for the other bundles. */
class NoteBundle {
	apply(compiler) {
		compiler.hooks.done.tap('NoteBundle', ({ compilation }) => {
			const inputs = new Set();
			for (const module of compilation.modules) {
				if (compilation.chunkGraph.getNumberOfModuleChunks(module) > 0) {
					for (const { resource } of module.modules ?? [module]) {
						if (resource) {
							inputs.add(path.relative(root, resource).replaceAll(path.sep, '/'));
						}
					}
				}
			}
			const folder = path.join(root, 'dist/bundled');
			fs.mkdirSync(folder, { recursive: true });
			const text = JSON.stringify([...inputs].sort(), null, '\t');
			fs.writeFileSync(path.join(folder, 'admin.json'), `${text}\n`);
		});
	}
}

/** `virtual:gtm-sources`, which is no address that an alias could stand for. */
class GtmSources {
	apply(compiler) {
		new compiler.webpack.NormalModuleReplacementPlugin(
			/^virtual:gtm-sources$/,
			path.join(root, 'dist/gtm/sources.json')
		).apply(compiler);
	}
}

/** WordPress's Babel preset with JSX as `React.createElement`: see `OnlyOldDependencies`. */
const withClassicJsx = (rule) =>
	String(rule.test) === String(/\.m?(j|t)sx?$/) && Array.isArray(rule.use)
		? {
				...rule,
				use: rule.use.map(({ loader, options }) => ({
					loader,
					options: {
						...options,
						plugins: [
							...(options.plugins ?? []),
							[
								require.resolve('@babel/plugin-transform-react-jsx', {
									paths: [require.resolve('@wordpress/babel-preset-default')],
								}),
								{ runtime: 'classic' },
							],
						],
					},
				})),
			}
		: rule;

/**
 * Leaves out the notes for translators, which are in plugin/languages (npm run translations). Of the
 * front end's options (build/frontend.ts) these help here too; the unsafe ones stay out, since not all
 * that is bundled is ours.
 */
const smaller = (minimizer) =>
	minimizer.constructor.name === 'TerserPlugin'
		? new minimizer.constructor({
				extractComments: false,
				terserOptions: {
					...minimizer.options.minimizer.options,
					compress: { passes: 3, inline: 1, lhs_constants: false },
					output: { comments: false },
				},
			})
		: minimizer;

module.exports = {
	...defaults,
	context: root,
	entry: {
		index: path.join(root, 'src/admin/index.tsx'),
		'tag-manager': path.join(root, 'src/admin/tag-manager/guide-script.ts'),
		selector: path.join(root, 'src/admin/picker/selector-script.ts'),
		'signing-key': path.join(root, 'src/admin/signing-key/index.tsx'),
		'block/index': path.join(root, 'src/block/index.tsx'),
		'editor/index': path.join(root, 'src/editor/index.tsx'),
	},
	module: { ...defaults.module, rules: defaults.module.rules.map(withClassicJsx) },
	plugins: [...defaults.plugins, new GtmSources(), new NoteBundle(), new OnlyOldDependencies()],
	optimization: {
		...defaults.optimization,
		minimizer: defaults.optimization.minimizer.map(smaller),
	},
	performance: { hints: false },
};
