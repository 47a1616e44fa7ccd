import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIST } from '../../build/paths.ts';
import { launchBrowser } from '../site/browser.ts';
import { startSite, type Site } from '../site/site.ts';
import { giveLogin } from '../site/visitor.ts';
import { visit, type Visit } from './visit.ts';

const OPTION = 'app_inbox_for_esputnik';
const SCREENS = join(DIST, 'screens');
const SNIPPET = `<script>!function(t,e,c,n){var s=e.createElement(c);s.async=1,s.src=n;var r=e.scripts[0];r.parentNode.insertBefore(s,r);var f=function(){f.c(arguments)};f.q=[];f.c=function(){f.q.push(arguments)};t.eS=t.eS||f}(window,document,"script","https://statics.esputnik.com/scripts/FEDCBA9876543210FEDCBA9876543210.js");</script><script>eS('init', {TRACKING: false, RECOMS: true});</script>`;

let site: Site;
let browser: Browser;
let admin: Visit;
let page: Page;

beforeAll(async () => {
	[site, browser] = await Promise.all([
		startSite(),
		launchBrowser(),
		mkdir(SCREENS, { recursive: true }),
	]);
	admin = await visit(browser);
	page = admin.page;
	await giveLogin(admin.context, site.url, 'admin');
	admin.clear();
	await page.goto(`${site.url}/wp-admin/options-general.php?page=app-inbox-for-esputnik`);
	await saveButton().waitFor();
});
afterAll(async () => {
	await browser?.close();
	await site?.stop();
});

const saveButton = () => page.getByRole('button', { name: 'Save settings' });
const address = () => page.getByLabel('Its address');

describe('the settings page on a real WordPress', () => {
	it('finds the script in a pasted snippet, saves everything, and says so', async () => {
		await page.getByRole('button', { name: 'Paste another snippet' }).click();
		await page.getByLabel('Paste your snippet').fill(SNIPPET);
		await address().fill('https://example.com/app-inbox/token');
		await saveButton().click();
		await page.getByText('Saved', { exact: true }).waitFor();
		expect(await site.wordpress.option(OPTION)).toMatchObject({
			scriptId: 'FEDCBA9876543210FEDCBA9876543210',
			scriptHost: 'statics.esputnik.com',
			features: { appInbox: true, recommendations: true, tracking: false },
			endpoint: 'https://example.com/app-inbox/token',
		});
		expect(admin.errors).toEqual([]);
		await picture('saved');
	});

	it('shows a wrong value beside its field, with the focus there, and stores nothing', async () => {
		const before = await site.wordpress.option(OPTION);
		const endpoint = address();
		await endpoint.fill('http://example.com/token');
		await saveButton().click();
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
		await picture('wrong');
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
		await saveButton().click();
		await page
			.getByText(/32 digits and letters/)
			.first()
			.waitFor();
	});

	it('keeps what was typed when the network is down', async () => {
		await admin.context.setOffline(true);
		await saveButton().click();
		await page
			.getByText(/could not be reached|connection|offline/i)
			.first()
			.waitFor();
		await admin.context.setOffline(false);
		expect(await address().inputValue()).toBe('https://www.example.com/app-inbox/token');
		await saveButton().click();
		await page.getByText('Saved', { exact: true }).waitFor();
	});

	it('loads nothing of ours on other pages of the admin', async () => {
		admin.clear();
		await page.goto(`${site.url}/wp-admin/profile.php`);
		expect(admin.requests.filter((url) => url.includes('app-inbox'))).toEqual([]);
	});
});

async function picture(name: string) {
	for (const [width, device] of [
		[1280, 'desktop'],
		[360, 'phone'],
	] as const) {
		await page.setViewportSize({ width, height: 900 });
		await page.screenshot({
			path: join(SCREENS, `settings-${name}-${device}.png`),
			fullPage: true,
		});
	}
	await page.setViewportSize({ width: 1280, height: 900 });
}
