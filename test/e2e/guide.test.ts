import type { Browser, Page } from 'playwright-core';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLACES } from '../../src/admin/sections/set-up-steps.ts';
import { launchBrowser } from '../site/browser.ts';
import { startSite, type Site } from '../site/site.ts';
import { openSettingsPage, picture, saveButton } from './settings-page.ts';
import type { Visit } from './visit.ts';

let site: Site;
let browser: Browser;
let admin: Visit;
let page: Page;

beforeAll(async () => {
	[site, browser] = await Promise.all([
		startSite({ settings: { endpoint: '' } }),
		launchBrowser(),
	]);
	admin = await openSettingsPage(site, browser);
	page = admin.page;
	await admin.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(async () => {
	await browser?.close();
	await site?.stop();
});

describe('the guide to the token function, and the bell’s pictures', () => {
	it.each(PLACES)('has all that is needed for %s to download and to copy', async (place) => {
		const section = page.locator('#app-inbox-token-function');
		await section.getByLabel('Where will it run?').selectOption(place);
		const link = section.getByRole('link', { name: 'Download the folder' });
		const answer = await admin.context.request.get((await link.getAttribute('href'))!);
		const files = Object.keys(unzipSync(await answer.body()));
		expect(files).toContain('app-inbox/README.md');
		expect(files.every((name) => name.startsWith('app-inbox/'))).toBe(true);

		const boxes = section.getByRole('textbox').filter({ hasNotText: /^$/ });
		for (const box of await boxes.all()) {
			const label = await box.getAttribute('aria-label');
			if (label) {
				await section.getByRole('button', { name: `Copy: ${label}`, exact: true }).click();
				await expect
					.poll(() => page.evaluate(() => navigator.clipboard.readText()))
					.toBe(await box.inputValue());
			}
		}
		await section.getByText('Copied', { exact: true }).first().waitFor();
		await picture(page, `guide-${place}`, section);
	});

	it('takes a picture of the set, and gives the owner’s own back', async () => {
		const section = page.locator('#app-inbox-bell');
		const own =
			'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>';
		await section.getByRole('radio', { name: 'Your own picture' }).check();
		await section.getByLabel('Picture (SVG)').fill(own);
		await picture(page, 'bell-own', section);
		await section.getByRole('radio', { name: 'Filled bell' }).check();
		await section.getByText('On a dark page').waitFor();
		await picture(page, 'bell-filled', section);
		await saveButton(page).click();
		await page.getByText('Saved', { exact: true }).waitFor();
		const stored = (await site.wordpress.option('app_inbox_for_esputnik')) as {
			placement: { icon: string };
		};
		expect(stored.placement.icon).toMatch(/^<svg/);
		await section.getByRole('radio', { name: 'Your own picture' }).check();
		expect(await section.getByLabel('Picture (SVG)').inputValue()).toBe(own);
		expect(admin.errors).toEqual([]);
	});
});
