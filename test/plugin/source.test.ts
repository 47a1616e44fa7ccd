import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from 'php-parser';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { VERSION } from '../../build/version.ts';
import {
	IDENTITY_ACTION,
	MARKER_COOKIE,
	NONCE_ACTION,
} from '../../src/settings/frontend-config.ts';

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
		expect(all).toContain(`'wp_ajax_${IDENTITY_ACTION}'`);
		// Core's own; ours must not take its place.
		expect(all).not.toContain(`wp_ajax_${NONCE_ACTION}`);
	});

	it('has the version of package.json in all three places', () => {
		const bootstrap = readFileSync(join(folder, 'app-inbox-for-esputnik.php'), 'utf8');
		expect(/\* Version: +(.+)/.exec(bootstrap)?.[1]).toBe(VERSION);
		expect(/const VERSION = '(.+)';/.exec(bootstrap)?.[1]).toBe(VERSION);
		const readme = readFileSync(join(folder, 'readme.txt'), 'utf8');
		expect(/^Stable tag: (.+)$/m.exec(readme)?.[1]).toBe(VERSION);
	});
});
