import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { plainUrl } from '../site/identity-request.ts';
import { giveLogin } from '../site/visitor.ts';
import type { SiteWithBrowser } from './running.ts';

/** A person's browser, and all that it did and that went wrong in it. */
export interface Visit {
	context: BrowserContext;
	page: Page;
	/** The URL of each request since the last `clear`. */
	requests: string[];
	/** Uncaught errors, unhandled rejections, and errors that a script wrote to the console. */
	errors: string[];
	clear: () => void;
	[Symbol.asyncDispose]: () => Promise<void>;
}

/** Chromium's own note of an answer over 399 or a failed connection: no script can prevent it. */
const NETWORK_NOTE = /^Failed to load resource/;

export async function visit(browser: Browser, options?: BrowserContextOptions): Promise<Visit> {
	const context = await browser.newContext(options);
	const requests: string[] = [];
	const errors: string[] = [];
	context.on('request', (request) => requests.push(plainUrl(request.url())));
	context.on('weberror', (error) => errors.push(String(error.error())));
	context.on('console', (message) => {
		if (message.type() === 'error' && !NETWORK_NOTE.test(message.text())) {
			errors.push(message.text());
		}
	});
	return {
		context,
		page: await context.newPage(),
		requests,
		errors,
		clear() {
			requests.length = 0;
			errors.length = 0;
		},
		[Symbol.asyncDispose]: () => context.close(),
	};
}

/** Somebody who has logged in before: each user does so once for all tests of a file. */
export async function visitAs({ browser, url }: SiteWithBrowser, user: string): Promise<Visit> {
	const login = `${user} at ${url}`;
	if (!logins.has(login)) {
		await using first = await visit(browser);
		await giveLogin(first.context, url, user);
		logins.set(login, await first.context.storageState());
	}
	return visit(browser, { storageState: logins.get(login)! });
}
const logins = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();

/** The bell with this many unread messages. */
export const bell = (page: Page, unread: number) =>
	page.locator('esputnik-inbox .badge', { hasText: new RegExp(`^${unread}$`) });

export async function expectNoBell(page: Page) {
	// The vendor script acts on a token in the same task; one more round trip and it has.
	await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
	expect(await page.locator('esputnik-inbox').count()).toBe(0);
}

/** Opens the list and reads the titles in it. */
export async function openMessages(page: Page): Promise<string[]> {
	await page.locator('esputnik-inbox .bell').click();
	const items = page.locator('esputnik-inbox #panel li');
	await items.first().waitFor();
	return items.locator('h3').allInnerTexts();
}

/** Waits until `appInbox.status()` says this of the token. */
export const tokenIs = (page: Page, token: string) =>
	page.waitForFunction((wanted) => window.appInbox?.status().token === wanted, token, {
		timeout: 30_000,
	});
