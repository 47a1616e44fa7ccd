import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Seed } from './seed.ts';
import type { ScriptConfig } from './vendor-script/main.ts';

let bundled: Promise<string> | undefined;

/** Bundles `vendor-script/` once per process, as one plain script for browsers of 2017. */
export const bundleVendorScript = (): Promise<string> => (bundled ??= bundle());

/** The script of this account: the bundle inside a function that is given its configuration. */
export async function vendorScript(account: Seed['account']): Promise<string> {
	const { scriptId, orgId, takesOver, selector, position, pollSeconds } = account;
	const config: ScriptConfig = { scriptId, orgId, takesOver, selector, position, pollSeconds };
	const source = JSON.stringify(config).replace(
		/[\u2028\u2029<]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
	);
	return `(function (ESPUTNIK_CONFIG) {\n${await bundleVendorScript()}\n})(${source});\n`;
}

/** In a process of its own, since esbuild refuses to run where vitest has put jsdom's globals. */
async function bundle(): Promise<string> {
	const options = {
		entryPoints: [join(import.meta.dirname, 'vendor-script', 'main.ts')],
		bundle: true,
		format: 'iife',
		target: 'es2017',
		charset: 'utf8',
		write: false,
	};
	const esbuild = createRequire(import.meta.url).resolve('esbuild');
	const { stdout } = await promisify(execFile)(process.execPath, [
		'--eval',
		`const { outputFiles } = require(${JSON.stringify(esbuild)}).buildSync(${JSON.stringify(options)});
		process.stdout.write(outputFiles[0].text);`,
	]);
	return stdout;
}
