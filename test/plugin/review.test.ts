import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DIST, PLUGIN_NAME, ROOT } from '../../build/paths.ts';
import { parsePhp, type PhpFile } from './php.ts';
import { pluginHeader } from './readme.ts';
import * as rules from './review-rules.ts';
import type { Rule } from './review-rules.ts';

const folder = join(ROOT, 'plugin');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.php'))
	.map((name) => parsePhp(name, readFileSync(join(folder, name), 'utf8')));

/** A file of the plugin with this in it. */
const withFault = (code: string, name = 'fault.php'): PhpFile[] => [
	parsePhp(name, `<?php\nnamespace AppInboxForESputnik;\n${code}\n`),
];

/** Plugin Check's checks that read PHP, by its names: the rule that stands for each, and what it would find. */
const CHECKS: [check: string, rule: Rule, faults: string[]][] = [
	[
		'late_escaping',
		rules.lateEscaping,
		['echo $x;', "printf( '<a>%s</a>', __( 'a' ) );", 'wp_die( $x );', "_e( 'a' );"],
	],
	[
		'nonce_verification',
		rules.entryPoints,
		[
			"add_action( 'wp_ajax_nopriv_x', 'f' );",
			"add_action( 'admin_post_x', static function () {\n\tcurrent_user_can( 'read' );\n} );",
			"register_rest_route( 'a', 'b', array( 'permission_callback' => '__return_true' ) );",
			"register_rest_route( 'a', 'b', array() );",
			"register_post_meta( 'post', 'x', array( 'show_in_rest' => true ) );",
			"add_options_page( 'a', 'b', 'read', 'c', 'd' );",
			"function f() {\n\twp_verify_nonce( $_POST['x'] );\n}",
			"return $_GET['x'];",
		],
	],
	['direct_file_access', rules.directFileAccess, ["defined( 'ABSPATH' );", 'return 1;']],
	[
		'i18n_usage',
		rules.i18nUsage,
		["__( 'a' );", "__( 'a', 'default' );", "esc_html__( $x, 'app-inbox-for-esputnik' );"],
	],
	[
		'prefixing',
		rules.prefixing,
		[
			"add_option( 'bell', 1 );",
			"const KEY = 'bell';\nget_post( 1 );\nupdate_post_meta( 1, KEY, 2 );",
			"apply_filters( 'bell', 1 );",
			"wp_enqueue_script( 'bell' );",
			"define( 'BELL', 1 );",
			'$bell = 1;',
			'foreach ( f() as $bell ) {\n}',
		],
	],
	[
		'direct_db_queries, direct_db',
		rules.directDatabase,
		["$wpdb->get_var( 'x' );", 'dbDelta( 1 );'],
	],
	['performant_wp_query_params', rules.queryParameters, ['new \\WP_Query( array() );']],
	[
		'code_obfuscation',
		rules.obfuscation,
		["eval( 'x' );", "base64_decode( 'x' );", '`ls`;', `$app_inbox_x = '${'a'.repeat(200)}';`],
	],
	['write_file', rules.writesNoFile, ["file_put_contents( 'a', 'b' );"]],
	[
		'enqueued_resources',
		rules.ownResources,
		[
			"wp_enqueue_script( 'a', 'https://example.com/a.js', array(), '1', true );",
			"wp_enqueue_style( 'a', plugins_url( 'a.css' ), array(), null );",
			"wp_register_script( 'a', plugins_url( 'a.js' ), array() );",
			"wp_print_script_tag( array( 'src' => $x ) );",
		],
	],
	[
		'enqueued_scripts_in_footer',
		rules.inFooter,
		["wp_enqueue_script( 'a', plugins_url( 'a.js' ), array(), '1' );"],
	],
	[
		'enqueued_scripts_scope, enqueued_styles_scope, enqueued_styles_size, non_blocking_scripts',
		rules.outOfScope,
		["add_action( 'wp_enqueue_scripts', 'f' );"],
	],
	[
		'offloading_files, ai_provider',
		rules.noOtherHosts,
		[
			"f( 'https://cdn.example.com/a' );",
			"f( 'https://esputnik.com/a.png' );",
			"f( '//a.io' );",
		],
	],
	['safe_redirect', rules.safeRedirect, ["wp_redirect( 'x' );", "header( 'Location: x' );"]],
	[
		'plugin_updater',
		rules.noUpdater,
		["add_filter( 'pre_set_site_transient_update_plugins', 'f' );"],
	],
	['localhost', rules.noLocalhost, ["f( 'http://127.0.0.1/' );"]],
	[
		'no_unfiltered_uploads',
		rules.noUnfilteredUploads,
		["define( 'ALLOW_UNFILTERED_UPLOADS', true );"],
	],
	[
		'plugin_content',
		rules.noReviewLinks,
		["f( 'wordpress.org/support/plugin/x/reviews/?filter=5' );"],
	],
	[
		'external_admin_menu_links, menu_image_icon',
		rules.menus,
		["add_menu_page( 'a', 'b', 'manage_options', 'c', 'd', 'icon.png' );"],
	],
	['setting_sanitization', rules.settingSanitization, ["register_setting( 'a', 'b', array() );"]],
	['personal_data_exporter', rules.storesNobody, ["update_user_meta( 1, 'a', 'b' );"]],
	['minified_files', rules.readable, [`f( '${'a '.repeat(300)}' );`]],
	[
		'explained exceptions',
		rules.explained,
		['f(); // phpcs:ignore', 'f(); // phpcs:disable A.B'],
	],
];

/** The others, and why they are not here. */
const ELSEWHERE = {
	plugin_readme: 'test/plugin/store.test.ts',
	plugin_review_phpcs: 'test/plugin/phpcs.test.ts, with the standard that can be had',
	plugin_header_fields: 'below',
	plugin_uninstall: 'below',
	trademarks: 'below',
	file_type: 'below',
	react_usage: 'below',
	enqueued_scripts_size: 'below; on the site’s own pages nothing is enqueued',
	wp_functions_compatibility: 'below',
};

describe('the plugin’s PHP, as Plugin Check reads it', () => {
	it.each(CHECKS)('%s', (_, rule, faults) => {
		expect(rule(files)).toEqual([]);
		for (const fault of faults) {
			expect([fault, rule(withFault(fault)).length > 0]).toEqual([fault, true]);
		}
	});

	it('leaves none of its checks out unsaid', () => {
		const all =
			'ai_provider code_obfuscation direct_db direct_db_queries direct_file_access enqueued_resources enqueued_scripts_in_footer enqueued_scripts_scope enqueued_scripts_size enqueued_styles_scope enqueued_styles_size external_admin_menu_links file_type i18n_usage late_escaping localhost menu_image_icon minified_files no_unfiltered_uploads non_blocking_scripts nonce_verification offloading_files performant_wp_query_params personal_data_exporter plugin_content plugin_header_fields plugin_readme plugin_review_phpcs plugin_uninstall plugin_updater prefixing react_usage safe_redirect setting_sanitization trademarks wp_functions_compatibility write_file';
		const here = CHECKS.flatMap(([names]) => names.split(', '));
		const named = [...here, ...Object.keys(ELSEWHERE)].filter((name) => !name.includes(' '));
		expect(named.sort()).toEqual(all.split(' '));
	});

	it('plugin_uninstall', () => {
		expect(files.map(({ name }) => name)).toContain('uninstall.php');
		expect(rules.uninstallGuard(files)).toEqual([]);
		expect(rules.uninstallGuard(withFault('return;', 'uninstall.php'))).toHaveLength(1);
	});

	it('plugin_header_fields and trademarks', () => {
		const header = pluginHeader(readFileSync(join(folder, `${PLUGIN_NAME}.php`), 'utf8'));
		expect(header).toEqual({
			'Plugin Name': expect.stringMatching(/^[\w ]{5,50}$/),
			Description: expect.stringMatching(/^[^<>]{20,140}$/),
			Version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
			'Requires at least': expect.stringMatching(/^\d+\.\d+$/),
			'Requires PHP': expect.stringMatching(/^\d+\.\d+$/),
			Author: 'App Inbox for eSputnik contributors',
			License: 'GPL-2.0-or-later',
			'License URI': expect.stringMatching(/^https:/),
			'Text Domain': PLUGIN_NAME,
			'Domain Path': '/languages',
		});
		// The plugin directory knows the same people by one name.
		expect(readFileSync(join(folder, 'readme.txt'), 'utf8')).toMatch(
			/^Contributors: appinboxforesputnik$/m
		);
		// Another's mark may only stand at the end, after “for”.
		expect(PLUGIN_NAME).toMatch(/^(?!wordpress|wp-|woo|google|esputnik|yespo).*-for-esputnik$/);
	});
});

/** PHP's functions that 7.4 does not have, and WordPress 6.3 does not add. */
const YOUNGER_THAN_7_4 =
	/^(array_is_list|array_find\w*|array_any|array_all|get_debug_type|get_resource_id|fdiv|fsync|preg_last_error_msg|json_validate|enum_exists|mb_(str_pad|trim|ltrim|rtrim|ucfirst|lcfirst))$/;

const php = (() => {
	try {
		const code = 'echo json_encode(get_defined_functions()["internal"]);';
		return JSON.parse(execFileSync('php', ['-r', code], { encoding: 'utf8' })) as string[];
	} catch {
		return null;
	}
})();
// Without PHP nobody knows its functions; in CI it is there.
if (!php && process.env.APP_INBOX_RUNTIMES === 'required') {
	throw new Error('There is no PHP.');
}

it.skipIf(!php)('wp_functions_compatibility: WordPress 6.3 and PHP 7.4 have every function', () => {
	const core = unzipSync(
		readFileSync(
			join(ROOT, 'node_modules/@wp-playground/wordpress-builds/src/wordpress/wp-6.3.zip')
		),
		{ filter: ({ name }) => /wp-(includes|admin\/includes)\/[^/]+\.php$/.test(name) }
	);
	const wordpress = Object.values(core).flatMap((bytes) =>
		[...strFromU8(bytes).matchAll(/\bfunction &?(\w+) ?\(/g)].map(([, name]) => name!)
	);
	expect(wordpress).toContain('wp_get_inline_script_tag');
	// The language's own, which PHP has no list of; and sodium, an extension that a machine may lack.
	const known = new Set(
		[...php!.filter((name) => !YOUNGER_THAN_7_4.test(name)), ...wordpress].map((name) =>
			name.toLowerCase()
		)
	);
	const rule = rules.unknownFunctions(known);
	expect(rule(files).filter((line) => !/ sodium_\w+$/.test(line))).toEqual([]);
	// Of WordPress 6.5, and of PHP 8.1.
	for (const fault of ['wp_register_script_module();', 'array_is_list( array() );']) {
		expect(rule(withFault(fault))).toHaveLength(1);
	}
});

describe('the zip, as Plugin Check reads it', () => {
	const zip = unzipSync(readFileSync(join(DIST, `${PLUGIN_NAME}.zip`)));
	const names = Object.keys(zip).map((name) => name.slice(PLUGIN_NAME.length + 1));

	const unwelcome = (all: string[]) => [
		...all.filter((name) => /\.(zip|gz|tgz|rar|tar|7z|phar)$/.test(name)),
		...all.filter((name) => /(^|\/)\.|(^|\/)node_modules\//.test(name)),
		...all.filter((name) =>
			/\.(a|bin|deploy|dist|dmg|dump|exe|iso|o|obj|pkg|sh|so|map|tsx?)$/.test(name)
		),
		...all.filter((name) => /[^\w./-]/.test(name)),
		...all.filter((name) => /^[^/]+\.md$/.test(name) && name !== 'README.md'),
		...all.filter((name, index) =>
			all.slice(index + 1).some((other) => other.toLowerCase() === name.toLowerCase())
		),
	];

	it('file_type', () => {
		expect(unwelcome(names)).toEqual([]);
		const faults = [
			'a.zip',
			'token-function/node.zip',
			'.htaccess',
			'a/.git/x',
			'run.sh',
			'a b.php',
			'NOTES.md',
			'index.js.map',
		];
		expect(unwelcome(faults)).toHaveLength(faults.length);
		expect(unwelcome(['A.php', 'a.php'])).toEqual(['A.php']);
	});

	const textsOf = (pattern: RegExp) =>
		names
			.filter((name) => pattern.test(name))
			.map((name) => [name, strFromU8(zip[`${PLUGIN_NAME}/${name}`]!)] as const);

	it('react_usage: nothing that React 19 has no more', () => {
		const gone =
			/ReactDOM\.render\b|findDOMNode|unmountComponentAtNode|\.defaultProps\s*=|createFactory/;
		for (const [name, script] of textsOf(/^admin\/.*\.js$/)) {
			expect([name, gone.exec(script)?.[0]]).toEqual([name, undefined]);
		}
		expect(gone.test('a.findDOMNode(b)')).toBe(true);
	});

	it('offloading_files: no style asks another host', () => {
		const styles = textsOf(/\.css$/);
		expect(styles.length).toBeGreaterThan(0);
		for (const [name, style] of styles) {
			expect([name, /url\(\s*["']?(https?:)?\/\/|@import/.exec(style)?.[0]]).toEqual([
				name,
				undefined,
			]);
		}
	});

	it('enqueued_scripts_size and enqueued_styles_size: below 293 KB on the settings page too', () => {
		for (const pattern of [/^admin\/index\.js$/, /^admin\/index\.css$/]) {
			const [[, text] = ['', '']] = textsOf(pattern);
			expect(text.length).toBeGreaterThan(1000);
			expect(text.length).toBeLessThan(293 * 1024);
		}
	});
});
