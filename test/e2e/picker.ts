import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Position } from '../../src/admin/picker/preview-bell.ts';

/** The picker on a settings page: what is in it, and what must be so. */
export function pickerOn(page: Page) {
	const openButton = page.getByRole('button', { name: 'Choose on your site' });
	const selectorField = page.getByLabel('Element', { exact: true });
	const dialog = page.getByRole('dialog', { name: 'Choose the place of the bell' });
	const framed = page.frameLocator('iframe[title="Your site"]');
	const previewBell = framed.locator('[data-app-inbox-picker]');
	const header = framed.locator('header').first();
	const marks = dialog.locator('.app-inbox-admin__mark');
	const mark = (place: Position) =>
		dialog.locator(`.app-inbox-admin__mark[data-position="${place}"]`);
	const useButton = dialog.getByRole('button', { name: 'Use this place' });
	const position = (name: string) => dialog.getByRole('radio', { name });
	const chosen = (words: string | RegExp) =>
		dialog.locator('.app-inbox-admin__choice-words', { hasText: words }).waitFor();

	async function open() {
		await openButton.click();
		await header.waitFor();
		await dialog.getByRole('application').waitFor();
	}

	async function openPage(path: string) {
		await dialog.getByLabel('Page', { exact: true }).fill(path);
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

	/** The bell is seen, and is where `insertAdjacentHTML` would have put it at the header. */
	async function expectBell(place: Position) {
		const bell = previewBell;
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
		await marks.first().waitFor();
		const shown = await marks.all();
		const boxes = await Promise.all(shown.map(async (each) => (await each.boundingBox())!));
		for (const [index, one] of boxes.entries()) {
			expect(Math.min(one.width, one.height)).toBeGreaterThanOrEqual(24);
			for (const other of boxes.slice(index + 1)) {
				const apart =
					Math.abs(middleOf(one).x - middleOf(other).x) >=
						one.width / 2 + other.width / 2 ||
					Math.abs(middleOf(one).y - middleOf(other).y) >=
						one.height / 2 + other.height / 2;
				expect(apart, JSON.stringify(boxes)).toBe(true);
			}
		}
		const ring = dialog.locator('.app-inbox-admin__mark.is-selected');
		const bell = middleOf((await previewBell.boundingBox())!);
		const around = middleOf((await ring.boundingBox())!);
		expect(Math.hypot(bell.x - around.x, bell.y - around.y)).toBeLessThan(1.5);
		// For the pointer alone: the radios are the way of the keyboard and of screen readers.
		expect(await dialog.getByRole('button', { name: /element|Inside, at/ }).count()).toBe(0);
	}

	const scrollTo = (top: number) =>
		page.evaluate((to) => {
			const frame = document.querySelector<HTMLIFrameElement>('iframe[title="Your site"]')!;
			frame.contentWindow!.scrollTo(0, to);
		}, top);

	const expectMarkAt = (place: Position, y: number) =>
		expect.poll(async () => (await mark(place).boundingBox())?.y).toBeCloseTo(y, 0);

	return {
		openButton,
		selectorField,
		dialog,
		framed,
		previewBell,
		header,
		marks,
		mark,
		useButton,
		position,
		chosen,
		open,
		openPage,
		expectPath,
		expectBell,
		expectMarks,
		scrollTo,
		expectMarkAt,
	};
}

const middleOf = ({ x, y, width, height }: Rect) => ({ x: x + width / 2, y: y + height / 2 });

interface Rect {
	x: number;
	y: number;
	width: number;
	height: number;
}
