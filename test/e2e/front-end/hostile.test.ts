/**
 * Pages on which little is as it should be: no error of ours ever reaches them, and their own scripts
 * run on. Where it can, App Inbox works.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FrontendConfig } from '../../../src/settings/frontend-config.ts';
import {
	document,
	foreign,
	FORMS,
	initCode,
	NONCE,
	SCRIPT,
	startStage,
	until,
	type Form,
	type Opened,
	type Stage,
} from './stage.ts';

let stage: Stage;
beforeAll(async () => {
	stage = await startStage();
});
afterAll(() => stage?.stop());

const forms = Object.keys(FORMS) as Form[];

/** What the page has done to itself, then ours, then the page's own. */
const pageOf = (before: string, ours: string) =>
	document(`<script>${before}</script>${ours}<script>window.after = 1</script>`);

/** The page goes on as if we were not there. */
async function expectUnharmed(opened: Opened) {
	const { status } = await opened.settle();
	expect(await opened.read('window.after')).toBe(1);
	expect(opened.errors).toEqual([]);
	expect(opened.warnings()).toEqual([]);
	expect(status?.message).toMatch(/^[A-Z][^.!?]+\.$/);
}

/** Tracking waits for a consent, and with it a part of ours for the page to be parsed. */
const WAITING = { features: { tracking: true }, consent: 'statistics' } as const;

describe.each(forms)('prototypes that others have added to, ours as %s', (form) => {
	it.each([
		[
			'functions and values, enumerable',
			`Object.prototype.extend = function () { throw new Error('extend') };
			Object.prototype.value = 1;
			Array.prototype.each = function () { throw new Error('each') };
			Array.prototype.first = 3; Function.prototype.method = 4; String.prototype.blank = 5;`,
		],
		[
			'toJSON everywhere, as old libraries have it',
			`[Object, Array, String, Function].forEach(function (type) {
				type.prototype.toJSON = function () { throw new Error('toJSON') };
			});`,
		],
		[
			'setters of names that we use',
			`['APP_INBOX', 'RECOMS', 'TRACKING', 'language', 'getAuthTokenCallback', 'state',
				'init', 'token', 'message', 'detail', 'X-WP-Nonce'].forEach(function (name) {
				Object.defineProperty(Object.prototype, name, {
					set: function () { throw new Error('setter of ' + name) },
					get: function () { return undefined },
					configurable: true, enumerable: true });
			});`,
		],
		[
			'frozen, every one of them',
			`[Object, Array, Function, Promise, String, RegExp].forEach(function (type) {
				Object.freeze(type.prototype); Object.freeze(type);
			});`,
		],
		[
			'methods that an old library has replaced by its own',
			`var slice = Array.prototype.slice;
			Function.prototype.bind = function (self) {
				var f = this, given = slice.call(arguments, 1);
				return function () { return f.apply(self, given.concat(slice.call(arguments))) };
			};
			Array.from = function (list) { return slice.call(list) };
			Array.prototype.map = function (f) {
				var all = []; for (var i = 0; i < this.length; i++) { all.push(f(this[i], i, this)) }
				return all;
			};`,
		],
	])('%s: works', async (_, before) => {
		await using opened = await stage.open(pageOf(before, FORMS[form]()));
		expect((await opened.bell()).vendor).toMatchObject({
			inits: [{ APP_INBOX: true, RECOMS: false, TRACKING: false, language: 'uk' }],
			refused: 0,
			problems: [],
		});
		await expectUnharmed(opened);
	});
});

describe.each(forms)('window.eS is something else, ours as %s', (form) => {
	const OTHERS: [string, string][] = [
		['a text', `eS = 'spanish'`],
		['a number', 'eS = 7'],
		['an object', 'eS = { language: 1 }'],
		['a frozen object', 'eS = Object.freeze({ q: [] })'],
		['an object without a prototype', 'eS = Object.create(null)'],
		['a list', 'eS = [1]'],
		['a function of somebody else’s', 'eS = function (a, b) { return a + b }'],
		['a class', 'eS = class { static c = 1 }'],
		['an element that has this id', ''],
		[
			'a proxy that throws',
			`eS = new Proxy(function () {}, { get: function () { throw new Error('proxy') } })`,
		],
		[
			'a value that cannot be changed',
			`Object.defineProperty(window, 'eS', { value: { mine: 1 } })`,
		],
		[
			'a getter that throws',
			`Object.defineProperty(window, 'eS', { get: function () { throw new Error('eS') } })`,
		],
		[
			'a setter that throws',
			`Object.defineProperty(window, 'eS', {
				get: function () {}, set: function () { throw new Error('eS') } })`,
		],
	];
	it.each(OTHERS)('%s', async (title, before) => {
		const ours = FORMS[form]();
		const html = title.startsWith('an element')
			? document('', `<b id="eS"></b>${ours}<script>window.after = 1</script>`)
			: pageOf(before, ours);
		await using opened = await stage.open(html);
		await expectUnharmed(opened);
		expect((await opened.look()).vendor?.inits ?? []).toEqual([]);
	});

	it.each(OTHERS)('%s, while tracking waits for a consent of a guest', async (title, before) => {
		const ours = FORMS[form](WAITING);
		const html = title.startsWith('an element')
			? document('', `<b id="eS"></b>${ours}<script>window.after = 1</script>`)
			: pageOf(before, ours);
		await using opened = await stage.open(html, { member: false });
		await expectUnharmed(opened);
	});

	it.each([
		['null', 'eS = null'],
		['nothing, but declared', 'var eS'],
		[
			'a stub that cannot be changed',
			`${foreign().replace(/<.?script>/g, '')}; Object.freeze(eS)`,
		],
	])('%s: works', async (_, before) => {
		await using opened = await stage.open(pageOf(before, FORMS[form]()));
		expect((await opened.bell()).vendor).toMatchObject({ inits: [{ APP_INBOX: true }] });
		await expectUnharmed(opened);
	});
});

describe('blocked storage and cookies', () => {
	const SANDBOX = 'sandbox allow-scripts';

	it.each(forms)('a page that is sandboxed, ours as %s', async (form) => {
		await using opened = await stage.open(pageOf('', FORMS[form]()), {
			headers: { 'content-security-policy': SANDBOX },
		});
		await expectUnharmed(opened);
		expect(await opened.look()).toMatchObject({
			vendor: null,
			scripts: [],
			status: { state: 'guest', message: 'Log in.' },
		});
	});

	it.each(forms)('a sandboxed page with a foreign snippet keeps it, ours as %s', async (form) => {
		await using opened = await stage.open(
			pageOf('', foreign("eS('init', {TRACKING: false, RECOMS: false})") + FORMS[form]()),
			{ headers: { 'content-security-policy': SANDBOX } }
		);
		expect((await opened.settle()).vendor?.inits).toEqual([
			{ TRACKING: false, RECOMS: false, options: [] },
		]);
		await expectUnharmed(opened);
	});

	it('a sandboxed frame in a page', async () => {
		await using opened = await stage.open(
			document('', '<iframe sandbox="allow-scripts" src="/frame"></iframe>'),
			{ files: { '/frame': pageOf('', FORMS.inline()) } }
		);
		const frame = opened.page.frames()[1]!;
		await until(async () => expect(await frame.evaluate('window.after')).toBe(1));
		expect(await frame.evaluate('typeof appInbox.status().message')).toBe('string');
		expect(opened.errors).toEqual([]);
		expect(opened.warnings()).toEqual([]);
	});

	const blocked = (name: string, of = 'window') => `Object.defineProperty(${of}, '${name}', {
		get: function () { throw new DOMException('The operation is insecure.', 'SecurityError') } });`;

	it.each(forms)('storage alone: works, ours as %s', async (form) => {
		await using opened = await stage.open(
			pageOf(blocked('sessionStorage') + blocked('localStorage'), FORMS[form]())
		);
		await opened.bell();
		await expectUnharmed(opened);
	});

	it.each(forms)('storage that is full: works, ours as %s', async (form) => {
		const full = `Storage.prototype.setItem = function () { throw new Error('full') };
			Object.defineProperty(window, 'sessionStorage', { value: new Proxy({}, {
				set: function () { throw new DOMException('Full.', 'QuotaExceededError') } }) });`;
		await using opened = await stage.open(pageOf(full, FORMS[form]()));
		await opened.bell();
		await expectUnharmed(opened);
	});

	it.each(forms)('cookies that throw, ours as %s', async (form) => {
		await using opened = await stage.open(pageOf(blocked('cookie', 'document'), FORMS[form]()));
		await expectUnharmed(opened);
		expect((await opened.look()).vendor).toBeNull();
	});

	it.each(forms)('cookies that throw from some moment on: no token, ours as %s', async (form) => {
		await using opened = await stage.open(
			pageOf('', `${FORMS[form]()}<script>${blocked('cookie', 'document')}</script>`)
		);
		const { vendor, status } = await opened.settle();
		expect(vendor).toMatchObject({ tokensAsked: 1, problems: [] });
		expect(status).toMatchObject({ state: 'guest', token: 'none' });
		await expectUnharmed(opened);
	});

	it.each(forms)(
		'a consent tool that takes away the cookie which the site sets again: no endless loading, ours as %s',
		async (form) => {
			const removal = `addEventListener('DOMContentLoaded', function () {
				document.cookie = 'app_inbox_user=; max-age=0; path=/' });
				addEventListener('pageshow', function () { window.shown = 1 })`;
			await using opened = await stage.open(pageOf(removal, FORMS[form]()), {
				headers: {
					'set-cookie': 'app_inbox_user=5f4dcc3b5aa765d61d8327deb882cf99; path=/',
				},
			});
			await until(async () => expect(await opened.read('window.shown')).toBe(1));
			const { vendor, status } = await opened.settle();
			expect(vendor).toMatchObject({ tokensAsked: 1, problems: [] });
			expect(status).toMatchObject({ state: 'guest', token: 'none' });
			expect(opened.requests.filter((url) => url.endsWith('/page'))).toHaveLength(1);
			await expectUnharmed(opened);
		}
	);
});

describe.each(forms)('fetch is broken, ours as %s', (form) => {
	it.each([
		['throws at once', `throw new Error('fetch')`],
		['gives nothing', ''],
		['gives null', 'return null'],
		['rejects with nothing', 'return Promise.reject()'],
		['resolves to nothing', 'return Promise.resolve()'],
		['resolves to something else', 'return Promise.resolve({ status: 200, ok: true })'],
		[
			'resolves to something whose parts throw',
			`return Promise.resolve(new Proxy({}, { get: function (_, name) {
				if (name !== 'then') { throw new Error(name) } } }))`,
		],
		[
			'answers nonsense',
			`return Promise.resolve({ status: 200, headers: new Headers(),
				text: function () { return Promise.resolve(7) }, json: function () { return 7 } })`,
		],
	])('%s: no token, no error', async (_, body) => {
		await using opened = await stage.open(
			pageOf(`window.fetch = function () { ${body} }`, FORMS[form]())
		);
		const { vendor } = await until(async () => {
			const seen = await opened.look();
			expect(seen.status?.token).toMatch(/^(failed|none)$/);
			expect(seen.vendor?.tokensAsked).toBe(1);
			return seen;
		});
		expect(vendor?.problems).toEqual([]);
		await expectUnharmed(opened);
	});

	it('never answers: ten seconds are all that it gets', async () => {
		await using opened = await stage.open(
			pageOf(
				'window.fetch = function () { return new Promise(function () {}) }',
				FORMS[form]()
			),
			{ before: (page) => page.clock.install() }
		);
		await until(async () => expect((await opened.look()).status?.token).toBe('pending'));
		await opened.page.clock.fastForward(10_000);
		expect((await opened.failed()).vendor?.problems).toEqual([]);
		await expectUnharmed(opened);
	});

	it('is gone', async () => {
		await using opened = await stage.open(pageOf('delete window.fetch', FORMS[form]()));
		expect((await opened.failed()).vendor?.problems).toEqual([]);
		await expectUnharmed(opened);
	});
});

/** Promises as libraries of 2014 had them: no subclass of the browser's own, and nothing newer. */
const OLD_PROMISE = `(function () {
	function P(run) {
		var state, value, waiting = [];
		function settle(s, v) {
			if (state) { return; }
			if (s === 1 && v && typeof v.then === 'function') {
				v.then(function (x) { settle(1, x) }, function (x) { settle(2, x) });
				return;
			}
			state = s; value = v;
			waiting.forEach(function (f) { setTimeout(f) });
		}
		this.then = function (yes, no) {
			return new P(function (resolve, reject) {
				function go() {
					var f = state === 1 ? yes : no;
					if (typeof f !== 'function') { (state === 1 ? resolve : reject)(value); return; }
					try { resolve(f(value)) } catch (e) { reject(e) }
				}
				if (state) { setTimeout(go) } else { waiting.push(go) }
			});
		};
		this['catch'] = function (no) { return this.then(undefined, no) };
		try { run(function (v) { settle(1, v) }, function (e) { settle(2, e) }) } catch (e) { settle(2, e) }
	}
	P.resolve = function (v) { return new P(function (r) { r(v) }) };
	P.reject = function (v) { return new P(function (_, r) { r(v) }) };
	P.race = function (list) {
		return new P(function (resolve, reject) {
			list.forEach(function (p) { P.resolve(p).then(resolve, reject) });
		});
	};
	window.Promise = P;
})();`;

describe.each(forms)('Promise and its friends are somebody else’s, ours as %s', (form) => {
	it.each([
		['a subclass', 'window.Promise = class OldPromise extends Promise {}'],
		['an old library’s', OLD_PROMISE],
		[
			'patched, as zones do',
			`var then = Promise.prototype.then;
			Promise.prototype.then = function (a, b) { return then.call(this, a && function (x) { return a(x) }, b) };`,
		],
		[
			'CustomEvent of an old polyfill',
			`window.CustomEvent = function (name, options) {
				var event = document.createEvent('CustomEvent');
				event.initCustomEvent(name, false, false, options && options.detail);
				return event;
			};`,
		],
	])('%s: works', async (_, before) => {
		await using opened = await stage.open(pageOf(before, FORMS[form]()));
		expect((await opened.bell()).vendor).toMatchObject({ refused: 0, problems: [] });
		await expectUnharmed(opened);
	});

	it.each([
		['AbortController is gone', 'window.AbortController = undefined'],
		['Promise.race is gone', 'Promise.race = undefined'],
		['setTimeout throws', `window.setTimeout = function () { throw new Error('setTimeout') }`],
		['URL throws', `window.URL = function () { throw new Error('URL') }`],
	])('%s: no error', async (_, before) => {
		await using opened = await stage.open(pageOf(before, FORMS[form]()));
		await opened.settle();
		await expectUnharmed(opened);
	});
});

describe.each(forms)('events cannot be sent, ours as %s', (form) => {
	const BROKEN: [string, string][] = [
		['CustomEvent throws', `window.CustomEvent = function () { throw new Error('new') }`],
		['CustomEvent is gone', 'window.CustomEvent = undefined'],
		[
			'dispatchEvent throws',
			`document.dispatchEvent = function () { throw new Error('dispatchEvent') }`,
		],
	];
	it.each(BROKEN)('%s: works, beside a foreign init too', async (_, before) => {
		await using opened = await stage.open(
			pageOf(before, `${FORMS[form]()}<script>eS('init', { TRACKING: false })</script>`)
		);
		expect((await opened.bell()).vendor?.inits).toMatchObject([
			{ APP_INBOX: true, TRACKING: false },
		]);
		await expectUnharmed(opened);
	});

	it.each(BROKEN)('%s, and eSputnik’s script is blocked', async (_, before) => {
		await using opened = await stage.open(pageOf(before, FORMS[form]()), { vendor: 'blocked' });
		expect((await opened.settle()).status?.state).toBe('blocked');
		expect(opened.errors).toEqual([]);
		expect(await opened.read('window.after')).toBe(1);
	});
});

describe.each(forms)('the document is patched, ours as %s', (form) => {
	const PATCHES: [string, string][] = [
		'querySelector',
		'getElementsByTagName',
		'createElement',
	].flatMap((name) => [
		[`${name} throws`, `document.${name} = function () { throw new Error('${name}') }`],
		[`${name} gives nothing`, `document.${name} = function () {}`],
		[`${name} gives something else`, `document.${name} = function () { return {} }`],
	]);
	it.each([
		...PATCHES,
		[
			'addEventListener throws',
			`document.addEventListener = function () { throw new Error('addEventListener') }`,
		],
	])('%s', async (_, before) => {
		await using opened = await stage.open(pageOf(before, FORMS[form]()));
		await expectUnharmed(opened);
	});

	it.each(PATCHES)('%s, while tracking waits for a consent', async (_, before) => {
		await using opened = await stage.open(pageOf(before, FORMS[form](WAITING)));
		await expectUnharmed(opened);
	});
});

describe('an ad blocker', () => {
	it.each(forms)('blocks eSputnik’s host: the status says so, ours as %s', async (form) => {
		await using opened = await stage.open(pageOf('', FORMS[form]()), { vendor: 'blocked' });
		const { status, scripts, vendor } = await opened.settle();
		expect(status).toMatchObject({ state: 'blocked', message: 'Unblock eSputnik.' });
		expect(scripts).toEqual([SCRIPT]);
		expect(vendor).toBeNull();
		expect(opened.errors).toEqual([]);
		expect(await opened.read('window.after')).toBe(1);
	});

	it('blocks eSputnik’s host, where the snippet is another’s', async () => {
		await using opened = await stage.open(pageOf('', foreign("eS('init')") + FORMS.inline()), {
			vendor: 'blocked',
		});
		const { status, scripts } = await opened.settle();
		expect(status).toMatchObject({ state: 'blocked', init: 'merged' });
		expect(scripts).toEqual([SCRIPT]);
		expect(opened.errors).toEqual([]);
	});

	it.each([
		['the token function', /\/app-inbox\/token/],
		['admin-ajax.php', /admin-ajax\.php/],
	])('blocks %s: no token, no bell, no error', async (_, block) => {
		await using opened = await stage.open(pageOf('', FORMS.inline()), { block });
		const { status, bells, vendor } = await opened.failed();
		expect(status).toMatchObject({ message: 'Check the token function.' });
		expect(bells).toBe(0);
		expect(vendor?.problems).toEqual([]);
		expect(opened.errors).toEqual([]);
		expect(await opened.read('window.after')).toBe(1);
	});

	it('blocks loader.js: a page that calls init with care has no error', async () => {
		const config: Partial<FrontendConfig> = { identity: NONCE };
		await using opened = await stage.open(
			pageOf(
				'',
				`<script src="/app-inbox/loader.js"></script>
				<script>window.appInbox && ${initCode(config)}</script>`
			),
			{ block: /loader\.js/ }
		);
		expect(await opened.read('window.after')).toBe(1);
		expect(opened.errors).toEqual([]);
	});
});
