import { describe, expect, it } from 'vitest';
import { INLINE, MARKER, openPage, SCRIPT, VENDOR_PLUGIN, type Page } from './page.ts';

const WEB_PUSH = 'https://esputnik.com/scripts/v1/public/scripts?apiKey=x';
const OTHER_ACCOUNT = 'https://statics.esputnik.com/scripts/FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF.js';

/** A page on which eSputnik's own plugin will print its snippet, as far as the head. */
function open(cookie = MARKER, config: Parameters<Page['init']>[0] = {}) {
	const page = openPage({
		cookie,
		head: `<meta name="app-inbox-script" src="${SCRIPT}">`,
		source: VENDOR_PLUGIN + INLINE,
	});
	page.init(config);
	return page;
}
const flagsOf = (page: Page) => page.queued()[0]![1];
const state = (page: Page) => page.window.appInbox.status().state;
/** The browser cannot load the script of this address. */
function block(page: Page, address: string) {
	const script = [...page.document.scripts].find(({ src }) => src === address)!;
	script.dispatchEvent(new page.window.Event('error'));
}

describe('eSputnik’s script', () => {
	it('is left to the snippet that follows, whose init is not lost', () => {
		const page = open();
		expect(page.vendorScripts()).toEqual([]);
		page.foreignSnippet("eS('init', {TRACKING: true})");
		page.ready();
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(flagsOf(page)).toEqual({ APP_INBOX: true, TRACKING: true });
		expect(page.logged).toEqual([]);
	});
	it('comes all the same where the snippet is held back', () => {
		const page = open();
		page.ready();
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(flagsOf(page)).toEqual({ APP_INBOX: true, RECOMS: false, TRACKING: false });
	});
	it('comes for a guest too, where something else of ours waited for the page', () => {
		const page = open('', { features: { tracking: true }, consent: 'marketing' });
		page.ready();
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(flagsOf(page)).toEqual({ APP_INBOX: false, RECOMS: false, TRACKING: true });
	});
	it('does not come for a guest with App Inbox alone', () => {
		const page = open('');
		page.ready();
		expect(page.vendorScripts()).toEqual([]);
	});
	it('is brought by the front end where the page lost what stands for it', () => {
		const page = openPage({ cookie: MARKER, source: VENDOR_PLUGIN + INLINE });
		page.init();
		page.ready();
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		block(page, SCRIPT);
		expect(state(page)).toBe('blocked');
		expect(page.logged).toEqual([]);
	});
});

describe('a script that does not load', () => {
	it.each([SCRIPT, OTHER_ACCOUNT])(
		'is reported, though the snippet brought it: %s',
		(address) => {
			const page = open();
			page.foreignSnippet("eS('init')", address);
			expect(state(page)).toBe('initialised');
			block(page, address);
			expect(state(page)).toBe('blocked');
		}
	);
	it('is reported where it comes without the snippet', () => {
		const page = open();
		page.ready();
		block(page, SCRIPT);
		expect(state(page)).toBe('blocked');
	});
	it.each([WEB_PUSH, 'https://shop.example/theme.js'])('is none of ours: %s', (address) => {
		const page = open();
		page.foreignSnippet('', address);
		block(page, address);
		page.window.dispatchEvent(new page.window.Event('error'));
		expect(state(page)).toBe('initialised');
		expect(page.logged).toEqual([]);
	});
});
