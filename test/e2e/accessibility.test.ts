import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectNoViolation, OURS } from './axe.ts';
import { withSite } from './running.ts';
import { openSettingsPage, saveButton, seedWithAdmin, SETTINGS_PAGE } from './settings-page.ts';
import type { Visit } from './visit.ts';

describe.each(['6.3', '7.1'])('the settings page for everyone, on WordPress %s', (version) => {
	const site = withSite({
		wordpress: version,
		seed: seedWithAdmin(),
		// What a language pack of a right-to-left language says to WordPress.
		muPlugin: `
			if ( isset( $_COOKIE['test_rtl'] ) ) {
				$GLOBALS['text_direction'] = 'rtl';
			}`,
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
		await saveButton(page).waitFor();
	});

	const button = (name: string) => page.getByRole('button', { name, exact: true });

	/** Each state of the page, reached as a person reaches it. */
	const STATES: Record<string, () => Promise<unknown>> = {
		'as it opens': async () => {},
		'with the guide to every place': async () => {
			await button('Where it runs, and how to set it up').click();
			const places = page.getByLabel('Where will it run?');
			for (const place of ['nginx', 'apache', 'cloudflare', 'vercel', 'netlify']) {
				await places.selectOption(place);
				await expectNoViolation(page);
			}
		},
		'with what a save refuses': async () => {
			await button('Paste another snippet').click();
			await page.getByLabel('Paste your snippet').fill('nothing of eSputnik');
			await page.getByLabel('Its address').fill('http://example.com');
			await page.getByLabel('Script id').fill('1');
			await page.getByLabel('Element', { exact: true }).fill('<');
			await saveButton(page).click();
			await page.locator('[aria-invalid="true"]').first().waitFor();
		},
		'with a check’s results': async () => {
			await button('Check everything').click();
			await page.getByText(/Passed: \d+\./).waitFor({ timeout: 90_000 });
		},
		'with the picker open and an element chosen': async () => {
			await button('Choose on your site').click();
			await page.getByRole('application').waitFor();
			await expectNoViolation(page);
			await page.getByRole('application').press('ArrowDown');
			await page.getByRole('application').press('Enter');
			await button('Use this place').waitFor();
		},
		'with the question before a reset': async () => {
			await button('Reset all settings').click();
			await button('Keep everything').waitFor();
		},
	};

	describe.each(Object.entries(STATES))('%s', (_name, reach) => {
		it(
			'has no violation and fits, also zoomed and on a phone',
			{ timeout: 120_000 },
			async () => {
				await reach();
				// 640 pixels are half of a small laptop’s, which is what 200 % zoom leaves.
				for (const width of [1280, 640, 320]) {
					await page.setViewportSize({ width, height: 900 });
					await expectNoViolation(page);
					expect(await widerThanWindow(page)).toEqual([]);
				}
			}
		);

		it('has no violation and fits from right to left', { timeout: 120_000 }, async () => {
			await admin.context.addCookies([{ name: 'test_rtl', value: '1', url: site.url }]);
			try {
				await page.setViewportSize({ width: 360, height: 900 });
				await page.reload();
				await saveButton(page).waitFor();
				expect(await page.evaluate(() => document.dir)).toBe('rtl');
				await reach();
				await expectNoViolation(page);
				expect(await widerThanWindow(page)).toEqual([]);
			} finally {
				await admin.context.clearCookies({ name: 'test_rtl' });
			}
		});
	});

	it.each([1280, 320])(
		'shows the keyboard’s place, never behind a bar, at %i pixels',
		{ timeout: 120_000 },
		async (width) => {
			await page.setViewportSize({ width, height: 700 });
			await button('Where it runs, and how to set it up').click();
			await button('Where it runs, and how to set it up').blur();
			const stops = await walk(page);
			expect(stops.length).toBeGreaterThan(30);
			expect(stops.filter(({ visible }) => !visible).map(({ name }) => name)).toEqual([]);
			expect(stops.filter(({ obscured }) => obscured).map(({ name }) => name)).toEqual([]);
		}
	);

	it('moves nothing for those who asked for less motion', async () => {
		await page.emulateMedia({ reducedMotion: 'reduce' });
		let goOn = () => {};
		const held = new Promise<void>((resolve) => (goOn = resolve));
		await page.route('**/app-inbox/health', async (route) => {
			await held;
			await route.continue();
		});
		await button('Check everything').click();
		await page.getByText('Checking…').first().waitFor();
		const moving = await page.evaluate(() =>
			document
				.getAnimations()
				.filter(({ playState }) => playState === 'running')
				.map(({ effect }) => (effect as KeyframeEffect).target)
				.filter((target) => target?.closest('.app-inbox-admin'))
				.map((target) => target!.className)
		);
		goOn();
		expect(moving).toEqual([]);
		await page.emulateMedia({ reducedMotion: null });
		await page.unroute('**/app-inbox/health');
	});
});

/** Elements of ours that stand out of the window and cannot be scrolled to by a box of their own. */
const widerThanWindow = (page: Page) =>
	page.evaluate(
		(ours) =>
			[...document.querySelectorAll(ours)]
				.flatMap((root) => [root, ...root.querySelectorAll('*')])
				.filter((element) => {
					const { left, right, width, height } = element.getBoundingClientRect();
					const scrolled = (box: Element | null): boolean =>
						box !== null &&
						(/auto|scroll|hidden|clip/.test(getComputedStyle(box).overflowX) ||
							scrolled(box.parentElement?.closest(ours) ? box.parentElement : null));
					const out = left < -1 || right > document.documentElement.clientWidth + 1;
					return width > 1 && height > 1 && out && !scrolled(element.parentElement);
				})
				.map((element) => `${element.tagName} ${element.className}`),
		OURS
	);

interface Stop {
	name: string;
	/** Something about it looks different while it has the focus. */
	visible: boolean;
	/** It lies behind the bar with the save button or WordPress’s own. */
	obscured: boolean;
}

/** Goes with Tab from the first to the last control of ours. */
async function walk(page: Page): Promise<Stop[]> {
	await page
		.getByRole('navigation', { name: 'Steps of the set-up' })
		.locator('a')
		.first()
		.focus();
	const stops: Stop[] = [];
	for (let presses = 0; presses < 150; presses++) {
		const before = await focused(page);
		if (!before) {
			break;
		}
		await page.keyboard.press('Tab');
		stops.push({ ...before, visible: before.look !== (await lookOfLast(page)) });
	}
	return stops;
}

/** Notes the element with the focus for `lookOfLast`, and says how it looks and where it is. */
const focused = (page: Page) =>
	page.evaluate(() => {
		const element = document.querySelector(':focus');
		if (!element?.closest('.app-inbox-admin')) {
			return null;
		}
		const looks = window as never as { last: Element; look: () => string };
		looks.last = element;
		looks.look = () => {
			const around = [
				looks.last,
				looks.last.parentElement!,
				looks.last.nextElementSibling,
			].filter((each) => each !== null);
			// A select’s frame is drawn by the last child of its container.
			const frame = looks.last.closest('.components-input-control__container');
			return [...around, ...(frame ? frame.querySelectorAll(':scope > *') : [])]
				.flatMap((each) =>
					[null, '::before', '::after'].map((part) => getComputedStyle(each, part))
				)
				.map((style) => [style.outline, style.boxShadow, style.borderColor].join())
				.join('|');
		};
		const { top, bottom } = element.getBoundingClientRect();
		const bar = document.querySelector('.app-inbox-admin__save')!;
		const above = document.querySelector('#wpadminbar')!;
		const fixed = getComputedStyle(above).position === 'fixed';
		const start = fixed ? above.getBoundingClientRect().bottom : 0;
		const end = bar.getBoundingClientRect().top;
		return {
			name: (element.textContent || element.getAttribute('aria-label') || element.id).trim(),
			look: looks.look(),
			obscured:
				!bar.contains(element) &&
				// Of a text with many lines the browser shows the one with the caret.
				(element.tagName === 'TEXTAREA'
					? top > end || bottom < start
					: bottom > end || top < start),
		};
	});

const lookOfLast = (page: Page) =>
	page.evaluate(() => (window as never as { look: () => string }).look());
