import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesIn, OFFERED } from '../../build/folder.ts';
import { EDGE } from '../../build/paths.ts';
import { UNPACKED, zipOf } from '../../src/admin/folder/zip.ts';
import { PLACES } from '../../src/admin/sections/set-up-steps.ts';
import { expectNoViolation } from './axe.ts';
import { withSite } from './running.ts';
import { openSettingsPage, picture, saveButton, tabTo, VERSIONS } from './settings-page.ts';
import type { Visit } from './visit.ts';

const FOLDER = /\/token-function\/\w+\.js/;

describe.each(VERSIONS)('the guide to the token function on WordPress %s', (version) => {
	const site = withSite({ wordpress: version, settings: { endpoint: '' } });
	let admin: Visit;
	let page: Page;
	let section: Locator;

	beforeAll(async () => {
		admin = await openSettingsPage(site);
		page = admin.page;
		section = page.locator('#app-inbox-token-function');
		await admin.context.grantPermissions(['clipboard-read', 'clipboard-write']);
	});

	const button = (name: string) => section.getByRole('button', { name, exact: true });
	const choose = (place: string) => section.getByLabel('Where will it run?').selectOption(place);
	const folderRequests = () => admin.requests.filter((url) => FOLDER.test(url));

	async function downloaded(press: () => Promise<void>) {
		const [file] = await Promise.all([page.waitForEvent('download'), press()]);
		return { name: file.suggestedFilename(), zip: await readFile(await file.path()) };
	}

	it('loads no folder before one is asked for', () => {
		expect(site.wordpress.version.startsWith(version)).toBe(true);
		expect(folderRequests()).toEqual([]);
	});

	it.each(PLACES)('has all that is needed for %s to download and to copy', async (place) => {
		await choose(place);
		const { name, zip } = await downloaded(() => button('Download the folder').click());
		const runtime = OFFERED.find((offered) => offered === place) ?? 'node';
		expect(name).toBe(`${runtime}.zip`);
		const made = zipOf(UNPACKED, await filesIn(join(EDGE, runtime)));
		expect(zip.equals(made)).toBe(true);
		await section.getByText(`Your browser saves ${runtime}.zip.`).waitFor();

		const boxes = section.getByRole('textbox').filter({ hasNotText: /^$/ });
		for (const box of await boxes.all()) {
			const label = await box.getAttribute('aria-label');
			if (label) {
				await button(`Copy: ${label}`).click();
				await expect
					.poll(() => page.evaluate(() => navigator.clipboard.readText()))
					.toBe(await box.inputValue());
			}
		}
		await section.getByText('Copied', { exact: true }).first().waitFor();
		await picture(page, `guide-${version}-${place}`, section);
		expect(admin.errors).toEqual([]);
	});

	it('says when the folder does not come, and gets it at the next try, by keyboard alone', async () => {
		await page.reload(); // Here no folder has come before.
		await choose('cloudflare');
		let refuse = () => {};
		const refused = new Promise<void>((resolve) => (refuse = resolve));
		await page.route(
			FOLDER,
			async (route) => {
				await refused;
				await route.abort();
			},
			{ times: 1 }
		);
		await section.getByLabel('Where will it run?').focus();
		expect(await tabTo(page, button('Download the folder'))).toBe(1);
		await page.keyboard.press('Enter');
		await section.getByRole('status').getByText('Loading…').waitFor();
		await page.keyboard.press('Enter'); // Too early: nothing comes of it.
		await picture(page, `guide-${version}-loading`, section);
		refuse();
		await section.getByRole('status').getByText('could not be loaded').waitFor();
		expect(await button('Try again').evaluate((element) => element.matches(':focus'))).toBe(
			true
		);
		await expectNoViolation(page);
		await picture(page, `guide-${version}-failed`, section);
		const { name } = await downloaded(() => page.keyboard.press('Enter'));
		expect(name).toBe('cloudflare.zip');
		await section.getByText('Your browser saves cloudflare.zip.').waitFor();
		expect(
			await button('Download the folder').evaluate((element) => element.matches(':focus'))
		).toBe(true);
		await expectNoViolation(page);
	});

	it('takes a page of a firewall for no folder', async () => {
		await page.reload();
		await choose('netlify');
		const contentType = 'text/html';
		await page.route(FOLDER, (route) => route.fulfill({ contentType, body: '<p>No.</p>' }), {
			times: 1,
		});
		await button('Download the folder').click();
		await section.getByRole('status').getByText('could not be loaded').waitFor();
		admin.clear(); // The browser says that this is no script.
	});

	it.runIf(version === '7.1')(
		'takes a picture of the set, and gives the owner’s own back',
		async () => {
			const bell = page.locator('#app-inbox-bell');
			const own =
				'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>';
			await bell.getByRole('radio', { name: 'Your own picture' }).check();
			await bell.getByLabel('Picture (SVG)').fill(own);
			await picture(page, 'bell-own', bell);
			await bell.getByRole('radio', { name: 'Filled bell' }).check();
			await bell.getByText('On a dark page').waitFor();
			await picture(page, 'bell-filled', bell);
			await saveButton(page).click();
			await page.getByText('Saved', { exact: true }).waitFor();
			const stored = (await site.wordpress.option('app_inbox_for_esputnik')) as {
				placement: { icon: string };
			};
			expect(stored.placement.icon).toMatch(/^<svg/);
			await bell.getByRole('radio', { name: 'Your own picture' }).check();
			expect(await bell.getByLabel('Picture (SVG)').inputValue()).toBe(own);
			expect(admin.errors).toEqual([]);
		}
	);
});
