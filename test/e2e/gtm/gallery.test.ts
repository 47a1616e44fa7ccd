import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { GTM_TEMPLATE } from '../../../build/paths.ts';
import { running } from '../running.ts';
import { bell } from '../visit.ts';
import { FUNCTION, SHOP, startShop, type ShopOptions } from './shop.ts';

const template = await readFile(join(GTM_TEMPLATE, 'template.tpl'), 'utf8');
const shop = running(startShop);

/** A shop that loads the loader by itself, with a tag of the gallery's template. */
const gallery = (some: Partial<ShopOptions>, fields: object = {}): ShopOptions => ({
	above: `<script src="${FUNCTION}/loader.js"></script>`,
	says: ['function'],
	tag: { template, fields: { debug: true, ...fields } },
	...some,
});
const TRACKING = { tracking: true, recommendations: true };
const denied = { consent: { ad_storage: 'denied' } } as const;

describe('the gallery’s template, as it is committed, with the real front end', () => {
	it('shows a customer the bell, and says how App Inbox is', async () => {
		await using anna = await shop.visitor(gallery({}));
		await anna.page.goto(SHOP);
		await bell(anna.page, 2).waitFor();
		expect(await run(anna.page)).toEqual({
			outcome: 'success',
			logs: [[expect.stringMatching(/^App Inbox: [a-z-]+\. \S/)]],
			problems: [],
		});
		expect(await inits(anna.page)).toMatchObject([{ APP_INBOX: true, TRACKING: false }]);
		expect(anna.errors).toEqual([]);
	});

	it.each([
		['refused', denied, false],
		['given', {}, true],
	] as const)('hands over that the consent is %s', async (_name, consent, tracks) => {
		await using anna = await shop.visitor(gallery(consent, TRACKING));
		await anna.page.goto(SHOP);
		await bell(anna.page, 2).waitFor();
		expect(await run(anna.page)).toMatchObject({ outcome: 'success', problems: [] });
		expect(await inits(anna.page)).toMatchObject([
			{ APP_INBOX: true, TRACKING: tracks, RECOMS: tracks },
		]);
		expect(await anna.page.evaluate('__esputnik.problems')).toEqual([]);
		expect(anna.errors).toEqual([]);
	});

	it('lets a guest wait for the consent, says so, and begins on this very page', async () => {
		await using guest = await shop.visitor(gallery({ ...denied, customer: null }, TRACKING));
		const { page } = guest;
		await page.goto(SHOP);
		await page.waitForFunction(() => window.tagRuns?.length);
		expect(await run(page)).toEqual({
			outcome: 'success',
			logs: [['App Inbox: waits for the consent ad_storage.']],
			problems: [],
		});
		await page.evaluate(() => window.updateGtmConsent({ ad_storage: 'granted' }));
		await page.waitForFunction('window.__esputnik?.inits.length');
		expect(await inits(page)).toMatchObject([
			{ APP_INBOX: false, TRACKING: true, RECOMS: true },
		]);
		expect(guest.errors).toEqual([]);
	});

	it('says what is missing on a page without the loader', async () => {
		await using anna = await shop.visitor(gallery({ above: '' }));
		await anna.page.goto(SHOP);
		await anna.page.waitForFunction(() => window.tagRuns?.length);
		expect(await run(anna.page)).toEqual({
			outcome: 'failure',
			logs: [[expect.stringContaining('this page has no appInbox.init. Add loader.js')]],
			problems: [],
		});
		expect(anna.errors).toEqual([]);
	});
});

const run = (page: Page) => page.evaluate(() => window.tagRuns![0]);
const inits = (page: Page) => page.evaluate<object[]>('__esputnik.inits');
