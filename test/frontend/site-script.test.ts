/** `script: 'site'`: a snippet of the site's own stays and loads the script; ours joins its one init. */
import { describe, expect, it } from 'vitest';
import { INIT, WEB_PUSH } from '../esputnik/snippets.ts';
import { MARKER, openPage, SCRIPT, TAKE_OVERS, type Page } from './page.ts';

const OTHER_ACCOUNT = 'https://statics.esputnik.com/scripts/FEDCBA9876543210FEDCBA9876543210.js';
const OURS = {
	getAuthTokenCallback: expect.any(Function) as unknown,
	language: 'uk',
};

function open(cookie = MARKER, config: Parameters<Page['init']>[0] = {}, head = '') {
	const page = openPage({ cookie, head });
	page.init({ script: 'site', ...config });
	return page;
}
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
		page.foreignSnippet(INIT.flags('{TRACKING: true}'));
		page.ready();
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(page.queued()).toEqual([['init', { APP_INBOX: true, TRACKING: true }, OURS]]);
		expect(page.logged).toEqual([]);
	});
	it('is left to the snippet that came before', () => {
		const page = openPage({ cookie: MARKER });
		page.foreignSnippet(INIT.bare);
		page.init({ script: 'site' });
		page.ready();
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(page.queued()).toEqual([['init', { APP_INBOX: true }, OURS]]);
	});
	it.each(TAKE_OVERS)(
		'may run before the snippet’s init, and gets one all the same (%s)',
		(how) => {
			const page = open();
			page.foreignSnippet();
			const received = page.loadVendor(how);
			page.run(`eS('sendEvent', 'MainPage'); ${INIT.bare}`);
			expect(received).toEqual([]);
			page.ready();
			expect(received).toEqual([
				['init', { APP_INBOX: true }, OURS],
				['sendEvent', 'MainPage'],
			]);
			page.run(`eS('sendEvent', 'NotFound'); ${INIT.bare}`);
			expect(received.map(([name]) => name)).toEqual(['init', 'sendEvent', 'sendEvent']);
			expect(page.vendorScripts()).toEqual([SCRIPT]);
		}
	);
	it('comes all the same where there is no snippet, or it is held back', () => {
		for (const head of ['', `<script type="text/plain" src="${SCRIPT}"></script>`]) {
			const page = open(MARKER, {}, head);
			page.ready();
			expect(page.vendorScripts().length).toBe(head ? 2 : 1);
			expect(page.queued()).toEqual([
				['init', { APP_INBOX: true, RECOMS: false, TRACKING: false }, OURS],
			]);
		}
	});
	it('comes at once where the page is parsed already', () => {
		const page = openPage({ cookie: MARKER });
		page.ready();
		page.init({ script: 'site' });
		expect(page.vendorScripts()).toEqual([SCRIPT]);
	});
	it('is left to a snippet that is the next tag in Tag Manager', async () => {
		const page = openPage({ elsewhere: true });
		page.ready();
		page.init({ script: 'site', features: { tracking: true } });
		page.foreignSnippet(INIT.bare);
		await page.clock.pass(0);
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(page.queued()).toEqual([['init']]);
	});
});

describe('a guest', () => {
	const tracking = { features: { tracking: true } };
	it('has the snippet’s init unchanged, with App Inbox alone', () => {
		const page = open('');
		page.foreignSnippet(INIT.older.replace('yourImplementationOfAuthCallback()', '1'));
		page.ready();
		const [[, flags, ...rest] = []] = page.queued();
		expect(flags).toMatchObject({ language: 'ru' });
		expect(rest).toEqual([]);
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(state(page)).toBe('guest');
	});
	it('has nothing without a snippet, with App Inbox alone', () => {
		const page = open('');
		page.ready();
		expect(page.vendorScripts()).toEqual([]);
		expect(page.window.eS).toBeUndefined();
	});
	it.each([true, false])(
		'has the snippet’s init alone, its script in the cache: %s',
		(cached) => {
			const page = open('', tracking);
			page.foreignSnippet(INIT.flags('{TRACKING: false}'));
			const early = cached ? page.loadVendor() : [];
			page.ready();
			const received = cached ? early : page.loadVendor();
			expect(received).toEqual([['init', { TRACKING: false }]]);
			expect(page.vendorScripts()).toEqual([SCRIPT]);
			expect(state(page)).toBe('guest');
		}
	);
	it('has what else is on, without a snippet', () => {
		const page = open('', tracking);
		page.ready();
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(page.queued()).toEqual([
			['init', { APP_INBOX: false, RECOMS: false, TRACKING: true }, {}],
		]);
	});
	it.each([
		['before', true],
		['after', false],
	])('who refuses the consent has the snippet’s init as it is: %s its decision', (_, before) => {
		const page = openPage({ before: (window) => (window.wp_has_consent = () => false) });
		page.init({ script: 'site', ...tracking, consent: 'marketing' });
		const snippet = () => page.foreignSnippet(`eS('sendEvent', 1); ${INIT.bare}`);
		if (before) {
			snippet();
		}
		page.ready();
		if (!before) {
			snippet();
		}
		expect(page.queued().toSorted()).toEqual([['init'], ['sendEvent', 1]]);
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(state(page)).toBe('guest');
	});
});

it('a guest and a member have the same of a bare init, before and after ours', () => {
	for (const first of ['ours', 'theirs']) {
		for (const cookie of ['', MARKER]) {
			const page = openPage({ cookie });
			const init = () => page.init({ script: 'site' });
			if (first === 'ours') {
				init();
			}
			page.foreignSnippet(INIT.bare);
			if (first === 'theirs') {
				init();
			}
			page.ready();
			// Both flags are left out: eSputnik counts them as on.
			expect(page.queued()[0]![1] ?? {}).toEqual(cookie ? { APP_INBOX: true } : {});
			expect(page.vendorScripts()).toEqual([SCRIPT]);
		}
	}
});

describe('a script that does not load', () => {
	it.each([SCRIPT, OTHER_ACCOUNT])(
		'is reported, though the snippet brought it: %s',
		(address) => {
			const page = open();
			page.foreignSnippet(INIT.bare, address);
			block(page, address);
			page.ready();
			expect(state(page)).toBe('blocked');
		}
	);
	it('is reported where it comes without the snippet', () => {
		const page = open();
		page.ready();
		block(page, SCRIPT);
		expect(state(page)).toBe('blocked');
	});
	it('is none of ours: web push, the theme', () => {
		const theme = 'https://shop.example/theme.js';
		const page = open(MARKER, {}, `${WEB_PUSH}<script src="${theme}"></script>`);
		page.ready();
		block(page, theme);
		page.window.dispatchEvent(new page.window.Event('error'));
		expect(state(page)).toBe('initialised');
		expect(page.logged).toEqual([]);
	});
});
