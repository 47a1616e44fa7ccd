import { describe, expect, it } from 'vitest';
import { explain, lintCode } from './lint.ts';

const refusals = (code: string) => lintCode(code).map(explain).join('\n');

describe('code that Google Tag Manager’s sandbox refuses', () => {
	it.each([
		['a regular expression', 'const ok = /^a$/;', 'a regular expression; use indexOf'],
		['new', "const logs = require('JSON'); const now = new logs();", '`new`; use a literal'],
		['new Promise', 'const later = new Promise(() => {});', '`new`'],
		['a template literal', 'const text = `a${data.b}`;', 'a template literal; join strings'],
		['this', 'const self = this;', '`this`; name the object'],
		['spread in a call', 'data.f(...data.list);', 'spread; name each value'],
		['spread in an object', 'const copy = {...data};', 'spread'],
		['rest parameters', 'const f = (...all) => all;', 'rest parameters'],
		['destructuring', 'const {a} = data;', 'destructuring'],
		['a default parameter', 'const f = (a = 1) => a;', 'a default parameter'],
		['a shorthand property', 'const a = 1; const b = {a};', 'write name: value'],
		['a method', 'const b = {a() {}};', 'write name: value'],
		['a computed property', 'const b = {[data.a]: 1};', 'write name: value'],
		['a getter', 'const b = {get a() { return 1; }};', 'a getter or setter'],
		['a class', 'class Tag {}', 'a class'],
		['async', 'const f = async () => {};', 'an async function; pass a callback'],
		['await', 'const f = async () => { await data.a; };', '`await`'],
		['a generator', 'function* f() {}', 'a generator'],
		['try', 'try { data.f(); } catch (error) {}', '`try`; test before'],
		['throw', "throw 'no';", '`throw`; call data.gtmOnFailure()'],
		['for…in', 'for (const name in data) {}', "use require('Object').keys"],
		['optional chaining', 'const a = data?.b;', 'optional chaining'],
		['??', 'const a = data.a ?? 1;', '`??`'],
		['||=', 'let a; a ||= 1;', '`||=`'],
		['**', 'const a = 2 ** 3;', '`**`'],
		['instanceof', 'const a = data instanceof data.b;', '`instanceof`'],
		['delete', 'delete data.a;', "use require('Object').delete"],
		['a big integer', 'const a = 1n;', 'a big integer'],
		['a binary number', 'const a = 0b11;', 'decimal digits'],
		['a comma after the last argument', 'data.f(1,);', 'no comma after the last argument'],
		['import', "import('a');", '`import`'],
		['window', "window.alert('a');", 'the unknown name window; declare it, or require an API'],
		['document', 'document.title;', 'the unknown name document'],
		['setTimeout', 'setTimeout(() => {});', 'the unknown name setTimeout'],
		['Object without require', 'Object.keys(data);', 'the unknown name Object'],
		['arguments', 'function f() { return arguments; }', 'the unknown name arguments'],
		['eval', "eval('1');", 'the unknown name eval'],
		['a name of another scope', '{ let a = 1; } data.f(a);', 'the unknown name a'],
		['a parameter outside', 'const f = (a) => a; data.f(a);', 'the unknown name a'],
		['an assignment out of nowhere', 'a = 1;', 'the unknown name a'],
		['the way to Function', "data.f.constructor('return 1')();", 'the property constructor'],
		['the same in brackets', "data['constructor'];", 'the property constructor'],
		['apply', 'data.f.apply(data, []);', 'the property apply'],
		['a method of a newer edition', "data.a.includes('b');", 'the method includes; only these'],
		['startsWith', "data.a.startsWith('b');", 'the method startsWith'],
		['find', 'data.a.find((b) => b);', 'the method find'],
		['an API that is not there', "const f = require('fetch');", 'has no API "fetch"'],
		['an API that is not modelled', "const f = require('sendPixel');", 'does not model it'],
		['a require of a variable', 'const f = require(data.api);', 'by its literal name'],
		['a syntax error', 'const = 1;', 'correct the syntax'],
	])('%s', (_name, code, complaint) => {
		expect(refusals(code)).toContain(complaint);
	});
	it('is named with its line', () => {
		expect(lintCode('const a = 1;\nconst b = a;\nnew b();')).toEqual([
			{ line: 3, what: '`new`', instead: 'use a literal or an API' },
		]);
	});
});

describe('code that it takes', () => {
	it.each([
		["const log = require('logToConsole'); log('a');"],
		[
			"const JSON = require('JSON'); const Object = require('Object'); Object.entries(JSON.parse('{}'));",
		],
		['let a; var b = undefined; for (const c of data.list) { a = c; b = a; }'],
		['for (let i = 0; i < data.list.length; i++) { data.list[i] = {key: -i}; }'],
		['function f(n) { return n ? f(n - 1) : 0; } const g = function h() { return h; }; g(f);'],
		['if (data.a) { var late = 1; } data.f(late);'],
		['f(); function f() { if (!data.b) { return; } }'],
		['switch (data.a) { case 1: let b = 2; data.f(b); break; default: break; }'],
		['if (data.a) { return; } data.gtmOnSuccess();'],
		["const a = typeof data.a === 'string' && data.a.split(',').map((b) => b.trim());"],
	])('%s', (code) => {
		expect(refusals(code)).toBe('');
	});
});
