import { describe, expect, it } from 'vitest';
import { CONSENT, MARKER, openPage } from './page.ts';

const BOTH = { recommendations: true, tracking: true };
const WITHOUT = { APP_INBOX: true, RECOMS: false, TRACKING: false };
const WITH = { APP_INBOX: true, RECOMS: true, TRACKING: true };
const consent = 'marketing';

/** A page whose consent tool gives this answer. */
function withTool(tool: unknown, cookie = MARKER) {
	const asked: string[] = [];
	const page = openPage({
		cookie,
		before: (window) =>
			Object.assign(window, {
				wp_has_consent(category: string) {
					asked.push(category);
					if (tool instanceof Error) {
						throw tool;
					}
					return tool;
				},
			}),
	});
	return { page, categories: asked };
}
const flagsOf = (page: ReturnType<typeof openPage>) => page.queued()[0]?.[1];

describe('tracking and recommendations', () => {
	it.each([
		['given', true, WITH],
		['refused', false, WITHOUT],
		['unknown to a tool that fails', new Error('no consent tool today'), WITHOUT],
	])('wait until the page is parsed, then ask: %s', (_name, tool, flags) => {
		const { page, categories } = withTool(tool);
		page.init({ features: BOTH, consent });
		expect(page.queued()).toEqual([]);
		expect(page.vendorScripts()).toEqual([]);
		expect(categories).toEqual([]);
		page.ready();
		expect(categories).toEqual([consent]);
		expect(flagsOf(page)).toEqual(flags);
		expect(page.vendorScripts()).toHaveLength(1);
		expect(page.logged).toEqual([]);
	});
	it('are allowed where there is no consent tool, but wait for one too', () => {
		const page = openPage({ cookie: MARKER });
		page.init({ features: BOTH, consent });
		expect(page.queued()).toEqual([]);
		page.ready();
		expect(flagsOf(page)).toEqual(WITH);
	});
	it('hear a tool that comes after ours', () => {
		const page = openPage({ cookie: MARKER });
		page.init({ features: BOTH, consent });
		page.run('window.wp_has_consent = () => false');
		page.ready();
		expect(flagsOf(page)).toEqual(WITHOUT);
	});
	it('ask at once on a page that is parsed already', () => {
		const { page, categories } = withTool(false);
		page.ready();
		page.init({ features: BOTH, consent });
		expect(categories).toEqual([consent]);
		expect(flagsOf(page)).toEqual(WITHOUT);
	});
	it.each([
		[{ tracking: true }, { ...WITHOUT, TRACKING: true }],
		[{ recommendations: true }, { ...WITHOUT, RECOMS: true }],
	])('only what is on is asked for: %j', (features, flags) => {
		const { page } = withTool(true);
		page.init({ features, consent });
		expect(page.queued()).toEqual([]);
		page.ready();
		expect(flagsOf(page)).toEqual(flags);
	});
	it('of a guest get nothing before consent, and no init without it', () => {
		const given = withTool(true, '').page;
		given.init({ features: BOTH, consent });
		expect(given.window.eS).toBeUndefined();
		given.ready();
		expect(flagsOf(given)).toEqual({ ...WITH, APP_INBOX: false });
		const refused = withTool(false, '').page;
		refused.init({ features: BOTH, consent });
		refused.ready();
		expect(refused.window.eS).toBeUndefined();
		expect(refused.vendorScripts()).toEqual([]);
	});
	it('with none as the category ask nobody and do not wait', () => {
		const { page, categories } = withTool(false);
		page.init({ features: BOTH, consent: 'none' });
		expect(flagsOf(page)).toEqual(WITH);
		expect(categories).toEqual([]);
	});
	it('switched off never override a foreign init, whatever the consent', () => {
		const { page } = withTool(false);
		page.init({ features: BOTH, consent });
		page.foreignSnippet("eS('init', {TRACKING: true, RECOMS: false})");
		page.ready();
		expect(flagsOf(page)).toEqual({ APP_INBOX: true, TRACKING: true, RECOMS: false });
	});
});

it('App Inbox alone never waits and asks nobody', () => {
	const { page, categories } = withTool(false);
	page.init({ consent });
	expect(flagsOf(page)).toEqual(WITHOUT);
	page.ready();
	expect(categories).toEqual([]);
	expect(page.queued()).toHaveLength(1);
});

it('what is called while ours waits keeps its order, and no foreign init slips by', () => {
	const { page } = withTool(true);
	page.init({ features: BOTH, consent });
	page.foreignSnippet("eS('sendEvent', 1); eS('init'); eS('sendEvent', 2);");
	expect(page.queued()).toEqual([]);
	page.ready();
	expect(page.loadVendor().map(([name, n]) => [name, n])).toEqual([
		['init', expect.anything()],
		['sendEvent', 1],
		['sendEvent', 2],
	]);
});

describe('a consent that is withdrawn', () => {
	const change = (page: ReturnType<typeof openPage>, detail: unknown) =>
		page.document.dispatchEvent(
			new page.window.CustomEvent('wp_listen_for_consent_change', { detail })
		);
	const tracking = () => {
		const page = openPage({ cookie: MARKER });
		page.init({ features: { appInbox: true, tracking: true }, consent: 'marketing' });
		page.ready();
		Object.defineProperty(page.document, 'currentScript', {
			value: { dataset: { consent: 'marketing' } },
		});
		page.run(CONSENT);
		return page;
	};
	const events = (received: unknown[][]) => received.filter(([name]) => name === 'sendEvent');

	it('stops the events that the page sends, at once', () => {
		const page = tracking();
		const received = page.loadVendor();
		page.window.eS('sendEvent', 'before');
		change(page, { marketing: 'deny' });
		page.window.eS('sendEvent', 'after');
		page.window.eS('other', 1);
		expect(events(received)).toEqual([['sendEvent', 'before']]);
		expect(received.at(-1)).toEqual(['other', 1]);
	});
	it('does so also before eSputnik’s script has loaded', () => {
		const page = tracking();
		change(page, { marketing: 'deny' });
		page.window.eS('sendEvent', 'after');
		const received = page.loadVendor();
		page.window.eS('sendEvent', 'later');
		expect(events(received)).toEqual([]);
		expect(received[0]![0]).toBe('init');
	});
	it('does so also where an optimiser lets the front end come later', () => {
		const page = openPage({ cookie: MARKER });
		Object.defineProperty(page.document, 'currentScript', {
			value: { dataset: { consent: 'marketing' } },
		});
		page.run(CONSENT);
		change(page, { marketing: 'deny' });
		page.init({ features: { appInbox: true, tracking: true }, consent: 'marketing' });
		page.ready();
		page.window.eS('sendEvent', 'after');
		expect(events(page.loadVendor())).toEqual([]);
	});
	it.each([
		['another category', { statistics: 'deny' }],
		['a yes', { marketing: 'allow' }],
		['nothing', undefined],
	])('%s changes nothing', (_name, detail) => {
		const page = tracking();
		const received = page.loadVendor();
		change(page, detail);
		page.window.eS('sendEvent', 'after');
		expect(events(received)).toHaveLength(1);
	});
	it('on a page without eS is no error', () => {
		const page = openPage();
		page.run(CONSENT);
		change(page, { marketing: 'deny' });
		expect(page.logged).toEqual([]);
	});
});

describe('on sites that are not WordPress', () => {
	it.each([true, false])('the visitor’s own answer counts: %s', (answer) => {
		const page = openPage({ cookie: MARKER, elsewhere: true });
		page.init({ features: { appInbox: true, tracking: true }, consent: answer });
		// It is here already: nothing waits for the rest of the page.
		expect(page.vendorScripts()).toHaveLength(1);
		expect(page.window.appInbox.status().state).toBe('initialised');
		expect(page.queued()[0]![1]).toEqual({
			APP_INBOX: true,
			RECOMS: false,
			TRACKING: answer,
		});
	});
});
