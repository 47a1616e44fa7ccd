import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { DIST } from '../../build/paths.ts';
import { exampleSeed, type SeedInput } from '../esputnik/server.ts';
import { giveLogin } from '../site/visitor.ts';
import type { SiteWithBrowser } from './running.ts';
import { visit, type Visit } from './visit.ts';

/** Where the browser tests leave their pictures. */
export const SCREENS = join(DIST, 'screens');

/** The oldest core that is supported, one in between, and the newest. */
export const VERSIONS = ['6.3', '6.5', '7.1'] as const;

export const SETTINGS_PAGE = '/wp-admin/options-general.php?page=app-inbox-for-esputnik';

/** The administrator's browser with the settings page in it. */
export async function openSettingsPage(site: SiteWithBrowser): Promise<Visit> {
	await mkdir(SCREENS, { recursive: true });
	const admin = await visit(site.browser);
	await giveLogin(admin.context, site.url, 'admin');
	admin.clear();
	await admin.page.goto(site.url + SETTINGS_PAGE);
	await saveButton(admin.page).waitFor();
	return admin;
}

export const saveButton = (page: Page) => page.getByRole('button', { name: 'Save settings' });

/** The example's account, whose contacts the administrator is one of: known by the id alone. */
export function seedWithAdmin(): SeedInput {
	const seed = exampleSeed();
	seed.contacts!.push({ name: 'Admin', externalCustomerId: '1', messages: [] });
	return seed;
}

/** Goes there as one without a mouse does, and says how many presses it took. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
	for (let presses = 1; presses <= 120; presses++) {
		await page.keyboard.press(key);
		if (
			await target.evaluateAll((found) =>
				found.some((element) => element === element.ownerDocument.activeElement)
			)
		) {
			return presses;
		}
	}
	throw new Error(`The Tab key does not reach ${String(target)}.`);
}

/** `dist/screens/<name>-desktop.png` and `-phone.png`: of the whole page, a part, or what the window shows. */
export async function picture(page: Page, name: string, part?: Locator | 'window') {
	for (const [width, device] of [
		[1280, 'desktop'],
		[360, 'phone'],
	] as const) {
		await page.setViewportSize({ width, height: 900 });
		await page.evaluate(() => scrollTo(0, 0)); // WordPress's menu goes with it.
		const path = join(SCREENS, `${name}-${device}.png`);
		if (part === 'window') {
			await page.screenshot({ path });
		} else if (part) {
			// Both stay in view while the page scrolls, and would lie across the picture.
			const style = '#wpadminbar, .app-inbox-admin__save { visibility: hidden }';
			await part.screenshot({ path, style });
		} else {
			const style =
				'#wpadminbar { position: absolute } .app-inbox-admin__save { position: static }';
			await page.screenshot({ path, style, fullPage: true });
		}
	}
	await page.setViewportSize({ width: 1280, height: 900 });
}
