import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { OTHER_ID, STATICS, twoElements } from '../esputnik/snippets.ts';
import { withSite } from './running.ts';
import { openSettingsPage, picture, saveButton } from './settings-page.ts';
import type { Visit } from './visit.ts';

const OPTION = 'app_inbox_for_esputnik';
const SNIPPET = twoElements(`eS('init', {TRACKING: false, RECOMS: true})`, {
	id: OTHER_ID,
	host: STATICS,
});

const site = withSite();
let admin: Visit;
let page: Page;

beforeAll(async () => {
	admin = await openSettingsPage(site);
	page = admin.page;
});

const address = () => page.getByLabel('Its address');

describe('the settings page on a real WordPress', () => {
	it('finds the script in a pasted snippet, saves everything, and says so', async () => {
		await page.getByRole('button', { name: 'Paste another snippet' }).click();
		await page.getByLabel('Paste your snippet').fill(SNIPPET);
		await address().fill('https://example.com/app-inbox/token');
		await saveButton(page).click();
		await page.getByText('Saved', { exact: true }).waitFor();
		expect(await site.wordpress.option(OPTION)).toMatchObject({
			scriptId: OTHER_ID,
			scriptHost: 'statics.esputnik.com',
			features: { appInbox: true, recommendations: true, tracking: false },
			endpoint: 'https://example.com/app-inbox/token',
		});
		expect(admin.errors).toEqual([]);
		await picture(page, 'settings-saved');
	});

	it('shows a wrong value beside its field, with the focus there, and stores nothing', async () => {
		const before = await site.wordpress.option(OPTION);
		const endpoint = address();
		await endpoint.fill('http://example.com/token');
		await saveButton(page).click();
		const wrong = page.locator('[aria-invalid="true"]');
		await wrong.waitFor();
		expect(await wrong.inputValue()).toBe('http://example.com/token');
		expect(await wrong.evaluate((field) => field.matches(':focus'))).toBe(true);
		const described = await wrong.getAttribute('aria-describedby');
		const text = await Promise.all(
			described!.split(' ').map((id) => page.locator(`[id="${id}"]`).innerText())
		);
		expect(text.join(' ')).toContain('starts with https://');
		expect(await site.wordpress.option(OPTION)).toEqual(before);
		await picture(page, 'settings-wrong');
		await endpoint.fill('https://example.com/app-inbox/token');
	});

	it('repeats what WordPress itself refuses beside the field', async () => {
		// Something between the page and WordPress changes a value on its way.
		await page.route(
			'**/wp/v2/settings**',
			async (route) => {
				const body = route.request().postDataJSON() as Record<
					string,
					Record<string, string>
				>;
				body[OPTION]!.scriptId = 'changed';
				await route.continue({ postData: JSON.stringify(body) });
			},
			{ times: 1 }
		);
		await address().fill('https://www.example.com/app-inbox/token');
		await saveButton(page).click();
		await page
			.getByText(/32 digits and letters/)
			.first()
			.waitFor();
	});

	it('keeps what was typed when the network is down', async () => {
		await admin.context.setOffline(true);
		await saveButton(page).click();
		await page
			.getByText(/could not be reached|connection|offline/i)
			.first()
			.waitFor();
		await admin.context.setOffline(false);
		expect(await address().inputValue()).toBe('https://www.example.com/app-inbox/token');
		await saveButton(page).click();
		await page.getByText('Saved', { exact: true }).waitFor();
	});

	it('loads nothing of ours on other pages of the admin', async () => {
		admin.clear();
		await page.goto(`${site.url}/wp-admin/profile.php`);
		expect(admin.requests.filter((url) => url.includes('app-inbox'))).toEqual([]);
	});
});
