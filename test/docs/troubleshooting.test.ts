import { readFileSync } from 'node:fs';
import { po } from 'gettext-parser';
import { describe, expect, it } from 'vitest';
import { entriesOf, poFile } from '../../build/translations/catalogue.ts';
import { tableOf } from './pages.ts';

/** Values stand in the texts of the screens where the pages have three dots. */
const asQuoted = (text: string) => text.replace(/%(\d\$)?[sd]/g, '…').replace(/\.$/, '');

/** What the settings page says, in English and in Ukrainian. */
const screens = entriesOf(po.parse(readFileSync(poFile('uk')))).map(({ msgid, msgstr }) => ({
	en: asQuoted(msgid),
	uk: asQuoted(msgstr[0]!),
}));

const LISTS = {
	en: { page: 'README.md', rows: tableOf('README.md', 'you see'), quotation: /“(.*)”/ },
	uk: { page: 'README.uk.md', rows: tableOf('README.uk.md', 'що видно'), quotation: /«(.*)»/ },
};
const quotesIn = (language: 'en' | 'uk') =>
	LISTS[language].rows.map(([, says]) =>
		asQuoted(LISTS[language].quotation.exec(says!.text)?.[1] ?? '')
	);

describe.each(['en', 'uk'] as const)('what may be wrong, in %s', (language) => {
	it('quotes the words on the screens', () => {
		const known = screens.map((texts) => texts[language]);
		expect(quotesIn(language).length).toBeGreaterThan(15);
		expect(quotesIn(language).filter((text) => !known.includes(text))).toEqual([]);
	});

	it('says what to do about each', () => {
		expect(
			LISTS[language].rows.filter(([, ...cells]) => cells.some(({ text }) => !text))
		).toEqual([]);
	});
});

it('the Ukrainian list is the English one', () => {
	const translated = quotesIn('en').map((text) => screens.find(({ en }) => en === text)?.uk);
	expect(quotesIn('uk')).toEqual(translated);
});
