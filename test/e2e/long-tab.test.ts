import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { isIdentityRequest } from '../site/identity-request.ts';
import { withSite } from './running.ts';
import { bell, openMessages, tokenIs, visit, visitAs } from './visit.ts';

const site = withSite({ foreignEsputnik: true });

beforeEach(() => site.esputnik.reset());

describe('a tab that was open for hours', () => {
	it('gets a new credential in time, once', async () => {
		await using anna = await openPage();
		// A quarter of an hour has passed, as far as the tab knows.
		await anna.page.evaluate(() => {
			sessionStorage.appInbox = sessionStorage.appInbox.replace(/\d+$/, Date.now() - 1);
		});
		await expectOneRefresh(anna, [200]);
	});

	it('gets a new one once where the one that it has is refused', async () => {
		await using anna = await openPage();
		const expired = await site.wordpress.run(`
			use function AppInboxForESputnik\\base64url;
			AppInboxForESputnik\\load( 'identity' );
			list( $head, $claims ) = explode( '.', AppInboxForESputnik\\identity_of( get_userdata( 2 ) ) );
			$claims = json_decode( base64_decode( strtr( $claims, '-_', '+/' ) ), true );
			$claims['iat'] -= HOUR_IN_SECONDS;
			$claims['exp'] -= HOUR_IN_SECONDS;
			$signed = $head . '.' . base64url( wp_json_encode( $claims ) );
			echo $signed . '.' . base64url( sodium_crypto_sign_detached( $signed, AppInboxForESputnik\\signing_key() ) );
		`);
		expect(expired.split('.')).toHaveLength(3);
		await anna.page.evaluate((jwt) => {
			sessionStorage.appInbox = sessionStorage.appInbox.replace(/^.+(?=\w{40}\/)/, jwt);
		}, expired);
		await expectOneRefresh(anna, [401, 200]);
	});

	async function expectOneRefresh({ page, requests, errors, clear }: Opened, statuses: number[]) {
		clear();
		const posts: { credential: string | undefined; status: Promise<number> }[] = [];
		page.on('request', (request) => {
			if (isTokenRequest(request.url()) && request.method() === 'POST') {
				posts.push({
					credential: request.headers().authorization,
					status: request.response().then((answer) => answer!.status()),
				});
			}
		});
		site.esputnik.revokeTokens();
		expect(await openMessages(page)).toHaveLength(3);
		expect(await Promise.all(posts.map(({ status }) => status))).toEqual(statuses);
		expect(new Set(posts.map(({ credential }) => credential)).size).toBe(statuses.length);
		expect(requests.filter(isIdentityRequest)).toHaveLength(1);
		expect(await tokenOf(page)).toBe('received');
		expect(errors).toEqual([]);

		// The new one is what the tab keeps.
		clear();
		posts.length = 0;
		site.esputnik.revokeTokens();
		await page.reload();
		await page.locator('esputnik-inbox .bell').waitFor();
		expect(await Promise.all(posts.map(({ status }) => status))).toEqual([200]);
		expect(requests.filter(isIdentityRequest)).toEqual([]);
	}
});

describe('a page out of the browser’s history', () => {
	it('of the same visitor stays as it is, and goes on', async () => {
		await using anna = await openPage();
		const { page } = anna;
		await page.evaluate(() => (document.title = 'The page as it was'));
		await comeBack(page);
		site.esputnik.revokeTokens();
		expect(await openMessages(page)).toHaveLength(3);
		expect(await page.title()).toBe('The page as it was');
		expect(anna.errors).toEqual([]);
	});

	it('of somebody who has logged out elsewhere since is loaded anew', async () => {
		await using anna = await openPage();
		const { page } = anna;
		await anna.context.clearCookies();
		await Promise.all([page.waitForEvent('load'), comeBack(page)]);
		await page.waitForFunction(() => window.appInbox?.status().state === 'guest');
		expect(await page.locator('esputnik-inbox').count()).toBe(0);
		expect(anna.errors).toEqual([]);
	});

	/** Driven from outside, Chromium keeps no page; this is what a page hears that was kept. */
	const comeBack = (page: Page) =>
		page.evaluate(() => {
			for (const type of ['pagehide', 'pageshow']) {
				dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
			}
		});
});

describe('the network', () => {
	it('is gone, then back: an empty token, then one', async () => {
		await using anna = await openPage();
		const { page, context } = anna;
		await context.setOffline(true);
		expect(await askToken(page)).toBe('');
		expect(await tokenOf(page)).toBe('failed');
		await context.setOffline(false);
		expect(await askToken(page)).toMatch(/.{20}/);
		expect(await tokenOf(page)).toBe('received');
		expect(anna.errors).toEqual([]);
	});

	it('was gone while the page waited for its first token: the next page has the bell', async () => {
		await using anna = await openPage({ offline: true });
		const { page, context } = anna;
		await tokenIs(page, 'failed');
		expect(await page.locator('esputnik-inbox').count()).toBe(0);
		await context.setOffline(false);
		await page.reload();
		await bell(page, 2).waitFor();
		expect(anna.errors).toEqual([]);
	});
});

it('a marker that outlived its login is cleared by WordPress’s answer, and asked about no more', async () => {
	await using visitor = await visit(site.browser);
	const { context, page } = visitor;
	await context.addCookies([
		{ name: 'app_inbox_user', value: 'outlived'.repeat(5), url: site.url },
	]);
	await page.goto(site.url);
	await page.waitForFunction(() => window.appInbox?.status().state === 'guest');
	expect(await page.evaluate(() => window.appInbox!.status().token)).toBe('none');
	const cookies = (await context.cookies()).map(({ name }) => name);
	expect(cookies).not.toContain('app_inbox_user');
	expect(visitor.requests.filter(isIdentityRequest)).toHaveLength(1);
	expect(visitor.requests.filter(isTokenRequest)).toEqual([]);

	visitor.clear();
	await page.goto(site.url, { waitUntil: 'networkidle' });
	expect(visitor.requests.filter((url) => !url.startsWith(`${site.url}/wp-`))).toEqual([
		`${site.url}/`,
	]);
	expect(visitor.requests.filter(isIdentityRequest)).toEqual([]);
	expect(visitor.errors).toEqual([]);
});

declare global {
	interface Window {
		/** The callback, as eSputnik's script has got it. */
		askToken?: () => Promise<string>;
	}
}

type Opened = Awaited<ReturnType<typeof openPage>>;

/**
 * Anna's page with her bell, whose callback the test may call as well. Or without a bell: the network
 * is gone between eSputnik's script and the first token.
 */
async function openPage({ offline = false } = {}) {
	const anna = await visitAs(site, 'anna');
	let loads = 0;
	await anna.page.route(site.esputnik.scriptUrl(), async (route) => {
		const answer = await route.fetch();
		await anna.context.setOffline(loads++ === 0 && offline);
		await route.fulfill({
			response: answer,
			body: `window.askToken = eS.q[0][0][2].getAuthTokenCallback;${await answer.text()}`,
		});
	});
	await anna.page.goto(site.url);
	if (!offline) {
		await bell(anna.page, 2).waitFor();
	}
	return anna;
}

const askToken = (page: Page) => page.evaluate(() => window.askToken!());
const tokenOf = (page: Page) => page.evaluate(() => window.appInbox!.status().token);
const isTokenRequest = (url: string) => url.endsWith('/app-inbox/token');
