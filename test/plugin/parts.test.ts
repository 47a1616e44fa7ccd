import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../build/paths.ts';

/** The files of plugin/includes, by name, without their comments. */
type Parts = Record<string, string>;

const plugin = join(ROOT, 'plugin');
const withoutComments = (php: string) => php.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
const read = (file: string) => withoutComments(readFileSync(join(plugin, file), 'utf8'));
const parts: Parts = Object.fromEntries(
	readdirSync(join(plugin, 'includes')).map((file) => [
		basename(file, '.php'),
		read(`includes/${file}`),
	])
);
/** What every request reads. */
const always = [
	...read('app-inbox-for-esputnik.php').matchAll(/require __DIR__ \. '\/includes\/(.+)\.php'/g),
].map(([, name]) => name!);

/** The names after each `load(`. */
const loadsIn = (php: string): string[][] =>
	[...php.matchAll(/\bload\( ([^)]*) \)/g)].map(([, names]) => names!.match(/[\w-]+/g) ?? []);

const functionsOf = (php: string) =>
	[...php.matchAll(/^function (\w+)[^]*?^}/gm)].map(([body, name]) => ({ name: name!, body }));

const namesOf = (php: string) =>
	[...php.matchAll(/^(?:function|const) (\w+)/gm)].map(([, name]) => name!);

const uses = (php: string, name: string) => new RegExp(`(?<![\\w$>])${name}\\b`).test(php);

/** Everything of another part that nobody is sure to have read when it is used. */
function unread(all: Parts): string[] {
	return Object.entries(all).flatMap(([part, php]) => {
		// Read by this part itself, or by a function of everybody's that it calls.
		const own = [
			...loadsIn(php),
			...always.flatMap((name) =>
				functionsOf(all[name]!)
					.filter((one) => uses(php, one.name))
					.flatMap(({ body }) => loadsIn(body))
			),
		].flat();
		// Read together with it, wherever it is read.
		const together = Object.values(all)
			.flatMap(loadsIn)
			.filter((names) => names.includes(part));
		// Read by this one alone, which is there already.
		const readers = Object.keys(all).filter((name) =>
			loadsIn(all[name]!).flat().includes(part)
		);
		const others = Object.keys(all).filter(
			(other) =>
				other !== part &&
				!always.includes(other) &&
				!own.includes(other) &&
				!(readers.length === 1 && readers[0] === other) &&
				!(together.length > 0 && together.every((names) => names.includes(other)))
		);
		return others.flatMap((other) =>
			namesOf(all[other]!)
				.filter((name) => uses(php, name))
				.map((name) => `${part} uses ${name} of ${other}`)
		);
	});
}

describe('the plugin’s parts are read on demand', () => {
	it('each before another one needs it', () => {
		expect(always).toContain('on-demand');
		expect(unread(parts)).toEqual([]);
	});

	it.each([
		['on-demand', `'identity', 'key-renewal'`, `'key-renewal'`, 'key-renewal uses public_half'],
		['on-demand', `load( 'pages', 'front-end' )`, `load( 'pages' )`, 'print_front_end'],
		['bell', `load( 'pages', 'front-end' );`, '', 'bell uses is_shown of pages'],
		['settings', `load( 'locks' );`, '', 'settings uses with_locks of locks'],
	])('and this test sees it where %s lacks one', (part, before, after, fault) => {
		const php = parts[part]!.replaceAll(before, after);
		expect(php).not.toBe(parts[part]);
		expect(unread({ ...parts, [part]: php }).join()).toContain(fault);
	});
});
