import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pickerOn } from './picker.ts';
import { withSite } from './running.ts';
import { openSettingsPage, SCREENS, SETTINGS_PAGE, tabTo } from './settings-page.ts';
import type { Visit } from './visit.ts';

const OPTION = 'app_inbox_for_esputnik';

const site = withSite({
	muPlugin: `
		add_action( 'send_headers', static function () {
			switch ( $_GET['refuse'] ?? '' ) {
				case 'frames':
					header( 'X-Frame-Options: DENY' );
					break;
				case 'policy':
					header( "Content-Security-Policy: frame-ancestors 'none'" );
					break;
				case 'styles':
					header( "Content-Security-Policy: style-src 'none'; script-src 'none'; img-src 'none'" );
					break;
				case 'all':
					status_header( 500 );
					exit( '<p>Broken</p>' );
			}
		} );`,
});
let admin: Visit;
let page: Page;
let picker: ReturnType<typeof pickerOn>;

beforeAll(async () => {
	admin = await openSettingsPage(site);
	page = admin.page;
	picker = pickerOn(page);
});
beforeEach(async () => {
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.goto(site.url + SETTINGS_PAGE);
	await picker.openButton.waitFor();
	admin.clear();
});
afterEach(() => {
	expect(admin.errors).toEqual([]);
});

const stored = async () =>
	((await site.wordpress.option(OPTION)) as { placement: Record<string, string> }).placement;

async function save(on = page) {
	await on.getByRole('button', { name: 'Save settings' }).click();
	await on.getByText('Saved', { exact: true }).waitFor();
}

describe('choosing the place of the bell on a real site', () => {
	it('takes an element by the mouse, shows the bell in each of the four places, and saves', async () => {
		await picker.open();
		await picture('picker-open');
		expect(await picker.framed.locator('#wpadminbar').isVisible()).toBe(false);
		const before = await picker.header.boundingBox();
		await picker.header.hover({ position: { x: 4, y: 4 } });
		await page.locator('.app-inbox-admin__outline.is-pointed').waitFor();
		expect(await picker.header.boundingBox()).toEqual(before);

		await picker.header.click({ position: { x: 4, y: 4 } });
		await picker.chosen('box, inside header');
		await picker.dialog.getByRole('button', { name: 'Around it' }).click();
		await picker.chosen('header, inside page');
		for (const [name, place] of [
			['Before the element', 'beforebegin'],
			['Inside, at the start', 'afterbegin'],
			['Inside, at the end', 'beforeend'],
			['After the element', 'afterend'],
		] as const) {
			await picker.position(name).check();
			await picker.expectBell(place);
		}
		await picker.position('Inside, at the start').check();
		await picker.expectBell('afterbegin');
		await picture('picker-chosen');

		await picker.useButton.click();
		await picker.dialog.waitFor({ state: 'detached' });
		expect(await picker.selectorField.inputValue()).toMatch(/^header/);
		await page.getByText('It matches exactly one element').waitFor();
		await picture('picker-taken');
		await save();
		const { selector, position: place } = await stored();
		expect(place).toBe('afterbegin');
		await page.goto(site.url);
		expect(await page.locator(selector!).count()).toBe(1);
	});

	it('takes a position by pressing its mark at the element', async () => {
		await setPlacement('', 'beforeend');
		await picker.open();
		expect(await picker.marks.count()).toBe(0);
		await picker.header.click({ position: { x: 4, y: 4 } });
		await picker.dialog.getByRole('button', { name: 'Around it' }).click();
		await picker.chosen('header, inside page');
		const before = await picker.header.boundingBox();
		for (const [place, name] of [
			['beforebegin', 'Before the element'],
			['afterend', 'After the element'],
			['afterbegin', 'Inside, at the start'],
			['beforeend', 'Inside, at the end'],
		] as const) {
			await picker.mark(place).click();
			await picker.expectBell(place);
			expect(await picker.position(name).isChecked()).toBe(true);
			await picker.expectMarks();
		}
		expect(await picker.header.boundingBox()).toEqual(before);
		await picture('picker-marks-row');

		// They go with the element, and out of sight with it.
		const marked = (await picker.mark('afterend').boundingBox())!;
		await picker.scrollTo(40);
		await picker.expectMarkAt('afterend', marked.y - 40);
		await picker.scrollTo(600);
		await picker.marks.first().waitFor({ state: 'hidden' });
		await picker.scrollTo(0);
		await picker.marks.first().waitFor();

		const link = picker.framed.getByRole('link', { name: 'News', exact: true }).first();
		await link.click();
		await picker.chosen(/link/);
		await picker.mark('afterend').click();
		await picker.expectMarks();
		await picture('picker-marks-link');
		await picker.framed.getByRole('link', { name: 'Kavarnia' }).first().click();
		await picker.chosen(/Kavarnia/);
		await picker.expectMarks();
		await picture('picker-marks-logo');
		await picker.framed.locator('main h2').first().click();
		await picker.chosen(/^Chosen: heading/);
		await picker.expectMarks();
		await picture('picker-marks-main');
		await picker.useButton.click();
		await picker.dialog.waitFor({ state: 'detached' });
	});

	it('follows no link while choosing, and every link while browsing', async () => {
		await picker.open();
		const news = picker.framed.getByRole('link', { name: 'News', exact: true }).first();
		const about = picker.framed.getByRole('link', { name: 'About us', exact: true }).first();
		const [newsAddress, aboutAddress] = await Promise.all(
			[news, about].map((link) => link.evaluate((a) => (a as HTMLAnchorElement).href))
		);
		expect(newsAddress).not.toBe(aboutAddress);
		await news.click();
		await picker.chosen(/link/);
		await picker.dialog.getByRole('button', { name: 'Browse' }).click();
		await about.click();
		await page.waitForFunction(
			(wanted) =>
				document.querySelector<HTMLIFrameElement>('iframe[title="Your site"]')
					?.contentWindow?.location.href === wanted,
			aboutAddress
		);
		// The click that chose had its turn before this one.
		expect(admin.requests).toContain(aboutAddress);
		expect(admin.requests).not.toContain(newsAddress);
		await page
			.getByText(/Chosen/)
			.first()
			.waitFor();
		await picker.dialog.getByRole('button', { name: 'Cancel' }).click();
		expect(await picker.previewBell.count()).toBe(0);
	});

	it('takes the header by the keyboard alone', async () => {
		await setPlacement('', 'beforeend');
		await picker.openButton.focus();
		await page.keyboard.press('Enter');
		await picker.header.waitFor();
		await picker.dialog.getByRole('application').waitFor();
		await tabTo(page, picker.dialog.locator('[role="application"]'));
		await page.keyboard.press('ArrowDown');
		const news = picker.dialog.locator('.screen-reader-text[role="status"]');
		await expectText(news, 'header, inside page');
		await page.keyboard.press('ArrowDown');
		await expectText(news, /inside header$/);
		await page.keyboard.press('ArrowUp');
		await expectText(news, 'header, inside page');
		await picture('picker-keys');
		await page.keyboard.press('Enter');
		await picker.chosen('header, inside page');
		await picker.expectBell('beforeend');
		await tabTo(page, picker.dialog.locator('input[type="radio"]:checked'));
		await page.keyboard.press('ArrowRight');
		await picker.expectBell('afterend');
		await tabTo(page, picker.dialog.locator('.is-primary'));
		await page.keyboard.press('Enter');
		await picker.dialog.waitFor({ state: 'detached' });
		expect(await picker.openButton.evaluate((button) => button.matches(':focus'))).toBe(true);
		expect(await picker.selectorField.inputValue()).toMatch(/^header/);
		await save();
		expect(await stored()).toMatchObject({ position: 'afterend' });
	});

	it('closes with Escape and leaves the form as it was', async () => {
		const before = await picker.selectorField.inputValue();
		await picker.open();
		await picker.framed
			.locator('main')
			.first()
			.click({ position: { x: 4, y: 4 } });
		await picker.useButton.waitFor();
		await tabTo(page, picker.dialog.locator('[role="application"]'));
		await page.keyboard.press('Escape');
		await picker.dialog.waitFor({ state: 'detached' });
		expect(await picker.selectorField.inputValue()).toBe(before);
	});

	it('takes the header by touch on a phone', async () => {
		await setPlacement('', 'beforeend');
		const context = await site.browser.newContext({
			hasTouch: true,
			isMobile: true,
			viewport: { width: 360, height: 740 },
			storageState: await admin.context.storageState(),
		});
		const phone = await context.newPage();
		const onPhone = pickerOn(phone);
		await phone.goto(site.url + SETTINGS_PAGE);
		await onPhone.openButton.tap();
		await onPhone.header.waitFor();
		await onPhone.dialog.getByRole('application').waitFor();
		await phone.screenshot({ path: join(SCREENS, 'picker-open-touch.png') });
		await onPhone.framed.locator('header a').first().tap();
		await onPhone.chosen(/link/);
		await onPhone.dialog.getByRole('button', { name: 'Around it' }).tap();
		await onPhone.chosen(/inside/);
		await onPhone.header.tap({ position: { x: 3, y: 3 } });
		await onPhone.chosen('box, inside header');
		await onPhone.dialog.getByRole('button', { name: 'Around it' }).tap();
		await onPhone.chosen('header, inside page');
		await onPhone.mark('beforebegin').tap();
		expect(await onPhone.position('Before the element').isChecked()).toBe(true);
		await onPhone.position('After the element').tap();
		await onPhone.previewBell.waitFor();
		await phone.screenshot({ path: join(SCREENS, 'picker-chosen-touch.png') });
		expect(
			await phone.evaluate(() => document.scrollingElement!.scrollWidth <= window.innerWidth)
		).toBe(true);
		await onPhone.useButton.tap();
		expect(await onPhone.selectorField.inputValue()).toMatch(/^header/);
		await save(phone);
		expect(await stored()).toMatchObject({ position: 'afterend' });
		await context.close();
	});

	it.each([
		['frames', /does not let itself be shown/],
		['policy', /does not let itself be shown/],
		['all', /error \(500\)/],
	])('says so when a page refuses: %s', async (why, words) => {
		await picker.open();
		await picker.openPage(`/?refuse=${why}`);
		await picker.dialog.getByRole('alert').filter({ hasText: words }).waitFor();
		expect(await picker.dialog.getByRole('alert').innerText()).toContain('by hand');
		expect(await picker.dialog.getByLabel('Page', { exact: true }).inputValue()).toBe(
			`/?refuse=${why}`
		);
		await picture(`picker-refused-${why}`);
		await picker.dialog.getByRole('button', { name: 'Back to the front page' }).click();
		await picker.header.waitFor();
		admin.errors.splice(0); // The browser's own words on the refused frame.
	});

	it('says so when an address is not the site’s', async () => {
		await picker.open();
		await picker.openPage('https://example.com/');
		await picker.dialog.getByRole('alert').filter({ hasText: 'https://example.com' }).waitFor();
		expect(admin.requests.filter((url) => url.includes('example.com'))).toEqual([]);
	});

	it('shows the bell on a page whose policy forbids styles and scripts', async () => {
		await picker.open();
		await picker.openPage('/?refuse=styles');
		await picker.expectPath(/refuse=styles/);
		await picker.header.click({ position: { x: 2, y: 2 } });
		await picker.previewBell.locator('svg').waitFor();
		expect((await picker.previewBell.locator('svg').boundingBox())?.width).toBe(24);
		admin.errors.splice(0); // The page's own styles are refused, as wanted.
	});
});

describe('a selector typed by hand', () => {
	const tryButton = () => page.getByRole('button', { name: 'Try it on your site' });
	const asked = () => admin.requests.filter((url) => !url.includes('/wp-'));

	it('is told to be none at once, without any request', async () => {
		await picker.selectorField.fill('.menu >');
		await page.getByText('This is not a CSS selector').waitFor();
		await tryButton().click();
		await picker.selectorField.fill('');
		await tryButton().click();
		await page.getByText('Type a selector first').waitFor();
		expect(admin.requests).toEqual([]);
	});

	it('is tried on the front page by one request, and from then on as it is typed', async () => {
		await picker.selectorField.fill('.no-such-thing');
		await tryButton().click();
		await page.getByText('It matches no element').waitFor();
		expect(asked()).toEqual([`${site.url}/`]);
		await picker.selectorField.fill('main');
		await page.getByText('It matches exactly one element').waitFor();
		await picker.selectorField.fill('a');
		await page.getByText(/It matches \d+ elements/).waitFor();
		expect(asked()).toEqual([`${site.url}/`]);
		await picture('picker-many');
	});
});

async function setPlacement(selector: string, place: string) {
	await site.wordpress.run(
		`$settings = get_option( '${OPTION}' );
		$settings['placement']['selector'] = '${selector}';
		$settings['placement']['position'] = '${place}';
		update_option( '${OPTION}', $settings );`
	);
	await page.reload();
	await picker.openButton.waitFor();
}

async function picture(name: string) {
	for (const [width, height, device] of [
		[1280, 900, 'desktop'],
		[360, 740, 'phone'],
	] as const) {
		await page.setViewportSize({ width, height });
		if (!(await picker.dialog.isVisible())) {
			await picker.openButton.evaluate((button) =>
				button.scrollIntoView({ block: 'center' })
			);
		}
		await page.screenshot({ path: join(SCREENS, `${name}-${device}.png`) });
	}
	await page.setViewportSize({ width: 1280, height: 900 });
}

const expectText = (locator: Locator, text: string | RegExp): Promise<unknown> =>
	locator.filter({ hasText: text }).waitFor({ state: 'attached' });
