import { describe, expect, it } from 'vitest';
import { openGtmPage, type GtmPage } from './page.ts';
import { runTemplate } from './run-template.ts';
import {
	consents,
	cookies,
	dataLayer,
	globals,
	logging,
	permission,
	sampleTemplate,
	scripts,
} from './sample-template.ts';

const LOADER = 'https://inbox.shop.example/app-inbox/loader.js';
const PERMISSIONS = [
	globals({ eS: 'rwx', 'eS.q': 'rwx', 'shop.api': 'rwx', dataLayer: 'rwx', copy: 'rwx' }),
	scripts(LOADER),
	logging(),
	dataLayer('visitor.*', 'plain'),
	consents('ad_storage'),
	cookies('a'),
	permission('access_template_storage'),
	permission('read_container_data'),
];

/** A page whose scripts load when the test says so. */
function openPage(window: Record<string, unknown> = {}) {
	const loads: { url: string; loaded: () => void; failed: () => void }[] = [];
	const deferred: (() => void)[] = [];
	const page = openGtmPage({
		window,
		loadScript: (url, loaded, failed) => void loads.push({ url, loaded, failed }),
		later: (run) => void deferred.push(run),
		now: () => 42,
	});
	return { page, loads, deferred };
}

/** Runs code that logs, and returns what it logged. */
function logged(page: GtmPage, code: string, templateId = 'sample') {
	const run = runTemplate(
		sampleTemplate({
			code: `const log = require('logToConsole');\n${code}`,
			permissions: PERMISSIONS,
		}),
		{ page, templateId, data: { list: [{ k: 'a', v: 1 }] } }
	);
	expect(run.problems).toEqual([]);
	return run.logs;
}

describe('the page’s window', () => {
	it('callInWindow calls with copies, on the object that holds the function', () => {
		const calls: unknown[] = [];
		const api = function (this: unknown, config: unknown) {
			calls.push(this, config);
			return { promise: Promise.resolve(), ok: true };
		};
		const window = { shop: { api } };
		const code = "log(require('callInWindow')('shop.api', {a: [1]}));";
		expect(logged(openPage(window).page, code)).toEqual([[{ ok: true, promise: undefined }]]);
		expect(calls).toEqual([window.shop, { a: [1] }]);
	});
	it.each<[string, unknown]>([
		['is missing', undefined],
		['is no function', {}],
		['is async', async () => 'token'],
	])('callInWindow gives undefined where the function %s', (_name, api) => {
		const code = "log(require('callInWindow')('shop.api'));";
		expect(logged(openPage({ shop: { api } }).page, code)).toEqual([[undefined]]);
	});
	it('setInWindow overwrites only when asked', () => {
		const { page } = openPage({ eS: 'theirs' });
		const code = `
			const set = require('setInWindow');
			log(set('eS', 'ours'), set('copy', 'new'), set('shop.api', 'nowhere'));
			log(set('eS', 'ours', true));`;
		expect(logged(page, code)).toEqual([[false, true, false], [true]]);
		expect(page.window).toEqual({ eS: 'ours', copy: 'new' });
	});
	it('aliasInWindow copies the reference', () => {
		const api = async () => 1;
		const { page } = openPage({ shop: { api } });
		expect(logged(page, "log(require('aliasInWindow')('copy', 'shop.api'));")).toEqual([
			[true],
		]);
		expect(page.window.copy).toBe(api);
	});
	it('createQueue makes an array, or takes the one that is there', () => {
		const { page } = openPage({ dataLayer: [1] });
		logged(page, "require('createQueue')('dataLayer')({a: 1});");
		expect(page.window.dataLayer).toEqual([1, { a: 1 }]);
	});
	it('createArgumentsQueue makes flat entries and no eS.c, which is not what the vendor drains', () => {
		const { page } = openPage();
		logged(page, "require('createArgumentsQueue')('eS', 'eS.q')('init', {APP_INBOX: true});");
		const eS = page.window.eS as { q: IArguments[]; c?: unknown };
		expect(eS.c).toBeUndefined();
		expect(Object.prototype.toString.call(eS.q[0])).toBe('[object Arguments]');
		expect([...eS.q[0]!]).toEqual(['init', { APP_INBOX: true }]);
	});
});

describe('injectScript', () => {
	const inject = (token = '') => `
		require('injectScript')('${LOADER}', () => log('loaded'), () => log('failed')${token});`;

	it('loads each time without a cache token', () => {
		const { page, loads } = openPage();
		logged(page, inject() + inject());
		expect(loads.map(({ url }) => url)).toEqual([LOADER, LOADER]);
	});
	it('loads once with one, and calls everyone back', () => {
		const { page, loads, deferred } = openPage();
		const first = logged(page, inject(", 'loader'"));
		const second = logged(page, inject(", 'loader'"));
		expect(loads).toHaveLength(1);
		expect([...first, ...second]).toEqual([]);
		loads[0]!.loaded();
		expect([first, second]).toEqual([[['loaded']], [['loaded']]]);
		const third = logged(page, inject(", 'loader'"));
		deferred.forEach((run) => run());
		expect(third).toEqual([['loaded']]);
		expect(loads).toHaveLength(1);
	});
	it('tells everyone of a failure, and tries again afterwards', () => {
		const { page, loads } = openPage();
		const first = logged(page, inject(", 'loader'"));
		const second = logged(page, inject(", 'loader'"));
		loads[0]!.failed();
		expect([first, second]).toEqual([[['failed']], [['failed']]]);
		logged(page, inject(", 'loader'"));
		expect(loads).toHaveLength(2);
	});
	it('does without callbacks', () => {
		const { page, loads } = openPage();
		logged(page, `require('injectScript')('${LOADER}');`);
		loads[0]!.loaded();
		loads[0]!.failed();
	});
});

it.each([
	['', []],
	['b=1; ba=2', []],
	['a=1; b=2; a=%3D%20%d0%b9=; a=', ['1', '= й=', '']],
	['a=%', ['%']],
])('getCookieValues reads %j as %j', (cookie, values) => {
	const { page } = openPage({ document: { cookie } });
	expect(logged(page, "log(require('getCookieValues')('a'));")).toEqual([[values]]);
});
it('getCookieValues finds nothing where there is no document, and decodes only when it may', () => {
	expect(logged(openPage().page, "log(require('getCookieValues')('a'));")).toEqual([[[]]]);
	const { page } = openPage({ document: { cookie: 'a=%20' } });
	expect(logged(page, "log(require('getCookieValues')('a', false));")).toEqual([[['%20']]]);
});

describe('consent', () => {
	const WATCH = `
		log(require('isConsentGranted')('ad_storage'));
		require('addConsentListener')('ad_storage', (type, granted) => log(type, granted));`;

	it('that nobody set counts as given, and setting it to given is no change', () => {
		const { page } = openPage();
		const logs = logged(page, WATCH);
		page.consent.update({ ad_storage: 'granted', analytics_storage: 'denied' });
		expect(logs).toEqual([[true]]);
	});
	it('that changes is told, each time', () => {
		const { page } = openPage();
		page.consent.update({ ad_storage: 'denied' });
		const logs = logged(page, WATCH);
		page.consent.update({ ad_storage: 'granted' });
		page.consent.update({ ad_storage: 'granted' });
		page.consent.update({ ad_storage: 'denied' });
		expect(logs).toEqual([[false], ['ad_storage', true], ['ad_storage', false]]);
	});
});

describe('the data layer', () => {
	it('merges what was pushed, and skips what gtag pushes', () => {
		const { page } = openPage({
			dataLayer: [
				{ visitor: { id: 7, tags: ['a', 'b'] } },
				(function all(..._args: unknown[]) {
					// eslint-disable-next-line prefer-rest-params -- as gtag does it.
					return arguments;
				})('consent', 'default'),
				{ visitor: { jwt: 'x', tags: ['c'] } },
				{ 'visitor.name': 'Ann', plain: Promise.resolve() },
			],
		});
		const code = `
			const copy = require('copyFromDataLayer');
			log(copy('visitor.id'), copy('visitor.jwt'), copy('visitor.tags'), copy('visitor.name'));
			log(copy('visitor.name', 1), copy('visitor.no.way'), copy('plain'));`;
		expect(logged(page, code)).toEqual([
			[7, 'x', ['c', 'b'], 'Ann'],
			['Ann', undefined, undefined],
		]);
	});
	it('may be missing', () => {
		expect(logged(openPage().page, "log(require('copyFromDataLayer')('plain'));")).toEqual([
			[undefined],
		]);
	});
});

it('templateStorage is kept for the page, by template', () => {
	const { page } = openPage();
	logged(page, "require('templateStorage').setItem('a', 1);");
	const read = "log(require('templateStorage').getItem('a'));";
	expect(logged(page, read)).toEqual([[1]]);
	expect(logged(page, read, 'other')).toEqual([[null]]);
	logged(page, "require('templateStorage').removeItem('a');");
	expect(logged(page, read)).toEqual([[null]]);
});
it('logs for debugging appear in preview mode only', () => {
	const code = "require('logToConsole')('a');";
	const logsIn = (preview: boolean, environments: string) =>
		runTemplate(sampleTemplate({ code, permissions: [logging(environments)] }), {
			preview,
			loadScript: () => {},
		}).logs;
	expect(logsIn(true, 'debug')).toEqual([['a']]);
	expect(logsIn(false, 'debug')).toEqual([]);
	expect(logsIn(false, 'all')).toEqual([['a']]);
});
it.each([
	["require('getType')([])", 'array'],
	["require('getType')(null)", 'null'],
	["require('getType')({})", 'object'],
	["require('makeString')(1)", '1'],
	["require('makeNumber')('1.5')", 1.5],
	["require('makeInteger')('1.5')", 1],
	["require('makeInteger')('a')", 0],
	["require('makeTableMap')(data.list, 'k', 'v')", { a: 1 }],
	["require('makeTableMap')(undefined, 'k', 'v')", null],
	["require('encodeUriComponent')('a/ä')", 'a%2F%C3%A4'],
	["require('decodeUriComponent')('%')", undefined],
	["require('Object').keys(data.list[0])", ['k', 'v']],
	["require('Math').max(1, 2)", 2],
	["require('JSON').parse('{')", undefined],
	["require('JSON').stringify({a: 1})", '{"a":1}'],
	["require('getTimestampMillis')()", 42],
	["require('getContainerVersion')().previewMode", true],
])('%s', (expression, value) => {
	expect(logged(openPage().page, `log(${expression});`)).toEqual([[value]]);
});
