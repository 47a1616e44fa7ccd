/** Pages that have patched what the browser gives them. */
import { describe, expect, it } from 'vitest';
import { running } from '../running.ts';
import { FORM_NAMES, FORMS, startStage } from './stage.ts';
import { expectUnharmed, pageOf, WAITING } from './unharmed.ts';

const stage = running(startStage);

describe.each(FORM_NAMES)('prototypes that others have added to, ours as %s', (form) => {
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
				'init', 'token', 'message', 'detail', 'Authorization'].forEach(function (name) {
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

describe.each(FORM_NAMES)('Promise and its friends are somebody else’s, ours as %s', (form) => {
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
		['Promise.race is gone', 'Promise.race = undefined'],
		['setTimeout throws', `window.setTimeout = function () { throw new Error('setTimeout') }`],
		['URL throws', `window.URL = function () { throw new Error('URL') }`],
	])('%s: no error', async (_, before) => {
		await using opened = await stage.open(pageOf(before, FORMS[form]()));
		await opened.settle();
		await expectUnharmed(opened);
	});
});

describe.each(FORM_NAMES)('events cannot be sent, ours as %s', (form) => {
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

describe.each(FORM_NAMES)('the document is patched, ours as %s', (form) => {
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
