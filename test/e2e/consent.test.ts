import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSite } from './running.ts';
import { bell, openMessages, visit, visitAs } from './visit.ts';

const site = withSite({
	foreignEsputnik: true,
	settings: {
		features: { appInbox: true, recommendations: true, tracking: true },
		consent: 'marketing',
	},
});

beforeEach(() => site.esputnik.reset());

/** What eSputnik's script sends with each page, whatever the flags of its init say. */
const ANYHOW = '/track?event=PageView';

describe('tracking and recommendations, with a category set', () => {
	it('are allowed where there is no consent tool', async () => {
		await using anna = await open();
		expect(await inits(anna.page)).toMatchObject([
			{ APP_INBOX: true, RECOMS: true, TRACKING: true },
		]);
		await expectAtEsputnik(['/recoms', ANYHOW]);
		expect(anna.errors).toEqual([]);
	});

	it('are off where the visitor refuses, and the inbox works', async () => {
		await using anna = await open({ marketing: 'deny' });
		expect(await inits(anna.page)).toMatchObject([
			{ APP_INBOX: true, RECOMS: false, TRACKING: false },
		]);
		expect(await openMessages(anna.page)).toHaveLength(3);
		await expectAtEsputnik([ANYHOW]);
		expect(anna.errors).toEqual([]);
	});

	it('ask about the category of the settings, and no other', async () => {
		await using anna = await open({ statistics: 'allow', preferences: 'allow' });
		expect(await inits(anna.page)).toMatchObject([{ RECOMS: false, TRACKING: false }]);
	});

	it('begin with the next page when consent is given later', async () => {
		await using anna = await open({ marketing: 'deny' });
		const { page } = anna;
		await setConsent(page, 'allow');
		await handledAll(page);
		expect(await inits(page)).toMatchObject([{ RECOMS: false, TRACKING: false }]);
		await expectAtEsputnik([ANYHOW]);

		await page.reload();
		await bell(page, 2).waitFor();
		expect(await inits(page)).toMatchObject([
			{ APP_INBOX: true, RECOMS: true, TRACKING: true },
		]);
		await expectAtEsputnik(['/recoms', ANYHOW, ANYHOW]);
		expect(anna.errors).toEqual([]);
	});

	it('stop with a consent that is withdrawn: events at once, the rest with the next page', async () => {
		await using anna = await open({ marketing: 'allow' });
		const { page } = anna;
		await expectAtEsputnik(['/recoms', ANYHOW]);
		await page.evaluate(() => window.eS!('sendEvent', 'ProductPage'));
		await expectAtEsputnik(['/recoms', ANYHOW, '/track?event=ProductPage']);

		anna.clear();
		site.esputnik.calls.length = 0;
		await setConsent(page, 'deny');
		await page.evaluate(() => window.eS!('sendEvent', 'StatusCart'));
		await handledAll(page);
		expect(anna.requests.filter((url) => url.includes('/track'))).toEqual([]);
		expect(tracked()).toEqual([]);
		// The inbox was asked for, and stays.
		expect(await openMessages(page)).toHaveLength(3);

		await page.reload();
		await page.locator('esputnik-inbox .bell').waitFor();
		expect(await inits(page)).toMatchObject([
			{ APP_INBOX: true, RECOMS: false, TRACKING: false },
		]);
		await expectAtEsputnik([ANYHOW]);
		expect(anna.errors).toEqual([]);
	});

	it('of another category withdrawn: nothing stops', async () => {
		await using anna = await open({ marketing: 'allow', statistics: 'allow' });
		await expectAtEsputnik(['/recoms', ANYHOW]);
		await setConsent(anna.page, 'deny', 'statistics');
		await anna.page.evaluate(() => window.eS!('sendEvent', 'StatusCart'));
		await expectAtEsputnik(['/recoms', ANYHOW, '/track?event=StatusCart']);
	});
});

describe('a guest', () => {
	it('who refuses brings eSputnik no request at all, and says so', async () => {
		await using guest = await visit(site.browser);
		await installConsentApi(guest.page, { marketing: 'deny' });
		await guest.page.goto(site.url, { waitUntil: 'networkidle' });
		expect(guest.requests.filter((url) => url.startsWith(site.esputnik.url))).toEqual([]);
		expect(await guest.page.evaluate(() => window.appInbox!.status().state)).toBe('guest');
		expect(guest.errors).toEqual([]);
	});
});

declare global {
	interface Window {
		/** The WP Consent API's other half. */
		wp_set_consent?: (category: string, value: string) => void;
	}
}

/** Anna's page with her bell. Without consents there is no consent tool. */
async function open(consents?: Record<string, string>) {
	const anna = await visitAs(site, 'anna');
	if (consents) {
		await installConsentApi(anna.page, consents);
	}
	await anna.page.goto(site.url);
	await bell(anna.page, 2).waitFor();
	return anna;
}

/**
 * As the WP Consent API does it: an opt-in by cookie, and on a change an event whose detail is an
 * array with the category as a property.
 */
const installConsentApi = (page: Page, consents: Record<string, string>) =>
	page.addInitScript((initial) => {
		const read = (category: string) =>
			new RegExp(`(?:^|; )wp_consent_${category}=(\\w+)`).exec(document.cookie)?.[1];
		for (const [category, value] of Object.entries(initial)) {
			if (!read(category)) {
				document.cookie = `wp_consent_${category}=${value}; path=/`;
			}
		}
		window.wp_has_consent = (category) => read(category) === 'allow';
		window.wp_set_consent = (category, value) => {
			document.cookie = `wp_consent_${category}=${value}; path=/`;
			const detail = Object.assign([], { [category]: value });
			document.dispatchEvent(new CustomEvent('wp_listen_for_consent_change', { detail }));
		};
	}, consents);

const setConsent = (page: Page, value: string, category = 'marketing') =>
	page.evaluate(([name, change]) => window.wp_set_consent!(name!, change!), [category, value]);

const inits = (page: Page) => page.evaluate<object[]>('__esputnik.inits');

/** What eSputnik has got of tracking and recommendations. */
const tracked = () =>
	site.esputnik.calls
		.map(({ path, query }) => path + query)
		.filter((call) => /^\/(track|recoms)/.test(call))
		.sort();

const expectAtEsputnik = (calls: string[]) =>
	expect.poll(tracked, { timeout: 10_000 }).toEqual(calls);

/** What the page has begun to ask for is on its way: the browser tells of requests in their order. */
async function handledAll(page: Page) {
	const mark = `${site.esputnik.url}/scripts/none.js`;
	await Promise.all([
		page.waitForRequest(mark),
		page.evaluate((url) => fetch(url, { mode: 'no-cors' }), mark),
	]);
}
