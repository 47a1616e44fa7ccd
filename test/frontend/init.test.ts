import { describe, expect, it } from 'vitest';
import { FLAT_STUB, INIT } from '../esputnik/snippets.ts';
import { MARKER, openPage, SCRIPT, type Page } from './page.ts';

const member = (more: Parameters<typeof openPage>[0] = {}) => openPage({ cookie: MARKER, ...more });
const FLAGS = { APP_INBOX: true, RECOMS: false, TRACKING: false };
const OPTIONS = { getAuthTokenCallback: expect.any(Function), language: 'uk' };
const DROPPED = ['warn: Open ?app-inbox-debug.'];

describe('alone on the page', () => {
	it('makes eS as the vendor’s snippet makes it', () => {
		const ours = member();
		ours.init();
		const theirs = openPage();
		theirs.foreignSnippet("eS('init');");
		for (const { window } of [ours, theirs]) {
			const { eS } = window;
			expect(Object.keys(eS).sort()).toEqual(['c', 'q']);
			expect(eS.q).toHaveLength(1);
			expect(eS.q[0]).toHaveLength(1);
			expect(eS.q[0]![0]![0]).toBe('init');
			eS('sendEvent', 'PageView', { a: 1 });
			(eS.c as (command: unknown) => void)(['direct']);
			expect(Array.from(eS.q[1]![0]!)).toEqual(['sendEvent', 'PageView', { a: 1 }]);
			expect(eS.q[2]![0]).toEqual(['direct']);
			for (const kept of [eS.q[0], eS.q[0]![0], eS.q[1], eS.q[1]![0], eS.q[2]]) {
				expect(Object.prototype.toString.call(kept)).toBe('[object Arguments]');
			}
			expect(eS(1)).toBeUndefined();
		}
	});
	it.each([
		[{}, FLAGS],
		[{ appInbox: true }, FLAGS],
		[{ recommendations: true }, { ...FLAGS, RECOMS: true }],
		[{ tracking: true }, { ...FLAGS, TRACKING: true }],
		[
			{ appInbox: true, recommendations: true, tracking: true },
			{ APP_INBOX: true, RECOMS: true, TRACKING: true },
		],
	])('with features %j says each flag', (features, flags) => {
		const page = member();
		page.init({ features });
		expect(page.queued()).toEqual([['init', flags, OPTIONS]]);
		expect(page.vendorScripts()).toEqual([SCRIPT]);
	});
	it('without the App Inbox hands over no callback', () => {
		const page = member();
		page.init({ features: { appInbox: false, tracking: true } });
		expect(page.queued()).toEqual([
			['init', { APP_INBOX: false, RECOMS: false, TRACKING: true }, {}],
		]);
	});
	it('with nothing on does nothing', () => {
		const page = member();
		page.init({ features: { appInbox: false } });
		expect(page.window.eS).toBeUndefined();
		expect(page.vendorScripts()).toEqual([]);
	});
	it('asks nobody for anything before the vendor script wants a token', async () => {
		const page = member();
		page.init();
		await page.clock.pass(60_000);
		expect(page.asked).toEqual([]);
	});
});

/** What a foreign init says, and what the flags and options of the one that remains are. */
const FOREIGN: [call: string, features: object, flags: object, options: object][] = [
	["eS('init')", {}, { APP_INBOX: true }, {}],
	["eS('init')", { tracking: true }, { APP_INBOX: true, TRACKING: true }, {}],
	["eS('init', {})", {}, { APP_INBOX: true }, {}],
	[
		"eS('init', {TRACKING: true, RECOMS: true})",
		{},
		{ ...FLAGS, TRACKING: true, RECOMS: true },
		{},
	],
	["eS('init', {TRACKING: false, RECOMS: true})", {}, { ...FLAGS, RECOMS: true }, {}],
	[
		"eS('init', {TRACKING: false, RECOMS: false})",
		{ recommendations: true, tracking: true },
		{ APP_INBOX: true, RECOMS: true, TRACKING: true },
		{},
	],
	["eS('init', {APP_INBOX: false})", {}, { APP_INBOX: true }, {}],
	[
		"eS('init', {NEW: 1}, {getAuthTokenCallback: 5, language: 'ru', theme: {a: 1}})",
		{},
		{ APP_INBOX: true, NEW: 1 },
		{ theme: { a: 1 } },
	],
	["eS('init', undefined, {theme: 2})", {}, { APP_INBOX: true }, { theme: 2 }],
	["eS('init', null, null)", {}, { APP_INBOX: true }, {}],
];

describe.each(FOREIGN)('a foreign %s beside ours with %j', (call, features, flags, options) => {
	const expected = [['init', flags, { ...options, ...OPTIONS }]];
	const orders: Record<string, (page: Page) => void> = {
		'queued before'(page) {
			page.foreignSnippet(call);
			page.init({ features });
		},
		'called after'(page) {
			page.init({ features });
			page.foreignSnippet(call);
		},
		// Asking is what makes ours wait: with nothing to ask for it does not.
		'called while ours waits for consent'(page) {
			page.init({ features: { tracking: false, ...features }, consent: 'marketing' });
			page.foreignSnippet(call);
			page.ready();
		},
	};
	it.each(Object.keys(orders))('%s: one init remains', (order) => {
		const page = member();
		orders[order]!(page);
		expect(page.queued()).toEqual(expected);
		expect(page.vendorScripts()).toHaveLength(inserted(order, features));
		expect(page.window.appInbox.status()).toMatchObject({
			state: 'initialised',
			init: 'merged',
		});
		expect(page.loadVendor()).toEqual(expected);
		expect(page.logged).toEqual([]);
	});
});

/** How many elements there are: the snippet inserts its own whatever is there, ours where there is none. */
function inserted(order: string, features: object) {
	const waits = order.includes('consent') && Object.keys(features).length > 0;
	return order === 'queued before' || waits ? 1 : 2;
}

describe('more than one foreign init', () => {
	it('both before: the first counts', () => {
		const page = member();
		page.foreignSnippet("eS('init', {A: 1}); eS('init', {B: 1});");
		page.init();
		expect(page.queued()).toEqual([['init', { APP_INBOX: true, A: 1 }, OPTIONS]]);
		expect(page.logged).toEqual(DROPPED);
	});
	it('both after: the first counts', () => {
		const page = member();
		page.init();
		page.foreignSnippet("eS('init', {A: 1}); eS('init', {B: 1});");
		expect(page.queued()).toEqual([['init', { APP_INBOX: true, A: 1 }, OPTIONS]]);
		expect(page.logged).toEqual(DROPPED);
	});
	it('one before, one after: the first counts', () => {
		const page = member();
		page.foreignSnippet("eS('init', {A: 1});");
		page.init();
		page.run("eS('init', {B: 1})");
		expect(page.queued()).toEqual([['init', { APP_INBOX: true, A: 1 }, OPTIONS]]);
		expect(page.logged).toEqual(DROPPED);
	});
	it('after the vendor script has taken over: left out, with a warning', () => {
		const page = member();
		page.init();
		const received = page.loadVendor();
		page.run("eS('init', {TRACKING: true}); eS('sendEvent', 'x'); eS('init');");
		expect(received).toEqual([
			['init', FLAGS, OPTIONS],
			['sendEvent', 'x'],
		]);
		expect(page.logged).toEqual([...DROPPED, ...DROPPED]);
		expect(page.window.appInbox.status().init).toBe('ours');
	});
});

describe('the vendor script is there before ours', () => {
	it('what it has consumed is reported, never repeated', () => {
		const page = member();
		page.foreignSnippet("eS('init', {TRACKING: true});");
		const received = page.loadVendor();
		page.init();
		expect(received).toEqual([['init', { TRACKING: true }]]);
		expect(page.vendorScripts()).toEqual([SCRIPT]);
		expect(page.window.appInbox.status()).toMatchObject({
			state: 'already-initialised',
			init: 'foreign',
		});
		page.run("eS('sendEvent', 'x')");
		expect(received).toHaveLength(2);
	});
	it('also where it leaves an empty queue behind', () => {
		const page = member();
		page.foreignSnippet("eS('init', {TRACKING: true});");
		const received = page.loadVendor();
		page.window.eS.q = page.run('[]') as never;
		page.init();
		page.run("eS('sendEvent', 'PageView')");
		expect(received.map(([name]) => name)).toEqual(['init', 'sendEvent']);
		expect(page.window.appInbox.status().state).toBe('already-initialised');
	});
	it('that came while ours waited for consent gets the one init, merged', () => {
		const page = member();
		page.init({ features: { tracking: true }, consent: 'marketing' });
		page.foreignSnippet('');
		const received = page.loadVendor();
		page.run("eS('sendEvent', 'x'); eS('init', {NEW: 1})");
		// The init comes first, as the page has it.
		expect(received).toEqual([]);
		page.ready();
		page.run("eS('init', {LATE: 1})");
		expect(received).toEqual([
			['init', { NEW: 1, APP_INBOX: true, TRACKING: true }, OPTIONS],
			['sendEvent', 'x'],
		]);
		expect(page.logged).toEqual(DROPPED);
	});
});

it.each(['eS()', 'eS(null)', 'eS(undefined, 1)'])(
	'a flat queue with %s in it loses nothing else',
	(odd) => {
		const page = member();
		page.run(`${FLAT_STUB} eS('sendEvent', 1); ${odd}; ${INIT.bare}; eS('sendEvent', 2);`);
		page.init();
		const received = page.loadVendor().filter(([name]) => name);
		expect(received.map(([name, first]) => [name, first])).toEqual([
			['init', { APP_INBOX: true }],
			['sendEvent', 1],
			['sendEvent', 2],
		]);
	}
);

it('what others queued stays, in order, after the one init', () => {
	const page = member();
	page.foreignSnippet("eS('sendEvent', 1); eS('init', {A: 1}); eS('sendEvent', 2);");
	page.init();
	page.run("eS('sendEvent', 3)");
	expect(page.queued().map(([name, first]) => [name, first])).toEqual([
		['init', { A: 1, APP_INBOX: true }],
		...[1, 2, 3].map((n) => ['sendEvent', n]),
	]);
});
