import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POSITIONS } from '../../src/settings/index.ts';
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

beforeAll(async () => {
	admin = await openSettingsPage(site);
	page = admin.page;
});
beforeEach(async () => {
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.goto(site.url + SETTINGS_PAGE);
	await openButton().waitFor();
	admin.clear();
});
afterEach(() => {
	expect(admin.errors).toEqual([]);
});

const openButton = (on = page) => on.getByRole('button', { name: 'Choose on your site' });
const selectorField = (on = page) => on.getByLabel('Element', { exact: true });
const dialog = (on = page) => on.getByRole('dialog', { name: 'Choose the place of the bell' });
const framed = (on = page) => on.frameLocator('iframe[title="Your site"]');
const previewBell = (on = page) => framed(on).locator('[data-app-inbox-picker]');
const header = (on = page) => framed(on).locator('header').first();
const marks = (on = page) => dialog(on).locator('.app-inbox-admin__mark');
const mark = (place: (typeof POSITIONS)[number], on = page) =>
	dialog(on).locator(`.app-inbox-admin__mark[data-position="${place}"]`);
const useButton = (on = page) => dialog(on).getByRole('button', { name: 'Use this place' });
const position = (name: string, on = page) => dialog(on).getByRole('radio', { name });
const chosen = (words: string | RegExp, on = page) =>
	dialog(on).locator('.app-inbox-admin__choice-words', { hasText: words }).waitFor();
const stored = async () =>
	((await site.wordpress.option(OPTION)) as { placement: Record<string, string> }).placement;

async function open(on = page) {
	await openButton(on).click();
	await header(on).waitFor();
	await dialog(on).getByRole('application').waitFor();
}

async function save(on = page) {
	await on.getByRole('button', { name: 'Save settings' }).click();
	await on.getByText('Saved', { exact: true }).waitFor();
}

describe('choosing the place of the bell on a real site', () => {
	it('takes an element by the mouse, shows the bell in each of the four places, and saves', async () => {
		await open();
		await picture('picker-open');
		expect(await framed().locator('#wpadminbar').isVisible()).toBe(false);
		const before = await header().boundingBox();
		await header().hover({ position: { x: 4, y: 4 } });
		await page.locator('.app-inbox-admin__outline.is-pointed').waitFor();
		expect(await header().boundingBox()).toEqual(before);

		await header().click({ position: { x: 4, y: 4 } });
		await chosen('box, inside header');
		await dialog().getByRole('button', { name: 'Around it' }).click();
		await chosen('header, inside page');
		for (const [name, place] of [
			['Before the element', 'beforebegin'],
			['Inside, at the start', 'afterbegin'],
			['Inside, at the end', 'beforeend'],
			['After the element', 'afterend'],
		] as const) {
			await position(name).check();
			await expectBell(place);
		}
		await position('Inside, at the start').check();
		await expectBell('afterbegin');
		await picture('picker-chosen');

		await useButton().click();
		await dialog().waitFor({ state: 'detached' });
		expect(await selectorField().inputValue()).toMatch(/^header/);
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
		await open();
		expect(await marks().count()).toBe(0);
		await header().click({ position: { x: 4, y: 4 } });
		await dialog().getByRole('button', { name: 'Around it' }).click();
		await chosen('header, inside page');
		const before = await header().boundingBox();
		for (const [place, name] of [
			['beforebegin', 'Before the element'],
			['afterend', 'After the element'],
			['afterbegin', 'Inside, at the start'],
			['beforeend', 'Inside, at the end'],
		] as const) {
			await mark(place).click();
			await expectBell(place);
			expect(await position(name).isChecked()).toBe(true);
			await expectMarks();
		}
		expect(await header().boundingBox()).toEqual(before);
		await picture('picker-marks-row');

		// They go with the element, and out of sight with it.
		const marked = (await mark('afterend').boundingBox())!;
		await scrollTo(40);
		await expectMarkAt('afterend', marked.y - 40);
		await scrollTo(600);
		await marks().first().waitFor({ state: 'hidden' });
		await scrollTo(0);
		await marks().first().waitFor();

		const link = framed().getByRole('link', { name: 'News', exact: true }).first();
		await link.click();
		await chosen(/link/);
		await mark('afterend').click();
		await expectMarks();
		await picture('picker-marks-link');
		await framed().getByRole('link', { name: 'Kavarnia' }).first().click();
		await chosen(/Kavarnia/);
		await expectMarks();
		await picture('picker-marks-logo');
		await framed().locator('main h2').first().click();
		await chosen(/^Chosen: heading/);
		await expectMarks();
		await picture('picker-marks-main');
		await useButton().click();
		await dialog().waitFor({ state: 'detached' });
	});

	it('follows no link while choosing, and every link while browsing', async () => {
		await open();
		const news = framed().getByRole('link', { name: 'News', exact: true }).first();
		const about = framed().getByRole('link', { name: 'About us', exact: true }).first();
		const [newsAddress, aboutAddress] = await Promise.all(
			[news, about].map((link) => link.evaluate((a) => (a as HTMLAnchorElement).href))
		);
		expect(newsAddress).not.toBe(aboutAddress);
		await news.click();
		await chosen(/link/);
		await dialog().getByRole('button', { name: 'Browse' }).click();
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
		await dialog().getByRole('button', { name: 'Cancel' }).click();
		expect(await previewBell().count()).toBe(0);
	});

	it('takes the header by the keyboard alone', async () => {
		await setPlacement('', 'beforeend');
		await openButton().focus();
		await page.keyboard.press('Enter');
		await header().waitFor();
		await dialog().getByRole('application').waitFor();
		await tabTo(page, dialog().locator('[role="application"]'));
		await page.keyboard.press('ArrowDown');
		const news = dialog().locator('.screen-reader-text[role="status"]');
		await expectText(news, 'header, inside page');
		await page.keyboard.press('ArrowDown');
		await expectText(news, /inside header$/);
		await page.keyboard.press('ArrowUp');
		await expectText(news, 'header, inside page');
		await picture('picker-keys');
		await page.keyboard.press('Enter');
		await chosen('header, inside page');
		await expectBell('beforeend');
		await tabTo(page, dialog().locator('input[type="radio"]:checked'));
		await page.keyboard.press('ArrowRight');
		await expectBell('afterend');
		await tabTo(page, dialog().locator('.is-primary'));
		await page.keyboard.press('Enter');
		await dialog().waitFor({ state: 'detached' });
		expect(await openButton().evaluate((button) => button.matches(':focus'))).toBe(true);
		expect(await selectorField().inputValue()).toMatch(/^header/);
		await save();
		expect(await stored()).toMatchObject({ position: 'afterend' });
	});

	it('closes with Escape and leaves the form as it was', async () => {
		const before = await selectorField().inputValue();
		await open();
		await framed()
			.locator('main')
			.first()
			.click({ position: { x: 4, y: 4 } });
		await useButton().waitFor();
		await tabTo(page, dialog().locator('[role="application"]'));
		await page.keyboard.press('Escape');
		await dialog().waitFor({ state: 'detached' });
		expect(await selectorField().inputValue()).toBe(before);
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
		await phone.goto(site.url + SETTINGS_PAGE);
		await openButton(phone).tap();
		await header(phone).waitFor();
		await dialog(phone).getByRole('application').waitFor();
		await phone.screenshot({ path: join(SCREENS, 'picker-open-touch.png') });
		await framed(phone).locator('header a').first().tap();
		await chosen(/link/, phone);
		await dialog(phone).getByRole('button', { name: 'Around it' }).tap();
		await chosen(/inside/, phone);
		await header(phone).tap({ position: { x: 3, y: 3 } });
		await chosen('box, inside header', phone);
		await dialog(phone).getByRole('button', { name: 'Around it' }).tap();
		await chosen('header, inside page', phone);
		await mark('beforebegin', phone).tap();
		expect(await position('Before the element', phone).isChecked()).toBe(true);
		await position('After the element', phone).tap();
		await previewBell(phone).waitFor();
		await phone.screenshot({ path: join(SCREENS, 'picker-chosen-touch.png') });
		expect(
			await phone.evaluate(() => document.scrollingElement!.scrollWidth <= window.innerWidth)
		).toBe(true);
		await useButton(phone).tap();
		expect(await selectorField(phone).inputValue()).toMatch(/^header/);
		await save(phone);
		expect(await stored()).toMatchObject({ position: 'afterend' });
		await context.close();
	});

	it.each([
		['frames', /does not let itself be shown/],
		['policy', /does not let itself be shown/],
		['all', /error \(500\)/],
	])('says so when a page refuses: %s', async (why, words) => {
		await open();
		await openPage(`/?refuse=${why}`);
		await dialog().getByRole('alert').filter({ hasText: words }).waitFor();
		expect(await dialog().getByRole('alert').innerText()).toContain('by hand');
		expect(await dialog().getByLabel('Page', { exact: true }).inputValue()).toBe(
			`/?refuse=${why}`
		);
		await picture(`picker-refused-${why}`);
		await dialog().getByRole('button', { name: 'Back to the front page' }).click();
		await header().waitFor();
		admin.errors.splice(0); // The browser's own words on the refused frame.
	});

	it('says so when an address is not the site’s', async () => {
		await open();
		await openPage('https://example.com/');
		await dialog().getByRole('alert').filter({ hasText: 'https://example.com' }).waitFor();
		expect(admin.requests.filter((url) => url.includes('example.com'))).toEqual([]);
	});

	it('shows the bell on a page whose policy forbids styles and scripts', async () => {
		await open();
		await openPage('/?refuse=styles');
		await expectPath(/refuse=styles/);
		await header().click({ position: { x: 2, y: 2 } });
		await previewBell().locator('svg').waitFor();
		expect((await previewBell().locator('svg').boundingBox())?.width).toBe(24);
		admin.errors.splice(0); // The page's own styles are refused, as wanted.
	});
});

describe('a selector typed by hand', () => {
	const tryButton = () => page.getByRole('button', { name: 'Try it on your site' });
	const asked = () => admin.requests.filter((url) => !url.includes('/wp-'));

	it('is told to be none at once, without any request', async () => {
		await selectorField().fill('.menu >');
		await page.getByText('This is not a CSS selector').waitFor();
		await tryButton().click();
		await selectorField().fill('');
		await tryButton().click();
		await page.getByText('Type a selector first').waitFor();
		expect(admin.requests).toEqual([]);
	});

	it('is tried on the front page by one request, and from then on as it is typed', async () => {
		await selectorField().fill('.no-such-thing');
		await tryButton().click();
		await page.getByText('It matches no element').waitFor();
		expect(asked()).toEqual([`${site.url}/`]);
		await selectorField().fill('main');
		await page.getByText('It matches exactly one element').waitFor();
		await selectorField().fill('a');
		await page.getByText(/It matches \d+ elements/).waitFor();
		expect(asked()).toEqual([`${site.url}/`]);
		await picture('picker-many');
	});
});

async function openPage(path: string) {
	await dialog().getByLabel('Page', { exact: true }).fill(path);
	await page.keyboard.press('Enter');
}

async function expectPath(path: RegExp) {
	await page.waitForFunction(
		(source) =>
			new RegExp(source).test(
				document.querySelector<HTMLIFrameElement>('iframe[title="Your site"]')
					?.contentDocument?.URL ?? ''
			) && document.querySelector('[role="application"]') !== null,
		path.source
	);
}

async function setPlacement(selector: string, place: string) {
	await site.wordpress.run(
		`$settings = get_option( '${OPTION}' );
		$settings['placement']['selector'] = '${selector}';
		$settings['placement']['position'] = '${place}';
		update_option( '${OPTION}', $settings );`
	);
	await page.reload();
	await openButton().waitFor();
}

/** The bell is seen, and is where `insertAdjacentHTML` would have put it at the header. */
async function expectBell(place: (typeof POSITIONS)[number]) {
	const bell = previewBell();
	await bell.waitFor();
	await page.waitForFunction((wanted) => {
		const inside = document.querySelector<HTMLIFrameElement>(
			'iframe[title="Your site"]'
		)!.contentDocument!;
		const at = inside.querySelector('header')!;
		const [only, ...more] = inside.querySelectorAll('[data-app-inbox-picker]');
		return (
			more.length === 0 &&
			only ===
				{
					beforebegin: at.previousElementSibling,
					afterbegin: at.firstElementChild,
					beforeend: at.lastElementChild,
					afterend: at.nextElementSibling,
				}[wanted]
		);
	}, place);
	expect(await bell.isVisible()).toBe(true);
}

/** Each can be hit by a finger, none covers another, and the chosen one is around the bell. */
async function expectMarks() {
	await marks().first().waitFor();
	const shown = await marks().all();
	const boxes = await Promise.all(shown.map(async (each) => (await each.boundingBox())!));
	for (const [index, one] of boxes.entries()) {
		expect(Math.min(one.width, one.height)).toBeGreaterThanOrEqual(24);
		for (const other of boxes.slice(index + 1)) {
			const apart =
				Math.abs(middleOf(one).x - middleOf(other).x) >= one.width / 2 + other.width / 2 ||
				Math.abs(middleOf(one).y - middleOf(other).y) >= one.height / 2 + other.height / 2;
			expect(apart, JSON.stringify(boxes)).toBe(true);
		}
	}
	const ring = dialog().locator('.app-inbox-admin__mark.is-selected');
	const bell = middleOf((await previewBell().boundingBox())!);
	const around = middleOf((await ring.boundingBox())!);
	expect(Math.hypot(bell.x - around.x, bell.y - around.y)).toBeLessThan(1.5);
	// For the pointer alone: the radios are the way of the keyboard and of screen readers.
	expect(
		await dialog()
			.getByRole('button', { name: /element|Inside, at/ })
			.count()
	).toBe(0);
}

const middleOf = ({ x, y, width, height }: Rect) => ({ x: x + width / 2, y: y + height / 2 });

interface Rect {
	x: number;
	y: number;
	width: number;
	height: number;
}

const scrollTo = (top: number) =>
	page.evaluate((to) => {
		const frame = document.querySelector<HTMLIFrameElement>('iframe[title="Your site"]')!;
		frame.contentWindow!.scrollTo(0, to);
	}, top);

const expectMarkAt = (place: (typeof POSITIONS)[number], y: number) =>
	expect.poll(async () => (await mark(place).boundingBox())?.y).toBeCloseTo(y, 0);

const expectText = (
	locator: ReturnType<Page['locator']>,
	text: string | RegExp
): Promise<unknown> => locator.filter({ hasText: text }).waitFor({ state: 'attached' });

async function picture(name: string) {
	for (const [width, height, device] of [
		[1280, 900, 'desktop'],
		[360, 740, 'phone'],
	] as const) {
		await page.setViewportSize({ width, height });
		if (!(await dialog().isVisible())) {
			await openButton().evaluate((button) => button.scrollIntoView({ block: 'center' }));
		}
		await page.screenshot({ path: join(SCREENS, `${name}-${device}.png`) });
	}
	await page.setViewportSize({ width: 1280, height: 900 });
}
