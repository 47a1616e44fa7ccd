import type { Page } from 'playwright-core';

/** Logs in at WordPress's own form, and waits until WordPress has let the user in. */
export async function logIn(page: Page, siteUrl: string, user: string): Promise<void> {
	await page.goto(`${siteUrl}/wp-login.php`);
	await page.fill('#user_login', user);
	await page.fill('#user_pass', 'password');
	await page.click('#wp-submit');
	await page.waitForURL(/\/wp-admin\//);
}

/** Logs out by WordPress's own link, with its question where it asks one. */
export async function logOut(page: Page, siteUrl: string): Promise<void> {
	await page.goto(`${siteUrl}/wp-login.php?action=logout`);
	await page.click('a[href*="action=logout"]');
	await page.waitForURL(/loggedout=true/);
}
