import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { pageLanguage } from '../../src/frontend/language.ts';
import { LANGUAGES } from '../../src/settings/languages.ts';

const languageOf = (lang: string) => {
	vi.stubGlobal('document', { documentElement: { lang } });
	return pageLanguage();
};
afterEach(() => vi.unstubAllGlobals());

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const pairs = letters.flatMap((first) => letters.map((second) => first + second));

/** By which code of today the browser knows it, or by none of two letters. */
const TODAY = {
	tl: 'en',
	tw: 'ak',
	in: 'id',
	iw: 'he',
	ji: 'yi',
	jw: 'jv',
	mo: 'ro',
	sh: 'sr',
	ua: 'uk',
};

it('is that of the page for each language of ISO 639-1, and en for all that is none', () => {
	const expected = (pair: string) =>
		TODAY[pair as keyof typeof TODAY] ?? (LANGUAGES.includes(pair) ? pair : 'en');
	expect(pairs.map((pair) => [pair, languageOf(pair)])).toEqual(
		pairs.map((pair) => [pair, expected(pair)])
	);
});
it('is en for whatever else stands there', () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 12 }), (lang) => {
			expect(LANGUAGES).toContain(languageOf(lang));
		})
	);
});
