import { describe, expect, it } from 'vitest';
import { FAR_ENDPOINT } from './answers.ts';
import { MARKER, openPage, SCRIPT, type Page } from './page.ts';

const guest = () => openPage();
const EXCLUDED = 'wordpress_test_cookie=1; wp_lang=uk';

/** Lets all happen that could. */
async function wait(page: Page) {
	page.ready();
	await page.clock.pass(60_000);
}

describe('a guest with App Inbox alone', () => {
	it.each([
		['nobody', {}, ''],
		['no marker among other cookies', {}, EXCLUDED],
		['an empty marker', {}, 'app_inbox_user='],
		['an empty identity', { identity: '' }, ''],
		['an endpoint elsewhere', { endpoint: FAR_ENDPOINT }, ''],
		['a consent that nothing needs', { consent: 'marketing' as const }, ''],
	])('%s: no request, no script, no eS', async (_name, config, cookie) => {
		const page = openPage({ cookie });
		page.init(config);
		await wait(page);
		expect(page.asked).toEqual([]);
		expect(page.vendorScripts()).toEqual([]);
		expect(page.window.eS).toBeUndefined();
		expect(page.logged).toEqual([]);
		expect(page.window.appInbox.status()).toMatchObject({
			state: 'guest',
			init: 'none',
			token: 'none',
		});
	});

	it('who does not consent to the rest: the same', async () => {
		const page = openPage({
			before: (window) => Object.assign(window, { wp_has_consent: () => false }),
		});
		page.init({ features: { recommendations: true, tracking: true }, consent: 'marketing' });
		await wait(page);
		expect(page.vendorScripts()).toEqual([]);
		expect(page.window.eS).toBeUndefined();
		expect(page.window.appInbox.status().state).toBe('guest');
	});

	const CALLS = [
		['init'],
		['init', { TRACKING: true, APP_INBOX: true }, { getAuthTokenCallback: 1, language: 'ru' }],
		['sendEvent', 'PageView'],
		['init', { RECOMS: true }],
	];
	it.each(['before', 'after'])('a foreign snippet %s ours passes unchanged', async (order) => {
		const page = guest();
		if (order === 'after') {
			page.init();
		}
		page.foreignSnippet();
		const theirs = page.window.eS;
		CALLS.forEach((command) => page.window.eS(...command));
		if (order === 'before') {
			page.init();
		}
		await wait(page);
		expect(page.window.eS).toBe(theirs);
		expect(page.queued()).toEqual(CALLS);
		expect(page.loadVendor()).toEqual(CALLS);
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(page.logged).toEqual([]);
	});
});

describe('a guest where other features are on', () => {
	const features = { recommendations: true, tracking: true };
	it('gets those, without App Inbox, callback or request', async () => {
		const page = guest();
		page.init({ features });
		await wait(page);
		expect(page.queued()).toEqual([
			['init', { APP_INBOX: false, RECOMS: true, TRACKING: true }, {}],
		]);
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(page.asked).toEqual([]);
		expect(page.window.appInbox.status()).toMatchObject({ state: 'initialised', init: 'ours' });
	});
	it.each(['before', 'after'])('a foreign init %s ours keeps all that is its own', (order) => {
		const page = guest();
		const init = () => page.init({ features: { tracking: true } });
		const call = "eS('init', {TRACKING: false, RECOMS: false, NEW: 1}, {theme: 'dark'});";
		if (order === 'after') {
			init();
		}
		page.foreignSnippet(call);
		if (order === 'before') {
			init();
		}
		expect(page.queued()).toEqual([
			['init', { TRACKING: true, RECOMS: false, NEW: 1 }, { theme: 'dark' }],
		]);
	});
	it('a member with App Inbox switched off is one of them', async () => {
		const page = openPage({ cookie: MARKER });
		page.init({ features: { appInbox: false, recommendations: true } });
		await wait(page);
		expect(page.queued()).toEqual([
			['init', { APP_INBOX: false, RECOMS: true, TRACKING: false }, {}],
		]);
		expect(page.asked).toEqual([]);
	});
});
