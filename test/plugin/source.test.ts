import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from 'php-parser';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { VERSION } from '../../build/version.ts';
import { IDENTITY_URL, KEYS_URL, MARKER_COOKIE } from '../../src/settings/frontend-config.ts';
import { SCHEMA_VERSION } from '../../src/settings/schema.ts';

const MAIN = 'app-inbox-for-esputnik.php';
const folder = join(ROOT, 'plugin');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.php'))
	.map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
const all = sources.map(([, source]) => source).join('\n');

describe('the plugin’s PHP', () => {
	it.each(sources)('%s reads on PHP 7.4', (name, source) => {
		const engine = new Engine({ parser: { version: '7.4' }, ast: { withPositions: true } });
		expect(() => engine.parseCode(source, name)).not.toThrow();
	});

	it('has a main file that PHP 5.6 reads, to say that it is too old', () => {
		const [, source] = sources.find(([name]) => name === MAIN)!;
		const engine = new Engine({ parser: { version: '5.6' }, ast: {} });
		expect(() => engine.parseCode(source, MAIN)).not.toThrow();
		// What the parser lets pass: types, `??` and short lists are younger.
		expect(source).not.toMatch(
			/\)\s*:\s*\??\w+\s*\{|\?\?|<=>|\[ |\bfn\b|\b(string|int|bool) \$/
		);
		const [php, wordpress] = ['PHP', 'WORDPRESS'].map(
			(name) => new RegExp(`REQUIRED_${name} += '(.+)';`).exec(source)?.[1]
		);
		for (const file of [source, readFileSync(join(folder, 'readme.txt'), 'utf8')]) {
			expect(/Requires PHP: +(.+)/.exec(file)?.[1]).toBe(php);
			expect(/Requires at least: +(.+)/.exec(file)?.[1]).toBe(wordpress);
		}
	});

	it('counts the settings’ versions as their schema does, and migrates to each', () => {
		expect(all).toContain(`const SCHEMA_VERSION = ${SCHEMA_VERSION};`);
		const migrations = sources.find(
			([name]) => name === join('includes', 'migrations.php')
		)![1];
		const steps = [...migrations.matchAll(/^\t\t(\d+) => static function/gm)].map(([, to]) =>
			Number(to)
		);
		expect(steps).toEqual(Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1));
	});

	it('takes away all that it stores', () => {
		const uninstall = sources.find(([name]) => name === 'uninstall.php')![1];
		const stored = [...all.matchAll(/const (?:\w*OPTION\w*|HIDE_META) *= '(\w+)';/g)].map(
			([, name]) => name!
		);
		expect(stored).toHaveLength(4);
		for (const name of stored) {
			expect(uninstall).toMatch(
				new RegExp(`delete_(option|post_meta_by_key)\\( '${name}' \\);`)
			);
		}
		expect(all).not.toMatch(
			/set_(site_)?transient|(add|update)_(user|term|comment|site|network)_(meta|option)|dbDelta|wp_schedule/
		);
	});

	it.each(sources)('%s cannot be opened by its own address', (_, source) => {
		expect(source).toMatch(/defined\( '(ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;/);
	});

	it('asks nobody anything: eSputnik is the browser’s and the token function’s business', () => {
		const asks =
			/wp_(safe_)?remote_(get|post|head|request)|curl_|fsockopen|file_get_contents\( ['"]http/g;
		// But for Site Health, which asks the token function whether it is there.
		expect(all.match(asks)).toEqual(['wp_remote_get']);
		const health = sources.find(([name]) => name === join('includes', 'site-health.php'))![1];
		expect(health).toMatch(/'\/health', \$endpoint \);\s+\$answer = wp_remote_get\(\s+\$url,/);
	});

	it('uses the front end’s words', () => {
		expect(all).toContain(`const MARKER = '${MARKER_COOKIE}';`);
		expect(all).toContain(`'identityUrl' => '${IDENTITY_URL}',`);
		for (const url of [IDENTITY_URL, KEYS_URL]) {
			const [, name, what] = /^\/\?([\w-]+)=(\w+)$/.exec(url)!;
			expect(all).toContain(`$what === $_GET['${name}']`);
			expect(all).toContain(`is_asked_for( '${what}' )`);
		}
	});

	it('has nothing of its own where sites close admin-ajax.php and the REST API to customers', () => {
		expect(all).not.toMatch(/wp_ajax_|rest_index|'rest_authentication|users\/me/);
	});

	it('has the version of package.json in all three places', () => {
		const bootstrap = readFileSync(join(folder, 'app-inbox-for-esputnik.php'), 'utf8');
		expect(/\* Version: +(.+)/.exec(bootstrap)?.[1]).toBe(VERSION);
		expect(/const VERSION = '(.+)';/.exec(bootstrap)?.[1]).toBe(VERSION);
		const readme = readFileSync(join(folder, 'readme.txt'), 'utf8');
		expect(/^Stable tag: (.+)$/m.exec(readme)?.[1]).toBe(VERSION);
	});
});
