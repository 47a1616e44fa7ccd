import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Our page, and its dialogs, which stand at the end of the body. */
export const OURS = '.app-inbox-admin, .components-modal__frame';

/** What axe finds in our part of the page, rule and element a line. */
export async function expectNoViolation(page: Page) {
	await page.addScriptTag({ path: AXE });
	// A card's shadow lies across all of it, and axe judges no contrast below another element.
	const shadow = await page.addStyleTag({
		content: '[data-wp-component="Elevation"] { display: none !important }',
	});
	const { violations } = await page.evaluate(
		(ours): Promise<AxeResults> =>
			(window as never as { axe: typeof import('axe-core') }).axe.run(
				{ include: ours.split(', ').filter((part) => document.querySelector(part)) },
				{ iframes: false } // In the picker’s frame is the site’s own page.
			),
		OURS
	);
	await shadow.evaluate((style: HTMLStyleElement) => style.remove());
	expect(
		violations.flatMap(({ id, nodes }) =>
			nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)
		)
	).toEqual([]);
}
