import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingForPhpcs, phpcs, prepareStandard } from './phpcs.ts';

const missing = missingForPhpcs();
if (missing && process.env.APP_INBOX_RUNTIMES === 'required') {
	throw new Error(`There is no ${missing}`);
}

/** What a reviewer sends back, and the rule that says so. */
const FAULTS: [rule: string, code: string][] = [
	['WordPress.Security.EscapeOutput', "echo get_option( 'app_inbox_x' );"],
	['WordPress.Security.EscapeOutput', "_e( 'Bell', 'app-inbox-for-esputnik' );"],
	['WordPress.Security.NonceVerification', "function app_inbox_x() {\n\treturn $_POST['x'];\n}"],
	['WordPress.Security.ValidatedSanitizedInput', "$app_inbox_x = $_COOKIE['x'];"],
	['WordPress.DB.DirectDatabaseQuery', "$wpdb->query( 'DELETE FROM x' );"],
	['WordPress.DB.PreparedSQL', '$wpdb->query( "DELETE FROM x WHERE y = $app_inbox_x" );'],
	['WordPress.WP.I18n', "esc_html__( 'Bell', 'default' );"],
	['WordPress.WP.I18n', "esc_html__( $app_inbox_x, 'app-inbox-for-esputnik' );"],
	['WordPress.WP.I18n', "esc_html__( 'Bell %s', 'app-inbox-for-esputnik' );"],
	['WordPress.NamingConventions.PrefixAllGlobals', 'add_option_of_ours();\nfunction bell() {\n}'],
	['WordPress.NamingConventions.PrefixAllGlobals', "do_action( 'bell' );"],
	['WordPress.PHP.DiscouragedPHPFunctions', "base64_decode( 'eA' );"],
	['WordPress.PHP.DevelopmentFunctions', 'var_dump( 1 );'],
	['WordPress.PHP.StrictComparisons', 'return 1 == $app_inbox_x;'],
	['WordPress.WP.AlternativeFunctions', "file_get_contents( 'https://example.com' );"],
	['WordPress.WP.EnqueuedResources', 'echo \'<script src="x.js"></script>\';'],
	['WordPress.WP.DeprecatedFunctions', 'get_settings( 1 );'],
	['Squiz.PHP.Eval', "eval( '1;' );"],
	['Generic.PHP.NoSilencedErrors', "@unlink( 'x' );"],
];

describe.skipIf(missing)('PHP_CodeSniffer with WordPress’s standard', () => {
	const folder = mkdtempSync(join(tmpdir(), 'app-inbox-phpcs-'));
	const standard = join(folder, 'standard');
	beforeAll(() => prepareStandard(standard));
	afterAll(() => rmSync(folder, { recursive: true }));

	it('finds nothing in the plugin', () => {
		expect(phpcs(standard)).toEqual([]);
	});

	it('finds what a reviewer would', () => {
		const files = FAULTS.map(([, code], index) => {
			const file = join(folder, `fault-${index}.php`);
			writeFileSync(file, `<?php\n${code}\n`);
			return file;
		});
		const found = phpcs(standard, files);
		const unseen = FAULTS.filter(
			([rule], index) =>
				!found.some((line) => line.includes(`fault-${index}.php`) && line.includes(rule))
		);
		expect(unseen).toEqual([]);
	});
});
