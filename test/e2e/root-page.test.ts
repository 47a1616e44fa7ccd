import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSources } from '../../build/gtm-sources.ts';
import { VERSION } from '../../build/version.ts';
import { gtmFiles, parseGtmSettings } from '../../src/gtm/index.ts';
import {
	CLASPO,
	ID,
	INIT,
	loader,
	scriptUrl,
	snippet,
	STATICS,
	twoElements,
} from '../esputnik/snippets.ts';
import { startTokenFunction } from '../site/token-function.ts';
import { violations } from './axe.ts';
import { withBrowser } from './running.ts';
import { SCREENS, tabTo } from './settings-page.ts';
import { visit, type Visit } from './visit.ts';

const SHOP = 'https://inbox.shop.example';
const HOST = { host: STATICS };
const LOADER = `<script>${loader(HOST)}</script>`;

const server = withBrowser(() =>
	startTokenFunction({
		SITE_URL: 'https://canary.example',
		ESPUTNIK_API_KEY: 'canary-key-9f8e7d6c5b4a3210',
	})
);
beforeAll(() => mkdir(SCREENS, { recursive: true }));

/** Opens the page at the shop's address, where a web server hands all on to the function. */
async function openPage(options: BrowserContextOptions = {}, path = '/app-inbox/'): Promise<Visit> {
	const owner = await visit(server.browser, options);
	await owner.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: SHOP });
	await owner.context.route(`${SHOP}/**`, async (route) => {
		const { pathname } = new URL(route.request().url());
		await route.fulfill({
			response: await route.fetch({ url: new URL(pathname, server.url).href }),
		});
	});
	await owner.page.goto(SHOP + path);
	return owner;
}

const script = (page: Page) => page.getByLabel('Your eSputnik snippet, or its script id');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const CONTAINER = 'Download the container';
const TEMPLATE = 'Download the template';

async function paste(page: Page, text: string) {
	await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
	await script(page).focus();
	await page.keyboard.press('ControlOrMeta+V');
}

/** The file that a press gives. */
async function downloaded(page: Page, press: () => Promise<void>) {
	const [download] = await Promise.all([page.waitForEvent('download'), press()]);
	return {
		name: download.suggestedFilename(),
		content: await readFile(await download.path(), 'utf8'),
	};
}

/** What `src/gtm` makes of these settings here. */
async function expected(settings: object) {
	const parsed = parseGtmSettings({
		scriptId: ID,
		scriptHost: 'statics.esputnik.com',
		endpoint: `${SHOP}/app-inbox/token`,
		...settings,
	});
	if (!parsed.ok) {
		throw new Error(JSON.stringify(parsed.errors));
	}
	return gtmFiles(await readSources(), parsed.settings);
}

const noDownload = (page: Page) => {
	const names: string[] = [];
	page.on('download', (download) => names.push(download.suggestedFilename()));
	return async () => {
		await page.waitForTimeout(300);
		expect(names).toEqual([]);
	};
};

describe('the token function’s own page', () => {
	it.each(['/app-inbox', '/app-inbox/', '/app-inbox/?x=<b>#y'])(
		'says what it is and which addresses it has, at %s',
		async (path) => {
			await using owner = await openPage({}, path);
			const { page } = owner;
			const text = await page.locator('body').innerText();
			expect(text).toContain(`The token function runs · version\u00a0${VERSION}`);
			expect(text).not.toContain('canary');
			expect(await page.locator('#endpoint').innerText()).toBe(`${SHOP}/app-inbox/token`);
			expect(await page.locator('#loader').innerText()).toBe(`${SHOP}/app-inbox/loader.js`);
			await button(page, 'Copy the address of the token function').click();
			await page.getByText('Copied.').waitFor();
			expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
				`${SHOP}/app-inbox/token`
			);
			expect(owner.requests).toEqual([
				SHOP + path.replace(/#.*/, '').replace(/</g, '%3C').replace(/>/g, '%3E'),
			]);
			expect(owner.errors).toEqual([]);
		}
	);

	it('makes both files from a pasted snippet, the same as everywhere else', async () => {
		await using owner = await openPage();
		const { page } = owner;
		await paste(page, LOADER);
		await page.getByText(`Found: script ${ID} from statics.esputnik.com.`).waitFor();
		const plain = await expected({});
		expect(await downloaded(page, () => button(page, CONTAINER).click())).toEqual({
			name: 'container.json',
			content: plain['container.json'],
		});
		await page.getByText('container.json is in your downloads.').waitFor();

		await page.getByLabel('Language of the inbox').selectOption({ label: 'Ukrainian (uk)' });
		await page.getByLabel('Recommendations').check();
		const chosen = await expected({ language: 'uk', features: { recommendations: true } });
		expect(await downloaded(page, () => button(page, TEMPLATE).click())).toEqual({
			name: 'template.tpl',
			content: chosen['template.tpl'],
		});
		expect(chosen['template.tpl']).not.toBe(plain['template.tpl']);
		expect(owner.requests).toHaveLength(1);
		expect(owner.errors).toEqual([]);
	});

	it.each([
		['the bare one', 'recommendations and tracking', snippet(INIT.bare, HOST)],
		['the older one', 'recommendations and tracking', twoElements(INIT.older, HOST)],
		['the documented one', 'recommendations', twoElements(INIT.inbox, HOST)],
		['a minified one', 'tracking', snippet(INIT.flags('{TRACKING:!0,RECOMS:!1}'), HOST)],
	])('keeps what the snippet’s init switches on: %s', async (_name, names, text) => {
		await using owner = await openPage();
		const { page } = owner;
		expect(await page.getByLabel('Tracking').isChecked()).toBe(false);
		await paste(page, text);
		const said = `Found: script ${ID} from statics.esputnik.com. The snippet switches on ${names}, ticked below. So nothing is lost if you take the snippet off your site`;
		await page.getByText(said).waitFor();
		const features = {
			recommendations: names.includes('recommendations'),
			tracking: names.includes('tracking'),
		};
		expect(await page.getByLabel('Tracking').isChecked()).toBe(features.tracking);
		expect(await page.getByLabel('Recommendations').isChecked()).toBe(features.recommendations);
		expect(await page.getByLabel('Consent that they wait for').inputValue()).toBe('ad_storage');
		const { content } = await downloaded(page, () => button(page, CONTAINER).click());
		expect(content).toBe((await expected({ features }))['container.json']);
	});

	it('leaves the script to the snippet where that stays on the site', async () => {
		await using owner = await openPage();
		const { page } = owner;
		await paste(page, LOADER);
		await page.getByLabel('eSputnik’s snippet stays on my site').check();
		const { content } = await downloaded(page, () => button(page, CONTAINER).click());
		expect(content).toBe((await expected({ script: 'site' }))['container.json']);
	});

	it.each(['a paste', 'a press'])('keeps and shows nothing of an API key, at %s', async (way) => {
		await using owner = await openPage();
		const { page } = owner;
		const key = 'canary0123456789ABCDEF01';
		if (way === 'a paste') {
			await paste(page, key);
		} else {
			await script(page).fill(key);
			await button(page, CONTAINER).click();
		}
		await page.getByText('This looks like an API key').waitFor();
		expect(await script(page).inputValue()).toBe('');
		expect(await page.content()).not.toContain('canary');
	});

	it('leaves alone what somebody is still typing', async () => {
		await using owner = await openPage();
		const { page } = owner;
		await script(page).pressSequentially(ID.slice(0, -1));
		expect(await page.locator('#script-error').isVisible()).toBe(false);
		await script(page).pressSequentially(ID.slice(-1));
		await page.getByText(/^Found: an id\. Make sure .* no API key/).waitFor();
	});

	it('offers the consent that tracking waits for, where there is something that waits', async () => {
		await using owner = await openPage();
		const { page } = owner;
		const consent = page.getByLabel('Consent that they wait for');
		await script(page).fill(ID);
		expect(await consent.isVisible()).toBe(false);
		await page.getByLabel('Tracking').check();
		expect(await consent.inputValue()).toBe('ad_storage');
		await consent.selectOption({ label: 'Analytics (analytics_storage)' });
		const file = async () =>
			(await downloaded(page, () => button(page, CONTAINER).click())).content;
		const settings = { scriptHost: 'cdn.esputnik.com' };
		const waiting = { ...settings, features: { tracking: true }, consent: 'statistics' };
		expect(await file()).toBe((await expected(waiting))['container.json']);
		await page.getByLabel('Tracking').uncheck();
		expect(await consent.isVisible()).toBe(false);
		expect(await file()).toBe((await expected(settings))['container.json']);
		await paste(page, snippet(INIT.flags('{TRACKING: false}'), HOST));
		await consent.waitFor();
		expect(owner.errors).toEqual([]);
	});

	it.each([
		['nothing', '', /^Nothing is pasted yet\. Copy the snippet/],
		['another text', '123', /^There is no eSputnik script in this text\. Copy/],
		['a short id', scriptUrl({ id: '123' }), /its id must have 32 digits .* Copy/],
		['Claspo’s snippet', CLASPO, /^This script does not come from eSputnik/],
		['the example', snippet(INIT.bare, { id: 'UUID' }), /^This is the example .* your own/],
	])(
		'says beside the field what is wrong with %s, and gives no file',
		async (_name, text, problem) => {
			await using owner = await openPage();
			const { page } = owner;
			const none = noDownload(page);
			await script(page).fill(text);
			for (const name of [CONTAINER, TEMPLATE]) {
				await button(page, name).click();
				expect(await page.locator('#script-error').innerText()).toMatch(problem);
				expect(await script(page).getAttribute('aria-invalid')).toBe('true');
				expect(await page.locator(':focus').getAttribute('id')).toBe('script');
			}
			await none();
			await script(page).fill(ID);
			expect(await page.locator('#script-error').isVisible()).toBe(false);
			expect(await script(page).getAttribute('aria-invalid')).toBeNull();
		}
	);

	it('says why Tag Manager cannot use an address such as this machine’s, and gives no file', async () => {
		await using owner = await visit(server.browser);
		const { page } = owner;
		await page.goto(server.url);
		const notice = page.locator('#unfit');
		expect(await notice.innerText()).toContain(
			`Tag Manager cannot use the address ${server.url}/token. Tag Manager loads from https addresses only`
		);
		expect(await notice.innerText()).toContain('Open this page at the address at which');
		const none = noDownload(page);
		await script(page).fill(ID);
		await button(page, CONTAINER).click();
		await page.getByText('Nothing is downloaded: this address cannot be used.').waitFor();
		await none();
		expect(owner.errors).toEqual([]);
	});

	it('still runs when the browser has it already', async () => {
		await using owner = await visit(server.browser);
		const { page } = owner;
		await page.goto(server.url);
		await page.goto('about:blank');
		await page.goto(server.url);
		expect(server.output()).toContain('"status":304,"outcome":"not_modified"');
		expect(await page.locator('#endpoint').innerText()).toBe(`${server.url}/token`);
		expect(await page.locator('#language option').count()).toBeGreaterThan(100);
		expect(owner.errors).toEqual([]);
	});

	it('works by the keyboard alone, which always sees where it is', async () => {
		await using owner = await openPage({ viewport: { width: 1280, height: 700 } });
		const { page } = owner;
		const seen = async () =>
			expect(
				await page
					.locator(':focus')
					.evaluate((element) => getComputedStyle(element).outlineStyle)
			).toBe('solid');
		const reach = async (name: string) => {
			await tabTo(page, button(page, name));
			await seen();
		};
		await reach('Copy the address of the token function');
		await page.keyboard.press('Enter');
		await page.getByText('Copied.').waitFor();
		await tabTo(page, script(page));
		await seen();
		await page.keyboard.type(ID);
		await tabTo(page, page.getByLabel('Language of the inbox'));
		await seen();
		await page.keyboard.type('Polish');
		await tabTo(page, page.getByLabel('Tracking'));
		await seen();
		await page.keyboard.press('Space');
		await reach(CONTAINER);
		const { content } = await downloaded(page, () => page.keyboard.press('Enter'));
		const files = await expected({
			scriptHost: 'cdn.esputnik.com',
			language: 'pl',
			features: { tracking: true },
		});
		expect(content).toBe(files['container.json']);
	});

	describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
		it.each<[string, (page: Page) => Promise<unknown>]>([
			['as it opens', async () => {}],
			[
				'with a snippet and a file',
				async (page) => {
					await paste(page, snippet(INIT.bare, HOST));
					await downloaded(page, () => button(page, CONTAINER).click());
					await button(page, 'Copy the address of the script').click();
					await page.getByText('Copied.').waitFor();
				},
			],
			['with an error', (page) => button(page, CONTAINER).click()],
			[
				'where Tag Manager cannot use it',
				async (page) => {
					await page.goto(server.url);
					await button(page, CONTAINER).click();
					await page.getByText('Nothing is downloaded').waitFor();
				},
			],
		])('has no violation and fits: %s', async (_name, reach) => {
			await using owner = await openPage({ colorScheme, reducedMotion: 'reduce' });
			const { page } = owner;
			await reach(page);
			for (const width of [1280, 640, 320]) {
				await page.setViewportSize({ width, height: 900 });
				expect(await violations(page, 'html')).toEqual([]);
				expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
			}
			expect(
				await page.evaluate(
					() => getComputedStyle(document.querySelector('button')!).transitionDuration
				)
			).toBe('0s');
		});
	});

	it('is worth a picture', async () => {
		for (const [name, width, colorScheme] of [
			['desktop', 1280, 'light'],
			['phone', 360, 'light'],
			['dark', 1280, 'dark'],
		] as const) {
			await using owner = await openPage({ colorScheme, viewport: { width, height: 900 } });
			if (name !== 'desktop') {
				await paste(owner.page, snippet(INIT.flags('{RECOMS: false}'), HOST));
				await downloaded(owner.page, () => button(owner.page, CONTAINER).click());
			}
			await owner.page.screenshot({
				path: join(SCREENS, `root-page-${name}.png`),
				fullPage: true,
			});
		}
	});
});
