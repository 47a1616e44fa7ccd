import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licence of the package in a folder, and the notices that Apache-2.0 wants handed on with it. */
export function licenceTexts(folder: string): string[] {
	const names = readdirSync(folder).sort();
	const named = (pattern: RegExp) => names.filter((name) => pattern.test(name));
	// LICENSE-MIT and the like count where there is no LICENSE: beside it they are other choices.
	const licences = [/^(licen[cs]e|copying)(\.(md|txt))?$/i, /^(licen[cs]e|copying)[.-]/i]
		.map(named)
		.find(({ length }) => length > 0);
	return [...(licences ?? []), ...named(/^notice(\.(md|txt))?$/i)]
		.map((name) => trimmed(readFileSync(join(folder, name), 'utf8')))
		.filter((text) => text !== '');
}

/** The comments in code by which somebody says whose it is, without the signs that make them comments. */
export const noticesIn = (code: string): string[] =>
	[...code.matchAll(/\/\*([^]*?)\*\/|((?:^[\t ]*\/\/.*\n?)+)/gm)]
		.filter(([comment]) => /copyright|\(c\) ?\w|@licen[cs]e|@preserve|^\/\*!/i.test(comment))
		.map(([, block, lines = '']) =>
			trimmed(
				block === undefined
					? lines.replace(/^[\t ]*\/\/ ?/gm, '')
					: block.replace(/^! ?/, '').replace(/^[\t ]*\*+ ?/gm, '')
			)
		);

const trimmed = (text: string) =>
	text
		.replace(/^\uFEFF/, '')
		.replace(/[\t\r ]+$/gm, '')
		.replace(/^\n+|\n+$/g, '');
