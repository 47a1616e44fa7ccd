import { mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Page } from 'playwright-core';
import { DIST, ROOT } from '../../build/paths.ts';
import type { Evidence } from '../esputnik/vendor-script/main.ts';
import { launchBrowser } from '../site/browser.ts';
import { logIn } from '../site/visitor.ts';
import type { Site } from '../site/site.ts';

const FILE = join(DIST, 'demo.png');
/** Where the picture goes, as a person in the project's folder names it. */
export const PICTURE = relative(ROOT, FILE);

/** Does what a person would: logs in, sees the bell and its number, opens it, reads a message. */
export async function check(site: Site, onProgress: (text: string) => void): Promise<void> {
	onProgress('Starting the browser');
	const browser = await launchBrowser();
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		onProgress('Logging in as anna');
		await logIn(page, site.url, 'anna');
		await page.goto(site.url);
		onProgress('Waiting for the bell');
		const badge = page.locator('esputnik-inbox .badge');
		await badge.waitFor({ timeout: 30_000 }).catch(async () => {
			throw new Error(`No bell appeared. ${await reason(page)}`);
		});
		const unread = await badge.innerText();
		if (unread !== '2') {
			throw new Error(`The bell shows ${unread} unread messages instead of 2.`);
		}
		// Opening the list marks its messages read: the picture is taken just before.
		site.esputnik.setFault('status', { delayMs: 5000, times: 1 });
		await page.locator('esputnik-inbox .bell').click();
		onProgress('Reading a message');
		await page.getByText('Your order is on its way').waitFor({ timeout: 10_000 });
		onProgress('Looking at what reached eSputnik');
		const inits = await page.evaluate<Evidence['inits']>('__esputnik.inits');
		if (inits.length !== 1 || !inits[0]!.RECOMS || !inits[0]!.TRACKING) {
			throw new Error(
				`The bare init of the pasted page means recommendations and tracking; eSputnik got ${JSON.stringify(inits)}.`
			);
		}
		await page.evaluate('document.fonts.ready');
		await mkdir(dirname(FILE), { recursive: true });
		await page.screenshot({ path: FILE, animations: 'disabled' });
	} finally {
		await browser.close();
	}
}

async function reason(page: Page): Promise<string> {
	const status = await page.evaluate(() => window.appInbox?.status());
	return status
		? `App Inbox says: ${JSON.stringify(status)}`
		: 'The page has no App Inbox script at all.';
}
