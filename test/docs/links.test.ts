import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GTM_TEMPLATE, ROOT } from '../../build/paths.ts';

const PAGES = [
	'README.md',
	'gtm-template/README.md',
	...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name) => join('docs', name)),
];

/** What a page's links and images name within the project, as paths. */
const targetsOf = (page: string): string[] =>
	[...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\(([^()\s]+)\)/g)]
		.map(([, target]) => target!.replace(/#.*$/, ''))
		.filter((target) => target !== '' && !/^[a-z]+:/.test(target))
		.map((target) => join(ROOT, dirname(page), target));

describe.each(PAGES)('%s', (page) => {
	it('links to nothing that is not there', () => {
		expect(targetsOf(page).filter((path) => !existsSync(path))).toEqual([]);
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
