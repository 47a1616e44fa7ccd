import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLUGIN_NAME, ROOT } from '../../build/paths.ts';
import { ROUTES } from '../../src/edge/routes.ts';
import { defaultSettings } from '../../src/settings/schema.ts';
import { codeOf, filesIn, namesIn, PAGES, spansOf, tablesOf, textIn } from './pages.ts';

/*
 * What a page writes as code and what looks like a name of ours is one. The other way round, that
 * what the code has is in a page: openapi, environment, app-inbox, settings, commands and hooks.
 */
const php = textIn(['plugin'], /\.php$/);
const code = [
	php,
	textIn(['src', 'gtm-template/src', 'docs/other-sites'], /\.(tsx?|js|json|py|rb|mjs|php)$/),
].join();
const words = new Set(code.match(/[\w$]+/g));
/** The programs and what they come with, which name the files that they make. */
const programs = [
	`${PLUGIN_NAME}.zip`,
	textIn(
		['build', 'src', 'test/demo', 'test/bench', 'test/e2e'],
		/\.(ts|mjs|toml|conf|service|json|yaml)$/
	),
].join('\n');

const matches = (texts: string[], pattern: RegExp) =>
	texts.flatMap((text) => [...text.matchAll(pattern)].map(([all, first]) => first ?? all));

describe.each(PAGES)('in %s', (page) => {
	const codes = codeOf(page);
	const spans = spansOf(page);

	it('every variable exists', () => {
		const known = tablesOf('docs/environment.md')
			.filter(({ head }) => ['variable', 'binding'].includes(head[0]!))
			.flatMap(({ rows }) => namesIn(rows));
		const named = matches(codes, /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g);
		const set = matches(codes, /(?:^|\s)([A-Z][A-Z_]+)=/g);
		expect(
			[...named, ...set].filter((name) => !known.includes(name) && !isConstant(name))
		).toEqual([]);
	});

	it('every route exists', () => {
		const below = matches(
			codes,
			/(?<![^\s"'(])(?:https?:\/\/[^\s/]+)?\/app-inbox((?:\/[\w.-]*)*)(?![\w.-])/g
		);
		const alone = matches(spans, /^(?:[A-Z]+ )?(\/[a-z.]*)$/g);
		const asked = matches(spans, /^([A-Z]+ \/[\w.]*)$/g);
		const paths = [...below.map((path) => path || '/'), ...alone];
		expect(paths.filter((path) => !ROUTES.has(path) && !OTHER_PATHS.includes(path))).toEqual(
			[]
		);
		const known = [...ROUTES].flatMap(([path, { methods }]) =>
			Object.keys(methods).map((method) => `${method} ${path}`)
		);
		expect(asked.filter((one) => !known.includes(one))).toEqual([]);
	});

	it('every hook, option, cookie, action and shortcode exists', () => {
		const named = matches(codes, /\b_?app_inbox\w*/g);
		expect(named.filter((name) => !words.has(name))).toEqual([]);
	});

	it('every file and folder exists', () => {
		const paths = matches(
			codes,
			/(?<![\w./-])((?:src|docs|build|test|plugin|gtm-template|dist|\.wordpress-org)\/[\w./-]*)/g
		);
		expect(
			paths.filter((path) =>
				path.startsWith('dist/')
					? !programs.includes(basename(path))
					: !existsSync(join(ROOT, path))
			)
		).toEqual([]);
		const names = matches(
			spans,
			/^[\w-]+(?:\.[\w-]+)*\.(?:[cm]?js|ts|json|yaml|toml|conf|tpl|md|env|example|service|png|svg|php)$/g
		);
		const folders = dirname(page) === '.' ? ['docs', 'src'] : [dirname(page)];
		const here = filesIn(folders, /./).map((path) => basename(path));
		expect(
			names.filter(
				(name) =>
					!here.includes(name) && !programs.includes(name) && !OF_WORDPRESS.includes(name)
			)
		).toEqual([]);
	});

	it('every setting, option and property exists', () => {
		const named = matches(spans, /\b[a-z]+[A-Z]\w*\b/g);
		expect(named.filter((name) => !words.has(name))).toEqual([]);
		const settings = defaultSettings() as unknown as Record<string, object>;
		const dotted = spans.filter((span) => /^(features|placement)\./.test(span));
		expect(
			dotted.filter((span) => {
				const [group = '', name = ''] = span.split('.');
				return !(name in settings[group]!);
			})
		).toEqual([]);
	});
});

/** WordPress's and the plugin's own. */
const isConstant = (name: string) => name === 'WP_DEBUG' || new RegExp(`\\b${name}\\b`).test(php);

/** The base path, another one as an example, and an address of the site itself. */
const OTHER_PATHS = ['/app-inbox', '/inbox', '/inbox-identity'];
const OF_WORDPRESS = ['functions.php', 'wp-config.php'];

describe('the folders to deploy', () => {
	it.each(filesIn(['build/edge'], /\.env\.example$/))('%s sets variables that exist', (file) => {
		const set = textIn([dirname(file)], /\.env\.example$/).match(/^[A-Z_]+(?==)/gm)!;
		const [{ rows } = { rows: [] }] = tablesOf('docs/environment.md');
		expect(set.length).toBeGreaterThan(1);
		expect(set.filter((name) => !namesIn(rows).includes(name))).toEqual([]);
	});
});
