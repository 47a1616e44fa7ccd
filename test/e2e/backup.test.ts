import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../build/version.ts';
import { withSite } from './running.ts';
import { openSettingsPage, picture } from './settings-page.ts';
import type { Visit } from './visit.ts';

const OPTION = 'app_inbox_for_esputnik';
const ICON =
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M6 9a6 6 0 0 1 12 0v6l2 3H4l2-3z"/></svg>';

const site = withSite();
let admin: Visit;
let page: Page;

beforeAll(async () => {
	admin = await openSettingsPage(site);
	page = admin.page;
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const saveButton = () => button('Save settings');
const address = () => page.getByLabel('Its address');
const message = () => page.getByLabel('Message', { exact: true });
const request = () => page.locator('#app-inbox-request');
const backup = () => page.locator('#app-inbox-backup');
const stored = () => site.wordpress.option(OPTION);
const hasFocus = (name: string) => button(name).evaluate((element) => element.matches(':focus'));

describe('the request to eSputnik', () => {
	it('says what is to be done first, and takes the block’s place at a press', async () => {
		await request().getByText('Choose the element that gets the bell').waitFor();
		expect(await message().count()).toBe(0);
		await picture(page, 'settings-request-first', request());
		await button('I use the block').click();
		expect(await message().inputValue()).toContain('CSS selector: .app-inbox-bell\n');
		expect(await message().inputValue()).toContain(`Site: ${site.url}\n`);
		await page.getByText('There are unsaved changes.').waitFor();
	});

	it('is copied with all that is in the form, the icon’s code too', async () => {
		await page.getByRole('radio', { name: 'Your own picture' }).check();
		await page.getByLabel('Picture (SVG)').fill(ICON);
		await admin.context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await button('Copy').click();
		await request().getByRole('status').getByText('Copied', { exact: true }).waitFor();
		const copied = (await page.evaluate('navigator.clipboard.readText()')) as string;
		expect(copied.replaceAll('\r\n', '\n')).toBe(await message().inputValue());
		expect(copied).toContain(ICON);
		await picture(page, 'settings-request', request());
	});

	it('is selected where the clipboard is refused', async () => {
		await page.evaluate(() => {
			Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
			document.execCommand = () => false;
		});
		await button('Copy').click();
		await request().getByText('The message is selected').waitFor();
		expect(
			await message().evaluate(
				(field: HTMLTextAreaElement) =>
					field.matches(':focus') && field.selectionEnd - field.selectionStart
			)
		).toBe((await message().inputValue()).length);
	});

	it('goes into an e-mail, and the icon into a file', async () => {
		const link = page.getByRole('link', { name: 'Write an e-mail' });
		const url = new URL((await link.getAttribute('href'))!);
		expect(url.pathname).toBe('support@esputnik.com');
		expect(url.searchParams.get('body')).toContain('Icon: the attached file bell.svg');
		const file = await downloaded(() => button('Save the icon as a file').click());
		expect(file.suggestedFilename()).toBe('bell.svg');
		expect(await contentOf(file)).toBe(ICON);
	});
});

describe('export and import', () => {
	let exported: string;

	it('saves the form as a file', async () => {
		await saveButton().click();
		await page.getByText('Saved', { exact: true }).waitFor();
		const file = await downloaded(() => button('Export').click());
		expect(file.suggestedFilename()).toBe('app-inbox-settings.json');
		exported = await contentOf(file);
		expect(JSON.parse(exported)).toEqual({
			format: 'app-inbox-for-esputnik/settings',
			version: VERSION,
			settings: await stored(),
		});
		await backup().getByText('The file is saved.').waitFor();
	});

	it('changes nothing for a bad file, and names its wrong fields', async () => {
		const before = await address().inputValue();
		const bad = JSON.parse(exported);
		Object.assign(bad.settings, { endpoint: 'http://shop.example/token', language: 'xx' });
		await choose(JSON.stringify(bad));
		await backup().getByText('nothing was changed').waitFor();
		expect(await backup().getByRole('listitem').allInnerTexts()).toEqual([
			expect.stringContaining('Address of the token function: The address starts with'),
			expect.stringContaining('Language: '),
		]);
		expect(await address().inputValue()).toBe(before);
		await picture(page, 'settings-backup-bad-file', backup());
		await choose('<?php');
		await backup().getByText('holds no settings of this plugin').waitFor();
	});

	it('fills the form from a good file, stores nothing, and guards what is unsaved', async () => {
		const before = await stored();
		const good = JSON.parse(exported);
		good.settings.endpoint = 'https://shop.example/app-inbox/token';
		await choose(JSON.stringify(good));
		await backup().getByText('The form is filled from the file.').waitFor();
		expect(await address().inputValue()).toBe('https://shop.example/app-inbox/token');
		await page.getByText('There are unsaved changes.').waitFor();
		expect(await stored()).toEqual(before);
		await picture(page, 'settings-backup-imported', backup());

		const asked = page.waitForEvent('dialog');
		page.evaluate('location.reload()').catch(() => {});
		const dialog = await asked;
		expect(dialog.type()).toBe('beforeunload');
		await dialog.dismiss();
		expect(await address().inputValue()).toBe('https://shop.example/app-inbox/token');

		await saveButton().click();
		await page.getByText('Saved', { exact: true }).waitFor();
		expect(await stored()).toEqual(good.settings);
	});
});

describe('reset', () => {
	it('asks, and keeps everything by default', async () => {
		await button('Reset all settings').click();
		expect(await hasFocus('Keep everything')).toBe(true);
		await picture(page, 'settings-backup-reset', backup());
		await page.keyboard.press('Escape');
		expect(await hasFocus('Reset all settings')).toBe(true);
		await page.keyboard.press('Enter');
		await page.keyboard.press('Enter');
		expect(await hasFocus('Reset all settings')).toBe(true);
		expect(await address().inputValue()).toBe('https://shop.example/app-inbox/token');
	});

	it('empties the form, stores nothing, and can be taken back', async () => {
		const before = await stored();
		await button('Reset all settings').click();
		await button('Reset').click();
		expect(await hasFocus('Reset all settings')).toBe(true);
		expect(await address().inputValue()).toBe('');
		expect(await page.getByLabel('Script id').inputValue()).toBe('');
		await page.getByText('There are unsaved changes.').waitFor();
		expect(await stored()).toEqual(before);
		await button('Put back what was in the form').click();
		expect(await address().inputValue()).toBe('https://shop.example/app-inbox/token');
		await backup().getByText('The form is as it was before.').waitFor();
		expect(await page.getByText('There are unsaved changes.').count()).toBe(0);
		expect(admin.errors).toEqual([]);
	});

	it('lets an imported file bring the script to a form that had none', async () => {
		await site.wordpress.run(
			`update_option( '${OPTION}', array( 'scriptId' => '' ) + get_option( '${OPTION}' ) );`
		);
		await page.reload();
		await saveButton().waitFor();
		expect(await page.getByLabel('Script id').count()).toBe(0);
		await choose(
			JSON.stringify({
				format: 'app-inbox-for-esputnik/settings',
				version: VERSION,
				settings: { scriptId: 'FEDCBA9876543210FEDCBA9876543210' },
			})
		);
		expect(await page.getByLabel('Script id').inputValue()).toBe(
			'FEDCBA9876543210FEDCBA9876543210'
		);
	});
});

const choose = (content: string) =>
	backup()
		.locator('input[type=file]')
		.setInputFiles({
			name: 'settings.json',
			mimeType: 'application/json',
			buffer: Buffer.from(content),
		});

async function downloaded(press: () => Promise<void>): Promise<Download> {
	const [download] = await Promise.all([page.waitForEvent('download'), press()]);
	return download;
}

const contentOf = async (download: Download) => readFile(await download.path(), 'utf8');
