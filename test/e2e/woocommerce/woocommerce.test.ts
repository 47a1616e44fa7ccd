/**
 * App Inbox on a shop, beside eSputnik's own plugin for WooCommerce. Neither WooCommerce nor that plugin
 * is to be had where these tests run (npm and Debian have neither), so both are stand-ins of our own
 * writing, made after their public sources: shop.php and vendor-plugin.php say what they do alike.
 */
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { IDENTITY_URL } from '../../../src/settings/frontend-config.ts';
import { exampleSeed } from '../../esputnik/server.ts';
import type { Evidence } from '../../esputnik/vendor-script/main.ts';
import { giveLogin } from '../../site/visitor.ts';
import { withBrowser } from '../running.ts';
import { openSettingsPage } from '../settings-page.ts';
import { bell, openMessages, visit, type Visit } from '../visit.ts';
import { INBOX_INIT, PLAIN_INIT, startShop } from './shop.ts';

const ANNA = 2;
const BOHDAN = 3;
/** The next account that WordPress makes. */
const OLENA = 4;
const BOHDANS_MESSAGES = ['Ваше замовлення вже у відділенні', 'Вітаємо в нашому клубі!'];

const seed = exampleSeed();
// As eSputnik’s plugin sends her after her first order: by her id, and by nothing else here.
seed.contacts = seed.contacts!.filter(({ externalCustomerId: id }) => id !== `${OLENA}`);
seed.contacts.push({
	name: 'Olena',
	externalCustomerId: `${OLENA}`,
	messages: [{ title: 'Thank you for your first order', content: '' }],
});
const shop = withBrowser(() => startShop(seed));

beforeEach(async () => {
	shop.esputnik.reset();
	await shop.setSnippet(PLAIN_INIT);
	await shop.sent();
});

/** What arrives of eSputnik's own `eS('init')` together with ours: flags that it leaves out stay out. */
const MERGED = { APP_INBOX: true, options: ['getAuthTokenCallback', 'language'], language: 'en' };

describe('a guest', () => {
	it('gets what eSputnik’s plugin starts, unchanged, and nothing of ours', async () => {
		await using guest = await visit(shop.browser);
		await guest.page.goto(shop.url);
		await expectEvents(guest, ['PageView', 'MainPage']);
		expect(await evidenceOf(guest.page)).toEqual({
			inits: [{ options: [] }],
			refused: 0,
			tokensAsked: 0,
			problems: [],
		});
		expect(await statusOf(guest.page)).toMatchObject({ state: 'guest', init: 'none' });
		expect(guest.requests.filter((url) => /app-inbox[=/]/.test(url))).toEqual([]);
		expect(guest.errors).toEqual([]);
	});

	it('keeps the App Inbox that eSputnik’s plugin starts, where that is switched on', async () => {
		await shop.setSnippet(INBOX_INIT);
		await using guest = await visit(shop.browser);
		// That plugin's callback fails where eSputnik's script is faster than its own in the footer.
		await guest.page.route('**/scripts/*.js', async (route) => {
			await guest.page.waitForLoadState('domcontentloaded');
			await route.continue();
		});
		await guest.page.goto(shop.url);
		await guest.page.waitForFunction('window.vendorCallbacks === 1');
		expect((await evidenceOf(guest.page)).inits).toEqual([MERGED]);
		expect(await statusOf(guest.page)).toMatchObject({ state: 'guest', init: 'none' });
	});

	it('orders without an account, and is a guest still', async () => {
		await using guest = await visit(shop.browser);
		await order(guest.page, 'guest@example.com', false);
		expect(await shop.sent()).toEqual([{ what: 'order', email: 'guest@example.com' }]);
		expect(await markerOf(guest)).toBeUndefined();
	});
});

describe('a customer', () => {
	it('logs in by the shop’s form: one init, and the inbox of the id that eSputnik’s plugin sends', async () => {
		await using anna = await visit(shop.browser);
		const { page } = anna;
		await logIn(page, 'anna');
		expect(await markerOf(anna)).toMatch(/^\w{40}$/);
		anna.clear();
		await page.goto(shop.url);
		await bell(page, 2).waitFor();
		expect(await evidenceOf(page)).toEqual({
			...{ inits: [MERGED], refused: 0, tokensAsked: 1 },
			// Loaded twice, eSputnik’s script complains.
			problems: [],
		});
		expect(await scriptsOf(page)).toBe(1);
		expect(await statusOf(page)).toMatchObject({ state: 'initialised', init: 'merged' });
		expect(await shop.sent()).toEqual([{ what: 'CustomerData', externalCustomerId: ANNA }]);
		expect(new Set(asked())).toEqual(new Set([ANNA]));
		expect(anna.errors).toEqual([]);
	});

	it('has the same id in eSputnik’s plugin whatever becomes of the account', async () => {
		await using anna = await visit(shop.browser);
		await logIn(anna.page, 'anna');
		await bell(anna.page, 2).waitFor();
		await shop.wordpress.run(
			`wp_update_user( array( 'ID' => ${ANNA}, 'user_email' => 'anna@new.example', 'display_name' => 'A.' ) );`
		);
		expect(await shop.sent()).toContainEqual({
			...{ what: 'contact', externalCustomerId: ANNA },
			email: 'anna@new.example',
		});
		// The new address is not known there: the id decides.
		await anna.page.reload();
		await bell(anna.page, 2).waitFor();
		expect(new Set(asked())).toEqual(new Set([ANNA]));
	});

	it('makes an account with an order by AJAX: the marker comes with the answer, the bell with the next page', async () => {
		await using olena = await visit(shop.browser);
		const { page } = olena;
		await order(page, 'olena@example.com', true);
		expect(await markerOf(olena)).toMatch(/^\w{40}$/);
		// The page of the order is still a guest's.
		expect(await statusOf(page)).toMatchObject({ state: 'guest' });
		expect(await evidenceOf(page)).toMatchObject({ inits: [{ options: [] }] });
		await page.goto(await page.evaluate('shopAnswer.redirect'));
		await bell(page, 1).waitFor();
		expect(await openMessages(page)).toEqual(['Thank you for your first order']);
		expect((await evidenceOf(page)).inits).toEqual([MERGED]);
		expect(asked()).toEqual([OLENA]);
		expect(await shop.sent()).toEqual([
			{ what: 'contact', externalCustomerId: OLENA, email: 'olena@example.com' },
			{ what: 'order', externalCustomerId: OLENA, email: 'olena@example.com' },
		]);
		expect(olena.errors).toEqual([]);
	});

	it('is kept out of wp-admin, but gets a credential', async () => {
		await using anna = await visit(shop.browser);
		await logIn(anna.page, 'anna');
		await anna.page.goto(`${shop.url}/wp-admin/`);
		expect(anna.page.url()).toBe(`${shop.url}/my-account/`);
		const answer = await anna.context.request.post(shop.url + IDENTITY_URL);
		const [, claims = ''] = (await answer.text()).split('.');
		expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).sub).toBe(`${ANNA}`);
	});

	it('gets our token, also where eSputnik’s plugin has an App Inbox of its own', async () => {
		await shop.setSnippet(INBOX_INIT);
		await using anna = await visit(shop.browser);
		await logIn(anna.page, 'anna');
		await bell(anna.page, 2).waitFor();
		expect((await evidenceOf(anna.page)).inits).toEqual([MERGED]);
		expect(await anna.page.evaluate('window.vendorCallbacks')).toBeUndefined();
	});

	it('does not wait for a snippet that is held back', async () => {
		// As a consent tool does it, until the visitor has agreed.
		await shop.setSnippet(PLAIN_INIT, ' type="text/plain"');
		await using anna = await visit(shop.browser);
		await logIn(anna.page, 'anna');
		await anna.page.goto(shop.url);
		await bell(anna.page, 2).waitFor();
		expect((await evidenceOf(anna.page)).inits).toMatchObject([
			{ APP_INBOX: true, RECOMS: false, TRACKING: false },
		]);
		expect(await scriptsOf(anna.page)).toBe(1);

		await using guest = await visit(shop.browser);
		await guest.page.goto(shop.url);
		expect(await scriptsOf(guest.page)).toBe(0);
	});

	it.each([
		['its snippet brings', ''],
		['comes without its snippet', ' type="text/plain"'],
	])('whose browser blocks the script that %s is told so by the status', async (_, held) => {
		await shop.setSnippet(PLAIN_INIT, held);
		await using anna = await visit(shop.browser);
		const { page, context } = anna;
		await giveLogin(context, shop.url, 'anna');
		await page.route('**/scripts/*.js', (route) => route.abort());
		await page.goto(shop.url);
		await page.waitForFunction(() => window.appInbox!.status().state === 'blocked');
		expect(await scriptsOf(page)).toBe(1);
	});

	it('logs out by the shop’s link; the next one at the computer sees their own', async () => {
		await using computer = await visit(shop.browser);
		const { page } = computer;
		await logIn(page, 'anna');
		await bell(page, 2).waitFor();
		const kept = () => page.evaluate<string>(() => sessionStorage.appInbox ?? '');
		const hers = await kept();
		expect(hers).toContain(await markerOf(computer));
		await page.getByRole('link', { name: 'Log out' }).click();
		await page.locator('input[name=username]').waitFor();
		expect(await markerOf(computer)).toBeUndefined();
		expect(await statusOf(page)).toMatchObject({ state: 'guest' });
		expect(await page.locator('esputnik-inbox').count()).toBe(0);
		expect((await kept()).trim()).toBe('');

		await logIn(page, 'bohdan');
		await bell(page, 1).waitFor();
		expect(await openMessages(page)).toEqual(BOHDANS_MESSAGES);
		expect(await kept()).not.toBe(hers);
		expect(asked()).toEqual([ANNA, BOHDAN]);
		expect(computer.errors).toEqual([]);
	});
});

describe('the events of eSputnik’s plugin', () => {
	it.each(['', 'anna'])('wait for eSputnik’s script, and come in order: %j', async (user) => {
		await using visitor = await visit(shop.browser);
		const { page } = visitor;
		if (user) {
			await giveLogin(visitor.context, shop.url, user);
		}
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		await page.route('**/scripts/*.js', async (route) => {
			await held;
			await route.continue();
		});
		await page.goto(`${shop.url}/kettle/`, { waitUntil: 'domcontentloaded' });
		await page.evaluate(`eS('sendEvent', 'AddToWishlist')`);
		const waiting = await page.evaluate(`eS.q.map(([command]) => [...command].slice(0, 2))`);
		expect(waiting).toEqual([
			['init', ...(user ? [{ APP_INBOX: true }] : [])],
			['sendEvent', 'ProductPage'],
			['sendEvent', 'AddToWishlist'],
		]);
		release();
		await expectEvents(visitor, ['PageView', 'ProductPage', 'AddToWishlist']);
		expect((await evidenceOf(page)).inits).toHaveLength(1);
		await bell(page, 2).waitFor({ state: user ? 'visible' : 'detached' });
	});
});

it('“Check everything” knows eSputnik’s plugin, and has nothing against it', async () => {
	await using admin = await openSettingsPage(shop);
	const { page } = admin;
	await page.getByRole('button', { name: 'Check everything' }).click();
	await page.getByText(/Passed: \d+\./).waitFor({ timeout: 90_000 });
	const row = (id: string) => page.locator(`[data-check="${id}"]`).innerText();
	expect(await row('duplicate')).toMatch(
		/Passed[^]*own plugin “Yespo CDP \(stand-in\)”.*Keep it/
	);
	expect(await row('one-init')).toMatch(/Passed[^]*merged into App Inbox’s own/);
}, 120_000);

async function logIn(page: Page, user: string) {
	await page.goto(`${shop.url}/my-account/`);
	await page.fill('input[name=username]', user);
	await page.fill('input[name=password]', 'password');
	await page.click('button[name=login]');
	await page.getByRole('link', { name: 'Log out' }).waitFor();
}

async function order(page: Page, email: string, account: boolean) {
	await page.goto(`${shop.url}/checkout/`);
	await page.waitForFunction(() => '__esputnik' in window);
	await page.fill('input[name=billing_email]', email);
	await page.setChecked('input[name=createaccount]', account);
	await page.getByRole('button', { name: 'Place order' }).click();
	await page.waitForFunction(() => 'shopAnswer' in window);
	expect(await page.evaluate('shopAnswer.result')).toBe('success');
}

const evidenceOf = (page: Page) => page.evaluate<Evidence>('__esputnik');
/** How many elements of eSputnik’s script the page has. */
const scriptsOf = (page: Page) => page.locator('script[src*="/scripts/"]').count();
const statusOf = (page: Page) => page.evaluate(() => window.appInbox!.status());
const markerOf = async ({ context }: Visit) =>
	(await context.cookies()).find(({ name }) => name === 'app_inbox_user')?.value;

/** Whose tokens eSputnik was asked for. */
const asked = () =>
	shop.esputnik.calls
		.filter(({ path }) => path.endsWith('/contact/token'))
		.map(({ externalCustomerId }) => Number(externalCustomerId));

/** These events, no others, were sent by eSputnik’s script in this order. */
async function expectEvents({ page, requests }: Visit, events: string[]) {
	const sent = () => requests.flatMap((url) => /\/track\?event=(\w+)/.exec(url)?.[1] ?? []);
	await vi.waitFor(() => expect(sent().length).toBeGreaterThanOrEqual(events.length), 30_000);
	await page.waitForLoadState('load');
	expect(sent()).toEqual(events);
}
