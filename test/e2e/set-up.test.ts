import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { twoElements } from '../esputnik/snippets.ts';
import { withSite } from './running.ts';
import {
	openSettingsPage,
	picture,
	saveButton,
	seedWithAdmin,
	tabTo,
	VERSIONS,
} from './settings-page.ts';
import type { Visit } from './visit.ts';

describe.each(VERSIONS)('from an empty plugin to “live” on WordPress %s', (version) => {
	const site = withSite({
		wordpress: version,
		seed: seedWithAdmin(),
		settings: { scriptId: '', endpoint: '' },
	});
	let admin: Visit;
	let page: Page;

	beforeAll(async () => {
		admin = await openSettingsPage(site);
		page = admin.page;
	});

	const button = (name: string) => page.getByRole('button', { name, exact: true });
	const overview = () => page.getByRole('navigation', { name: 'Steps of the set-up' });
	const steps = async () =>
		(await overview().locator('.app-inbox-admin__step-word').allInnerTexts()).join(', ');
	const press = (key: string) => page.keyboard.press(key);
	const shot = (name: string) => picture(page, `set-up-${version}-${name}`);

	it('says at first what is to be done', async () => {
		expect(site.wordpress.version.startsWith(version)).toBe(true);
		await overview().getByText('Not live yet. Next: Script.').waitFor();
		expect(await steps()).toBe('To do, To do, To do, To do');
		await shot('empty');
	});

	it('goes through the four steps by the keyboard alone', { timeout: 180_000 }, async () => {
		// The page's own link past the menus is where a keyboard starts.
		await tabTo(page, page.getByRole('link', { name: 'Skip to main content' }));
		await press('Enter');

		await tabTo(page, page.getByLabel('Paste your snippet'));
		await page.keyboard.insertText(twoElements(undefined, { id: site.esputnik.scriptId }));
		await page.getByText('Your script is found, from cdn.esputnik.com.').waitFor();
		await shot('script');

		await tabTo(page, page.getByRole('button', { name: /^It runs on this site/ }));
		await press('Enter');
		const address = page.getByLabel('Its address');
		expect(await address.inputValue()).toBe(`${site.url}/app-inbox/token`);
		expect(await address.evaluate((field) => field.matches(':focus'))).toBe(true);

		await tabTo(page, button('Choose on your site'));
		await press('Enter');
		const dialog = page.getByRole('dialog');
		const stage = dialog.getByRole('application');
		await stage.waitFor();
		await tabTo(page, stage);
		await press('ArrowDown');
		await dialog.locator('.screen-reader-text[role="status"]', { hasText: 'header' }).waitFor();
		await press('Enter');
		await shot('bell');
		await tabTo(page, dialog.getByRole('button', { name: 'Use this place' }));
		await press('Enter');
		await dialog.waitFor({ state: 'detached' });
		expect(await page.getByLabel('Element', { exact: true }).inputValue()).toMatch(/header/);

		await tabTo(page, saveButton(page));
		await press('Enter');
		await page.getByText('Saved', { exact: true }).waitFor();
		expect(await steps()).toBe('Done, Done, Done, To do');
		await overview().getByText('Switched on. Check everything once.').waitFor();
		await shot('saved');

		await tabTo(page, button('Check everything'), 'Shift+Tab');
		await press('Enter');
		await page.getByText('Everything works.').waitFor({ timeout: 90_000 });
		await overview().getByText('Live on your site.').waitFor();
		expect(await steps()).toBe('Done, Done, Done, Done');
		expect(admin.errors).toEqual([]);
		await shot('live');
	});

	it('is live: the visitor sees the bell, and a returning owner how things stand', async () => {
		await page.goto(site.url);
		await page.locator('esputnik-inbox').waitFor();
		expect(await page.evaluate(() => window.appInbox?.status())).toMatchObject({
			init: 'ours',
			token: 'received',
		});
		await page.goBack();
		await overview().getByText('Live on your site.').waitFor();
		await overview()
			.getByText(/^Last check: .*Nothing was broken\.$/)
			.waitFor();
		await picture(page, `set-up-${version}-dashboard`, 'window');
		expect(await site.wordpress.log()).toBe('');
	});
});
