import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DIST } from '../../../build/paths.ts';
import { snippet } from '../../esputnik/snippets.ts';
import { running } from '../running.ts';
import { bell, openMessages, tokenIs } from '../visit.ts';
import { GTM } from './back-end.ts';
import { ESPUTNIK, FUNCTION, SHOP, startShop, statusOf, STRANGER } from './shop.ts';

const MESSAGES = [
	'Your order is on its way',
	'A voucher for you: 15% off',
	'How do you like your kettle?',
];
const LOADER = `${FUNCTION}/loader.js`;
const BELL_ALONE = { APP_INBOX: true, RECOMS: false, TRACKING: false };
const ALL = { features: { appInbox: true, recommendations: true, tracking: true } };

const shop = running(startShop);

describe('a shop that is not WordPress, through Tag Manager', () => {
	it.each([['data layer'], ['function']] as const)(
		'shows a customer their messages, known by the %s',
		async (way) => {
			await using anna = await shop.visitor({ says: [way] });
			const { page } = anna;
			await page.goto(SHOP);
			await bell(page, 2).waitFor();
			expect(await openMessages(page)).toEqual(MESSAGES);
			expect(await inits(page)).toMatchObject([{ ...BELL_ALONE, language: 'en' }]);
			expect(await runs(page)).toEqual([{ outcome: 'success', logs: [], problems: [] }]);
			expect(anna.errors).toEqual([]);
			expect(anna.requests.filter((url) => url.endsWith('/inbox-identity'))).toHaveLength(
				way === 'function' ? 1 : 0
			);
		}
	);

	it('asks nobody but the shop, Google and the shop’s own function for a guest', async () => {
		await using guest = await shop.visitor({ customer: null });
		await guest.page.goto(SHOP, { waitUntil: 'networkidle' });
		expect(await statusOf(guest.page)).toMatchObject({ state: 'guest', init: 'none' });
		expect(guest.requests).toEqual([`${SHOP}/`, `${GTM}?id=GTM-SHOP123`, LOADER]);
		expect(await guest.page.locator('esputnik-inbox').count()).toBe(0);
		expect(guest.errors).toEqual([]);
	});

	it('gets a token by leave of the function alone: a page of another origin gets none', async () => {
		await using anna = await shop.visitor();
		const preflights = () => shop.log().match(/"method":"OPTIONS"[^\n]*/g)?.length ?? 0;
		const before = preflights();
		await anna.page.goto(STRANGER);
		await tokenIs(anna.page, 'failed');
		expect(preflights()).toBeGreaterThan(before);
		expect(await anna.page.locator('esputnik-inbox').count()).toBe(0);
		expect(shop.esputnik.calls.filter(({ path }) => path.includes('/token'))).toEqual([]);
	});
});

describe('what else is on the page', () => {
	it('the loader that is blocked fails the tag, which says what to look at', async () => {
		await using anna = await shop.visitor();
		await anna.context.route(LOADER, (route) => route.abort('blockedbyclient'));
		await anna.page.goto(SHOP);
		await anna.page.waitForFunction(() => window.tagRuns?.[0]?.outcome === 'failure');
		const [run] = await runs(anna.page);
		expect(run).toMatchObject({ problems: [] });
		expect(run!.logs.flat()).toEqual([
			expect.stringMatching(
				new RegExp(`^App Inbox: ${LOADER} cannot be loaded\\. .*blocker`)
			),
		]);
		expect(await anna.page.evaluate(() => [typeof window.eS, typeof window.appInbox])).toEqual([
			'undefined',
			'undefined',
		]);
		expect(anna.errors).toEqual([]);
	});

	it('the tag that fires twice starts once', async () => {
		await using anna = await shop.visitor({ fires: 2 });
		await anna.page.goto(SHOP);
		await bell(anna.page, 2).waitFor();
		expect(await runs(anna.page)).toMatchObject([
			{ outcome: 'success' },
			{ outcome: 'success' },
		]);
		await expectOneInit(anna.page, BELL_ALONE);
		expect(anna.requests.filter((url) => url === LOADER)).toHaveLength(1);
		expect(anna.errors).toEqual([]);
	});

	const OWN = snippet(`eS('init', { TRACKING: true, RECOMS: false })`, { host: ESPUTNIK });

	it('the page’s own snippet: one init, of both, while eSputnik’s script is on its way', async () => {
		await using anna = await shop.visitor({ head: OWN });
		const { page } = anna;
		await anna.context.route(`${ESPUTNIK}/scripts/**`, async (route) => {
			await page.waitForFunction(() => window.appInbox?.status().init === 'merged');
			await route.continue();
		});
		await page.goto(SHOP);
		await bell(page, 2).waitFor();
		await expectOneInit(page, { APP_INBOX: true, TRACKING: true, RECOMS: false });
		expect(anna.errors).toEqual([]);
	});

	it('the page’s own snippet that came first: no second init, and a word about it', async () => {
		await using anna = await shop.visitor({ head: OWN });
		const { page } = anna;
		await anna.context.route(LOADER, async (route) => {
			await page.waitForFunction('window.__esputnik?.inits.length');
			await route.continue();
		});
		await page.goto(SHOP);
		await page.waitForFunction(() => window.appInbox?.status().state === 'already-initialised');
		expect(await statusOf(page)).toMatchObject({ state: 'already-initialised' });
		await expectOneInit(page, { TRACKING: true, RECOMS: false });
		expect(anna.errors).toEqual([]);
	});
});

describe('a consent that is refused, then given', () => {
	const denied = {
		settings: { ...ALL, consent: 'marketing' },
		consent: { ad_storage: 'denied' },
	} as const;

	it('a customer has the bell at once, and the rest from the next page on', async () => {
		await using anna = await shop.visitor(denied);
		const { page } = anna;
		await page.goto(SHOP);
		await bell(page, 2).waitFor();
		await expectOneInit(page, BELL_ALONE);
		await grant(page);
		await page.goto(`${SHOP}/next`);
		await bell(page, 2).waitFor();
		await expectOneInit(page, { APP_INBOX: true, RECOMS: true, TRACKING: true });
		// The PageView comes with each page, whatever was refused.
		await expect.poll(asked).toEqual(['/recoms', '/track', '/track']);
		expect(anna.errors).toEqual([]);
	});

	it('for a guest nothing is loaded before, and the rest starts on this very page', async () => {
		await using guest = await shop.visitor({ ...denied, customer: null });
		const { page } = guest;
		await page.goto(SHOP, { waitUntil: 'networkidle' });
		expect(guest.requests).toEqual([`${SHOP}/`, `${GTM}?id=GTM-SHOP123`]);
		await grant(page);
		await page.waitForFunction('window.__esputnik?.inits.length');
		await expectOneInit(page, { APP_INBOX: false, RECOMS: true, TRACKING: true });
		await expect.poll(asked).toEqual(['/recoms', '/track']);
		expect(guest.errors).toEqual([]);
	});

	/** What the banner does: tells this page, and knows it on the next. */
	async function grant(page: Page) {
		await page.evaluate(() => window.updateGtmConsent({ ad_storage: 'granted' }));
		shop.change({ consent: { ad_storage: 'granted' } });
	}
	const asked = () =>
		shop.esputnik.calls
			.map(({ path }) => path)
			.filter((path) => /^\/(recoms|track)/.test(path))
			.sort();
});

describe('how it looks', () => {
	it.each([
		['desktop', { viewport: { width: 1280, height: 800 } }],
		['phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
	])('on a %s', async (name, device) => {
		await using anna = await shop.visitor({}, { ...device, deviceScaleFactor: 2 });
		const { page } = anna;
		await page.goto(SHOP);
		await bell(page, 2).waitFor();
		// Else the number goes with the first look at the messages.
		shop.esputnik.setFault('status', { delayMs: 60_000 });
		expect(await openMessages(page)).toEqual(MESSAGES);
		const folder = join(DIST, 'screens');
		await mkdir(folder, { recursive: true });
		await page.screenshot({
			path: join(folder, `gtm-shop-${name}.png`),
			animations: 'disabled',
		});
		expect(anna.errors).toEqual([]);
	});
});

/** Nothing that asks twice may go unseen: also the calls that eSputnik's script refused. */
async function expectOneInit(page: Page, flags: object) {
	expect(await inits(page)).toHaveLength(1);
	expect(await inits(page)).toMatchObject([flags]);
	expect(await page.evaluate('__esputnik.problems')).toEqual([]);
}
const inits = (page: Page) => page.evaluate<object[]>('__esputnik.inits');
const runs = (page: Page) => page.evaluate(() => window.tagRuns!);
