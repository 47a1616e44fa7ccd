import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { INIT, snippet } from '../../esputnik/snippets.ts';
import { running } from '../running.ts';
import { bell } from '../visit.ts';
import { FUNCTION, SHOP, startShop } from './shop.ts';

const shop = running(startShop);

/** The shop has eSputnik's snippet as a tag of its own, from the time before App Inbox. */
const OWN = snippet(INIT.bare);
const ORDERS = ['before', 'after'] as const;

describe.each(['ours', 'site'] as const)(
	'eSputnik’s snippet as a Custom HTML tag, script %s',
	(script) => {
		it.each(ORDERS)('%s App Inbox: one init, of both', async (fires) => {
			await using anna = await shop.visitor({
				above: `<script src="${FUNCTION}/loader.js"></script>`,
				settings: { script },
				customHtml: { html: OWN, fires },
			});
			const { page } = anna;
			await page.goto(SHOP);
			await bell(page, 2).waitFor();
			expect(await inits(page)).toMatchObject([{ APP_INBOX: true, language: 'en' }]);
			expect(await inits(page)).toHaveLength(1);
			expect(await scripts(page)).toBe(1);
			expect(await page.evaluate('__esputnik.problems')).toEqual([]);
			expect(anna.errors).toEqual([]);
		});

		it.each(ORDERS)('%s App Inbox: for a guest as it was', async (fires) => {
			await using guest = await shop.visitor({
				customer: null,
				settings: { script },
				customHtml: { html: OWN, fires },
			});
			const { page } = guest;
			await page.goto(SHOP, { waitUntil: 'networkidle' });
			expect(await inits(page)).toHaveLength(1);
			expect(await scripts(page)).toBe(1);
			expect(await page.evaluate('__esputnik.problems')).toEqual([]);
			expect(guest.errors).toEqual([]);
		});
	}
);

const inits = (page: Page) => page.evaluate<object[]>('__esputnik.inits');
const scripts = (page: Page) => page.locator('script[src*="esputnik.com/scripts/"]').count();
