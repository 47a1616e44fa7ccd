import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the embedded PHP exists in, and the plugin runs on. */
export const phpVersions = ['7.4', '8.0', '8.1', '8.2', '8.3', '8.4', '8.5'] as const;

/** Where they are installed: 8.3 with everything else, the others apart (each weighs sixty megabytes). */
const FOLDERS = ['../..', '../php-versions'].map((name) => path.join(import.meta.dirname, name));

export const HOW_TO_INSTALL_PHP = 'npm ci --prefix test/php-versions';

/** Those that can be started. */
export const installedPhpVersions = (): string[] =>
	phpVersions.filter((php) => folderOf(php) !== undefined);

/**
 * Arguments for a Node that is to run this PHP. Playground takes PHP from packages by their names,
 * and beside it most of them are empty: this makes it look where the real one is.
 */
export function nodeArguments(php: string): string[] {
	const folder = folderOf(php);
	const besides = JSON.stringify(pathToFileURL(path.join(folder ?? FOLDERS[0]!, 'package.json')));
	const hooks = `export const resolve = (name, context, next) =>
		next(name, name === '${packageOf(php)}' ? { ...context, parentURL: ${besides} } : context);`;
	// Worker threads are started with the same arguments, and so have the same hook.
	return [
		'--import',
		moduleOf(
			`import { register } from 'node:module'; register(${JSON.stringify(moduleOf(hooks))});`
		),
	];
}

const packageOf = (php: string) => `@php-wasm/node-${php.replace('.', '-')}`;

const folderOf = (php: string) =>
	FOLDERS.find((folder) =>
		existsSync(path.join(folder, 'node_modules', packageOf(php), 'asyncify'))
	);

const moduleOf = (source: string) =>
	`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
