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

it('is that of the page for each language of ISO 639-1, and en for all that is none', () => {
	expect(pairs.filter((pair) => pair !== 'en' && languageOf(pair) === pair)).toEqual(
		LANGUAGES.filter((code) => code !== 'en')
	);
	const others = pairs.filter((pair) => !LANGUAGES.includes(pair));
	expect(new Set(others.map(languageOf))).toEqual(new Set(['en', 'uk']));
	expect(others.filter((pair) => languageOf(pair) === 'uk')).toEqual(['ua']);
});
