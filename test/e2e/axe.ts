import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const { source: axe } = createRequire(import.meta.url)('axe-core') as typeof import('axe-core');

/** Our page, and its dialogs, which stand at the end of the body. */
export const OURS = '.app-inbox-admin, .components-modal__frame';

/** That axe finds nothing in our part of the page. */
export async function expectNoViolation(page: Page) {
	// A card's shadow lies across all of it, and axe judges no contrast below another element.
	const shadow = await page.addStyleTag({
		content: '[data-wp-component="Elevation"] { display: none !important }',
	});
	const found = await violations(page, OURS);
	await shadow.evaluate((style: HTMLStyleElement) => style.remove());
	expect(found).toEqual([]);
}

/** What axe finds in these parts of a page, rule and element a line. */
export async function violations(page: Page, parts: string): Promise<string[]> {
	// As the browser's own console does it, so that a page's policy does not matter.
	await page.evaluate(axe);
	const { violations: found } = await page.evaluate(
		(wanted): Promise<AxeResults> =>
			(window as never as { axe: typeof import('axe-core') }).axe.run(
				{ include: wanted.split(', ').filter((part) => document.querySelector(part)) },
				{ iframes: false } // In the picker’s frame is the site’s own page.
			),
		parts
	);
	return found.flatMap(({ id, nodes }) =>
		nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)
	);
}
