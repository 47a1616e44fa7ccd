import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { marked, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { GTM_TEMPLATE, ROOT } from '../../build/paths.ts';
import { PAGES, tokensOf } from './pages.ts';

/** What a page's links and images name within the project: the file, and the part of it. */
const linksOf = (page: string): Array<{ path: string; part: string }> => {
	const found: string[] = [];
	marked.walkTokens(tokensOf(page), (token) => {
		if (token.type === 'link' || token.type === 'image') {
			found.push((token as Tokens.Link).href);
		}
	});
	return found
		.filter((href) => !/^[a-z]+:/.test(href))
		.map((href) => {
			const [path = '', part = ''] = href.split('#');
			return { path: path ? join(ROOT, dirname(page), path) : join(ROOT, page), part };
		});
};

const targetsOf = (page: string) => linksOf(page).map(({ path }) => path);

/** The parts of a page that can be linked to, as GitHub names them. */
const partsOf = (page: string) =>
	tokensOf(page)
		.filter(({ type }) => type === 'heading')
		.map((token) =>
			(token as Tokens.Heading).text
				.toLowerCase()
				.replace(/[^\p{L}\p{N} _-]/gu, '')
				.replace(/ /g, '-')
		);

describe.each(PAGES)('%s', (page) => {
	it('links to nothing that is not there', () => {
		const links = linksOf(page);
		expect(links.filter(({ path }) => !existsSync(path))).toEqual([]);
		const parts = links.filter(({ path, part }) => part !== '' && path.endsWith('.md'));
		expect(
			parts.filter(({ path, part }) => !partsOf(relative(ROOT, path)).includes(part))
		).toEqual([]);
	});
});

describe('the gallery’s README', () => {
	const targets = targetsOf('gtm-template/README.md');
	const pictures = targets.filter((path) => path.endsWith('.png'));

	it('links to its own folder alone, which is a repository of its own', () => {
		expect(targets.filter((path) => !path.startsWith(GTM_TEMPLATE + sep))).toEqual([]);
	});
	it('shows every picture that is there, none of them heavy', () => {
		expect(pictures.length).toBeGreaterThan(1);
		const folder = join(GTM_TEMPLATE, 'pictures');
		expect(pictures.sort()).toEqual(
			readdirSync(folder)
				.map((name) => join(folder, name))
				.sort()
		);
		pictures.forEach((path) => expect(statSync(path).size).toBeLessThanOrEqual(200_000));
	});
});
