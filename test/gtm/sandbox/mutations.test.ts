import { expect, it } from 'vitest';
import { mutantsOf, unnoticed } from './mutations.ts';
import { globals, sampleTemplate } from './sample-template.ts';

const texts = (code: string) => mutantsOf(code).map((mutant) => mutant.code);

it.each([
	['if (a) { b(); }', ['if (!(a)) { b(); }', 'if (a) {}', 'if (a) { ; }']],
	['if (a) { } else { b(); }', ['if (a) { } else {}']],
	['const c = (a && b) || d;', ['const c = (a || b) || d;', 'const c = (a && b) && d;']],
	[
		'const c = a ? 1 : 2;',
		['const c = !(a) ? 1 : 2;', 'const c = a ? 2 : 2;', 'const c = a ? 1 : 3;'],
	],
	[
		"f({a: true, b: ''});",
		["f({a: false, b: ''});", "f({a: true, b: 'changed'});", "f({ b: ''});"],
	],
	["f('a', b, c);", ["f('', b, c);", "f('a');"]],
	['data.gtmOnSuccess();', ['data.gtmOnFailure();', ';']],
	['return a === b;', ['return a !== b;', 'return;']],
	['f(() => { g(); });', ['f(() => {});', 'f(() => { ; });']],
	['return !a;', ['return a;']],
])('%s has its mutants', (code, mutants) => {
	expect(texts(code)).toEqual(expect.arrayContaining(mutants));
});
it('loops’ heads and required names are left alone', () => {
	expect(texts('while (a < 1) { }')).toEqual([]);
	expect(texts('for (let i = 0; i < 1; i++) { }')).toEqual([]);
	expect(texts("const f = require('getType');")).toEqual([]);
});
it('finds what the scenarios do not notice', () => {
	const template = sampleTemplate({
		code: "if (data.on) { require('callInWindow')('init'); }\ndata.gtmOnSuccess();",
		permissions: [globals({ init: 'x' })],
		scenarios: [
			{ name: 'Ends', code: "runCode({on: true}); assertApi('gtmOnSuccess').wasCalled();" },
		],
	});
	// The changed key is noticed by its permission.
	expect(unnoticed(template).map(({ line, name }) => `${line} ${name}`)).toEqual([
		"1 negate the condition of: if (data.on) { require('callInWindow')('init'); }",
		"1 empty the branch of: if (data.on) { require('callInWindow')('init'); }",
		"1 drop: require('callInWindow')('init');",
	]);
});
