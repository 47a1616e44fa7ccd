import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { INIT, snippet } from '../../esputnik/snippets.ts';
import { running } from '../running.ts';
import { bell } from '../visit.ts';
import { FUNCTION, SHOP, startShop } from './shop.ts';

const shop = running(startShop);

/** The shop has eSputnik's snippet as a tag of its own, from the time before App Inbox. */
const OWN = snippet(INIT.bare);

describe('eSputnik’s snippet as a Custom HTML tag of the shop', () => {
	it.each([
		['ours', 'before', 1],
		['ours', 'after', 2], // Its loader never looks: this is what “site” is for.
		['site', 'before', 1],
		['site', 'after', 1],
	] as const)(
		'script %s, fired %s App Inbox: one init, of both',
		async (script, fires, count) => {
			await using anna = await shop.visitor({
				// Else App Inbox would always come after it.
				above: `<script src="${FUNCTION}/loader.js"></script>`,
				settings: { script },
				customHtml: { html: OWN, fires },
			});
			const { page } = anna;
			await page.goto(SHOP);
			await bell(page, 2).waitFor();
			const [init, ...others] = await inits(page);
			expect(others).toEqual([]);
			expect(init).toMatchObject({ APP_INBOX: true, language: 'en' });
			expectItsFlags(init!);
			expect(await scripts(page)).toBe(count);
			expect(anna.errors).toEqual([]);
		}
	);

	it.each([
		['ours', 'before'],
		['ours', 'after'],
		['site', 'before'],
		['site', 'after'],
	] as const)('script %s, fired %s App Inbox: for a guest as it was', async (script, fires) => {
		await using guest = await shop.visitor({
			customer: null,
			settings: { script },
			customHtml: { html: OWN, fires },
		});
		const { page } = guest;
		await page.goto(SHOP);
		await page.waitForFunction("window.appInbox?.status().state === 'guest'");
		await page.waitForFunction('window.__esputnik?.inits.length');
		const [init, ...others] = await inits(page);
		expect(others).toEqual([]);
		expect(init).not.toMatchObject({ APP_INBOX: true });
		expectItsFlags(init!);
		expect(await scripts(page)).toBe(1);
		expect(guest.errors).toEqual([]);
	});
});

/** Left out, as the snippet leaves them, which counts as on. */
function expectItsFlags(init: object) {
	expect(init).not.toHaveProperty('RECOMS');
	expect(init).not.toHaveProperty('TRACKING');
}
const inits = (page: Page) => page.evaluate<object[]>('__esputnik.inits');
const scripts = (page: Page) => page.locator('script[src*="esputnik.com/scripts/"]').count();
