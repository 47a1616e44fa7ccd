import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { running } from '../running.ts';
import { bell, openMessages, tokenIs } from '../visit.ts';
import type { Way } from './back-end.ts';
import { FUNCTION, SHOP, startShop, statusOf } from './shop.ts';

const shop = running(startShop);

describe('after a quarter of an hour', () => {
	it('a JWT that has expired is renewed, once, by the page’s own function', async () => {
		await using anna = await openLongAgo(['data layer', 'function']);
		const { page } = anna;
		const statuses = statusesOf(page);
		shop.esputnik.revokeTokens();
		expect(await openMessages(page)).toHaveLength(3);
		expect(statuses).toEqual([401, 200]);
		expect(anna.requests.filter((url) => url === `${SHOP}/inbox-identity`)).toHaveLength(1);
		expect(await statusOf(page)).toMatchObject({ state: 'initialised', token: 'received' });
		expect(anna.errors).toEqual([]);
	});

	it('without such a function the bell stays as long as eSputnik asks for no token', async () => {
		await using anna = await openLongAgo(['data layer']);
		const { page } = anna;
		expect(await openMessages(page)).toHaveLength(3);
		expect(anna.requests.filter((url) => url.startsWith(FUNCTION))).toEqual([]);
		expect(anna.errors).toEqual([]);
	});

	it('without such a function and without a token: no error, and the next page has the bell', async () => {
		await using anna = await openLongAgo(['data layer']);
		const { page } = anna;
		const statuses = statusesOf(page);
		shop.esputnik.revokeTokens();
		await page.locator('esputnik-inbox .bell').click();
		await tokenIs(page, 'failed');
		expect(statuses).toEqual([401, 401]);
		expect(await statusOf(page)).toMatchObject({ token: 'failed' });
		expect(anna.errors).toEqual([]);
		await page.goto(`${SHOP}/next`);
		await bell(page, 2).waitFor();
		expect(anna.errors).toEqual([]);
	});

	it('whoever has logged out meanwhile gets no token', async () => {
		await using anna = await openLongAgo(['data layer', 'function']);
		const { page, context } = anna;
		await context.clearCookies();
		shop.esputnik.revokeTokens();
		await page.locator('esputnik-inbox .bell').click();
		await page.waitForFunction(() => window.appInbox?.status().state === 'guest');
		expect(anna.errors).toEqual([]);
	});

	/** A page with its bell, sixteen minutes old. */
	async function openLongAgo(says: Way[]) {
		const anna = await shop.visitor({ says });
		await anna.page.clock.install();
		await anna.page.goto(SHOP);
		await bell(anna.page, 2).waitFor();
		anna.clear();
		// The bell counts again, with the token that it has; then it rests for a minute.
		await Promise.all([anna.page.waitForResponse(/\/count$/), shop.pass(anna.page, 16)]);
		return anna;
	}
});

/** The statuses of the token function's answers from now on. */
function statusesOf(page: Page) {
	const statuses: number[] = [];
	page.on('response', (response) => {
		if (response.url() === `${FUNCTION}/token` && response.request().method() === 'POST') {
			statuses.push(response.status());
		}
	});
	return statuses;
}
