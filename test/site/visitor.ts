import type { BrowserContext, Page } from 'playwright-core';

/** A page that costs WordPress nothing. */
const AFTERWARDS = '/wp-includes/images/blank.gif';

/** Logs in at WordPress's own form, as a person does. */
export async function logIn(page: Page, siteUrl: string, user: string): Promise<void> {
	await page.goto(`${siteUrl}/wp-login.php?redirect_to=${siteUrl}${AFTERWARDS}`);
	await page.fill('#user_login', user);
	await page.fill('#user_pass', 'password');
	await page.click('#wp-submit');
	await page.waitForURL(`**${AFTERWARDS}`);
}

/** Gives a browser the cookies of a login, without showing it the form. */
export async function giveLogin(context: BrowserContext, siteUrl: string, user: string) {
	const answer = await context.request.post(`${siteUrl}/wp-login.php`, {
		form: { log: user, pwd: 'password', redirect_to: `${siteUrl}${AFTERWARDS}` },
	});
	if (!answer.url().endsWith(AFTERWARDS)) {
		throw new Error(`WordPress did not let ${user} in: ${answer.status()} ${answer.url()}`);
	}
}

/** Logs out by WordPress's own link, with its question where it asks one. */
export async function logOut(page: Page, siteUrl: string): Promise<void> {
	await page.goto(`${siteUrl}/wp-login.php?action=logout`);
	await page.click('a[href*="action=logout"]');
	await page.waitForURL(/loggedout=true/);
}
