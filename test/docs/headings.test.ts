import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { filesIn, PAGES, tokensOf } from './pages.ts';

/*
 * What sends its reader to a part of README.md names the part's heading in quotes, in the same
 * sentence: the README … under “On any other site”.
 */
const HEADINGS = tokensOf('README.md')
	.filter(({ type }) => type === 'heading')
	.map((token) => (token as Tokens.Heading).text);

const OURS = filesIn(['src'], /\.(tsx?|html|md)$/);
const TEXTS = [
	...new Set([
		...OURS,
		...PAGES,
		...filesIn(['build/edge'], /./),
		...filesIn(['docs/other-sites', 'gtm-template/src'], /./),
		'plugin/readme.txt',
	]),
];

const textOf = (path: string) =>
	readFileSync(join(ROOT, path), 'utf8')
		.replace(/<\/?\w[^>]*>/g, '')
		.replace(/\s+/g, ' ');

const mentionsIn = (text: string) => [...text.matchAll(/\bREADME(?:\.md)?\b(?!\.\w)/g)];
const headingsIn = (text: string) =>
	[...text.matchAll(/\bREADME(?:\.md)?\b[^.“]*“([^”]+)”/g)].map(([, heading]) => heading!);

describe('headings of the README', () => {
	it('exist wherever a page, a file to deploy or a sentence of the programs names one', () => {
		const named = TEXTS.flatMap((path) =>
			headingsIn(textOf(path)).map((heading) => ({ path, heading }))
		);
		expect(named).not.toEqual([]);
		expect(named.filter(({ heading }) => !HEADINGS.includes(heading))).toEqual([]);
	});

	it.each(OURS.filter((path) => mentionsIn(textOf(path)).length > 0))(
		'are named where %s sends somebody to the README',
		(path) => {
			const text = textOf(path);
			expect(headingsIn(text)).toHaveLength(mentionsIn(text).length);
		}
	);
});
