import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createI18n } from '@wordpress/i18n';
import { mo, po, type GetTextTranslation } from 'gettext-parser';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import {
	entriesOf,
	LOCALE_NAMES,
	poFile,
	poOf,
	POT,
	potOf,
	type Locale,
} from '../../build/translations/catalogue.ts';
import { jsonOf, moOf, SCRIPTS } from '../../build/translations/compile.ts';
import { messagesOfSources } from '../../build/translations/sources.ts';
import { settingsSchema } from '../../src/settings/schema.ts';
import { SNIPPET_PROBLEMS } from '../../src/settings/snippet.ts';
import { textsOfSchema } from './schema-texts.ts';
import { faultsOf } from './translation-faults.ts';

const messages = await messagesOfSources();
const read = (locale: Locale) => po.parse(readFileSync(poFile(locale)));
const php = readdirSync(join(ROOT, 'plugin'), { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.php'))
	.map((name) => readFileSync(join(ROOT, 'plugin', name), 'utf8'))
	.join('\n');

// Where one of these fails, `npm run translations` mends it, or says what there is to translate.
describe('the catalogues', () => {
	it('the template has the texts of the sources', () => {
		expect(readFileSync(POT, 'utf8')).toBe(potOf(messages));
	});

	describe.each(LOCALE_NAMES)('%s', (locale) => {
		it('has every text of the sources, and no other', () => {
			const texts = entriesOf(read(locale)).map(({ msgid }) => msgid);
			expect(texts.sort()).toEqual(messages.map(({ text }) => text).sort());
		});

		it('is as the command writes it', () => {
			expect(readFileSync(poFile(locale), 'utf8')).toBe(poOf(locale, messages, read(locale)));
		});

		it('is translated, without a fault', () => {
			const all = entriesOf(read(locale));
			const faulty = all.flatMap((message) => {
				const faults = faultsOf(message, locale, all);
				return faults.length > 0 ? [{ faults, message }] : [];
			});
			expect(faulty).toEqual([]);
		});
	});
});

describe('a fault', () => {
	const good = { msgid: 'Add %1$s to %2$s.', msgstr: ['Додайте %1$s до %2$s.'] };
	const counted = (msgstr: string[]) => ({
		msgid: 'one element',
		msgid_plural: '%d elements',
		msgstr,
	});

	it('is not found in what is good', () => {
		expect(faultsOf(good, 'uk')).toEqual([]);
		expect(faultsOf(counted(['%d елемент', '%d елементи', '%d елементів']), 'uk')).toEqual([]);
	});

	it.each<[string, Partial<GetTextTranslation>]>([
		['empty', { msgstr: [''] }],
		['empty', { msgid: 'Copy', msgstr: [' '] }],
		['empty', counted(['%d елемент', '%d елементи', ''])],
		['fuzzy', { comments: { flag: 'fuzzy' } }],
		['plural forms', counted(['%d елемент', '%d елементів'])],
		['plural forms', { msgstr: [...good.msgstr, ...good.msgstr] }],
		['placeholders', { msgstr: ['Додайте %1$s до %3$s.'] }],
		['placeholders', counted(['один елемент', '%d елементи', '%d елементів'])],
		['tags', { msgid: 'a <b>word</b>', msgstr: ['<b>слово'] }],
		['technical words', { msgid: 'Set SITE_URL', msgstr: ['Задайте АДРЕСУ'] }],
		['names', { msgid: 'eSputnik knows you', msgstr: ['еСпутник вас знає'] }],
		['spaces', { msgid: 'Copy', msgstr: ['Скопіювати '] }],
		['spaces', { msgid: 'Copy', msgstr: [' Скопіювати'] }],
		['spaces', { msgid: 'Copy it', msgstr: ['Скопіювати  це'] }],
		['ending', { msgstr: ['Додайте %1$s до %2$s'] }],
		['ending', { msgid: 'Copy', msgstr: ['Скопіюйте.'] }],
		['labels', { msgid: 'Press “Export”.', msgstr: ['Натисніть «Зберегти».'] }],
		['quotes', { msgid: 'Press “Export”', msgstr: ['Натисніть “Експорт”'] }],
	])('“%s” is found', (fault, part) => {
		const all = [{ msgid: 'Export', msgstr: ['Експорт'] }];
		expect(faultsOf({ ...good, ...part }, 'uk', all)).toContain(fault);
	});
});

describe('what WordPress reads', () => {
	const i18nOf = (locale: Locale, isPartOf: (file: string) => boolean) => {
		const { locale_data: data } = JSON.parse(jsonOf(locale, read(locale), isPartOf));
		return { i18n: createI18n(data.messages), texts: Object.keys(data.messages) };
	};

	it('is there for each script that asks for translations', () => {
		const asked = [...php.matchAll(/wp_set_script_translations\(\s*([^\s,]+)/g)].map(
			([, handle = '']) =>
				/^'(.+)'$/.exec(handle)?.[1] ??
				new RegExp(`const ${handle} += '(.+)';`).exec(php)?.[1]
		);
		expect(asked.sort()).toEqual(Object.keys(SCRIPTS).sort());
	});

	it.each(LOCALE_NAMES)('has for PHP, in %s, the texts of PHP alone', (locale) => {
		const texts = entriesOf(mo.parse(Buffer.from(moOf(read(locale))))).map(
			({ msgid }) => msgid
		);
		const expected = messages
			.filter(({ files }) => files.some((file) => file.endsWith('.php')))
			.map(({ text }) => text);
		expect(texts.sort()).toEqual(expected.sort());
	});

	it('speaks the language of the person, and counts in it', () => {
		const { i18n } = i18nOf('uk', SCRIPTS['app-inbox-for-esputnik-admin']);
		const { __: translated, _n: counted } = i18n;
		expect(translated('Save settings')).toBe('Зберегти налаштування');
		expect(translated('Bell')).toBe('Дзвіночок');
		const {
			msgid,
			msgid_plural: plural,
			msgstr,
		} = entriesOf(read('uk')).find((message) => message.msgid_plural)!;
		expect([1, 21, 2, 5, 11].map((number) => counted(msgid, plural!, number))).toEqual(
			[0, 0, 1, 2, 2].map((form) => msgstr[form])
		);
	});

	it('has all that the settings’ schema can say', () => {
		const { texts } = i18nOf('pl_PL', SCRIPTS['app-inbox-for-esputnik-admin']);
		const schema = [...textsOfSchema(settingsSchema), ...Object.values(SNIPPET_PROBLEMS)];
		expect(schema.length).toBeGreaterThan(30);
		expect(schema.filter((text) => !texts.includes(text))).toEqual([]);
	});

	it('has for the block its own texts alone', () => {
		const { texts } = i18nOf('ru_RU', SCRIPTS['app-inbox-for-esputnik-bell']);
		expect(texts).toContain('App Inbox bell');
		expect(texts).not.toContain('Save settings');
	});

	it('does not have what is not translated yet', () => {
		const catalogue = read('uk');
		const [ready, empty, fuzzy] = entriesOf(catalogue).filter(({ comments }) =>
			comments?.reference?.includes('src/admin/')
		) as [GetTextTranslation, GetTextTranslation, GetTextTranslation];
		empty.msgstr = [''];
		fuzzy.comments = { ...fuzzy.comments, flag: 'fuzzy' };
		const { messages: texts } = JSON.parse(jsonOf('uk', catalogue, () => true)).locale_data;
		expect(texts[ready.msgid]).toEqual(ready.msgstr);
		expect(texts).not.toHaveProperty([empty.msgid]);
		expect(texts).not.toHaveProperty([fuzzy.msgid]);
	});
});
