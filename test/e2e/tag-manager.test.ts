import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSources } from '../../build/gtm-sources.ts';
import { gtmFiles, parseGtmSettings } from '../../src/gtm/index.ts';
import { expectNoViolation } from './axe.ts';
import { withSite } from './running.ts';
import { openSettingsPage, picture, SETTINGS_PAGE, tabTo } from './settings-page.ts';
import type { Visit } from './visit.ts';

const ENDPOINT = 'https://inbox.example.com/app-inbox/token';
const GUIDE = /\/admin\/tag-manager\.js/;

const site = withSite({
	settings: { endpoint: ENDPOINT },
	muPlugin: `
		if ( isset( $_COOKIE['test_rtl'] ) ) {
			$GLOBALS['text_direction'] = 'rtl';
		}
		add_filter( 'determine_locale', static function ( $locale ) {
			return $_COOKIE['test_locale'] ?? $locale;
		} );`,
});
let admin: Visit;
let page: Page;

beforeAll(async () => {
	admin = await openSettingsPage(site);
	page = admin.page;
	page.on('dialog', (dialog) => dialog.accept()); // What a test typed is given up.
});
beforeEach(async () => {
	await page.unrouteAll();
	await admin.context.clearCookies({ name: /^test_/ });
	await page.setViewportSize({ width: 1280, height: 900 });
	admin.clear();
	await page.goto(site.url + SETTINGS_PAGE);
	await button('Use Tag Manager instead').waitFor();
});

const section = () => page.locator('#app-inbox-tag-manager');
const button = (name: string) => section().getByRole('button', { name, exact: true });
const container = () => button('Download the container');
const guideRequests = () => admin.requests.filter((url) => GUIDE.test(url));

async function open() {
	await button('Use Tag Manager instead').click();
	await container().waitFor();
}

async function downloaded(press: () => Promise<void>) {
	const [file] = await Promise.all([page.waitForEvent('download'), press()]);
	return { name: file.suggestedFilename(), content: await readFile(await file.path(), 'utf8') };
}

/** What src/gtm makes, here and not in the browser. */
async function expected(settings: Record<string, unknown>) {
	const parsed = parseGtmSettings(settings);
	if (!parsed.ok) {
		throw new Error(JSON.stringify(parsed.errors));
	}
	return gtmFiles(await readSources(), parsed.settings);
}

const stored = async () =>
	(await site.wordpress.option('app_inbox_for_esputnik')) as Record<string, unknown>;

describe('Tag Manager on the settings page', () => {
	it('loads what it needs at the press that asks for it, from the plugin and once', async () => {
		expect(guideRequests()).toEqual([]);
		admin.clear(); // WordPress itself asks others for pictures of people.
		await open();
		await button('Use Tag Manager instead').click();
		expect(await container().count()).toBe(0);
		await button('Use Tag Manager instead').click();
		await container().waitFor();
		expect(guideRequests().length).toBe(1);
		expect(admin.requests.every((url) => url.startsWith(site.url))).toBe(true);
		expect(admin.errors).toEqual([]);
	});

	it('makes both files as they are made elsewhere, byte by byte', async () => {
		await open();
		const files = await expected(await stored());
		const name = 'container.json';
		expect(await downloaded(() => container().click())).toEqual({ name, content: files[name] });
		await section().getByText('Your browser saves container.json.').waitFor();
		expect(await downloaded(() => button('Download the template').click())).toEqual({
			name: 'template.tpl',
			content: files['template.tpl'],
		});
		await picture(page, 'tag-manager', section());
		expect(admin.errors).toEqual([]);
	});

	it('makes them from the form, saved or not', async () => {
		await open();
		const before = await stored();
		const endpoint = 'https://shop.example.com/app-inbox/token';
		await page.getByLabel('Its address').fill(` ${endpoint} `);
		await page.getByLabel('Language', { exact: true }).selectOption('uk');
		const { content } = await downloaded(() => container().click());
		const files = await expected({ ...before, endpoint, language: 'uk' });
		expect(content).toBe(files['container.json']);
		expect(await stored()).toEqual(before);
	});

	it('says beside the buttons what to mend and where, and saves no file', async () => {
		await open();
		await page.getByLabel('Its address').fill(`${site.url}/app-inbox/token`);
		const reason = section()
			.getByRole('listitem')
			.filter({ hasText: /^Token function: / });
		await reason.getByText('Tag Manager loads from https addresses only').waitFor();
		let files = 0;
		page.on('download', () => files++);
		await container().click();
		expect(await reason.evaluate((item) => item.closest(':focus') !== null)).toBe(true);
		await picture(page, 'tag-manager-first', section());
		await expectNoViolation(page);
		await reason.getByRole('link').click();
		expect(new URL(page.url()).hash).toBe('#app-inbox-token-function');
		await page.getByLabel('Its address').fill(ENDPOINT);
		expect(await reason.count()).toBe(0);
		expect(files).toBe(0);
	});

	it('says when the guide does not come, and gets it at the next try', async () => {
		await page.route(GUIDE, (route) => route.abort(), { times: 1 });
		await button('Use Tag Manager instead').click();
		await section().getByText('could not be loaded').waitFor();
		await expectNoViolation(page);
		await button('Try again').click();
		await container().waitFor();
		expect(guideRequests().length).toBe(2);
	});

	it('works by keyboard alone', async () => {
		await page.getByLabel('Consent', { exact: true }).focus();
		await tabTo(page, button('Use Tag Manager instead'));
		await page.keyboard.press('Enter');
		await container().waitFor();
		expect(await tabTo(page, container())).toBe(1);
		const { name } = await downloaded(() => page.keyboard.press('Enter'));
		expect(name).toBe('container.json');
		expect(await container().evaluate((element) => element.matches(':focus'))).toBe(true);
	});

	it('works where the scripts of the page have been moved into it', async () => {
		await page.route(`**${SETTINGS_PAGE}`, async (route) => {
			const response = await route.fetch();
			const html = await response.text();
			const [tag, address] =
				/<script [^>]*src=["']([^"']*\/admin\/index\.js[^"']*)["'][^>]*>/.exec(html)!;
			const script = await (await page.request.get(address!.replace('&#038;', '&'))).text();
			await route.fulfill({
				response,
				body: html.replace(
					tag,
					() => `<script>${script.replaceAll('</script', '<\\/script')}`
				),
			});
		});
		await page.reload();
		await open();
		expect(admin.errors).toEqual([]);
	});

	it.each([1280, 640, 320])('has no violation at %i pixels', async (width) => {
		await open();
		await page.setViewportSize({ width, height: 900 });
		await expectNoViolation(page);
		expect(
			await section().evaluate((element) => element.scrollWidth - element.clientWidth)
		).toBeLessThanOrEqual(0);
	});

	it('speaks the admin’s language, in what is loaded later too', async () => {
		await admin.context.addCookies([{ name: 'test_locale', value: 'uk', url: site.url }]);
		await page.reload();
		await section().getByRole('button', { name: 'Використати Tag Manager' }).click();
		await section().getByRole('button', { name: 'Завантажити контейнер' }).waitFor();
		await page.locator('#app-inbox-token-function input').fill('http://a.example/token');
		await section().getByText('Tag Manager завантажує лише з адрес https').waitFor();
		const latin = (await section().innerText()).match(/[A-Z][a-z]+( [a-z]+){3,}/g);
		expect(latin).toBeNull();
		await picture(page, 'tag-manager-uk', section());
	});

	it('reads from right to left', async () => {
		await admin.context.addCookies([{ name: 'test_rtl', value: '1', url: site.url }]);
		await page.reload();
		await open();
		await expectNoViolation(page);
		await picture(page, 'tag-manager-rtl', section());
	});
});
