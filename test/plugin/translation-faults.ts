import type { GetTextTranslation } from 'gettext-parser';
import { FORMS, isFuzzy, type Locale } from '../../build/translations/catalogue.ts';

/** Quotation marks of other languages than this one. */
const FOREIGN_QUOTES: Record<Locale, RegExp> = {
	uk: /["“”„]/,
	ru_RU: /["“”„]/,
	pl_PL: /["“«»]/,
};

/** What each of these finds is the same in every language. */
const KEPT: Record<string, RegExp> = {
	placeholders: /%(?:\d+\$)?[a-z%]/g,
	tags: /<\/?[a-z]+/gi,
	'technical words': /\b\w+_\w+\b|\b\w+\.(?:com|php|init|eS|svg)\b|https?:\/\/\S+\w|\?[a-z-]+/g,
};

const NAMES = ['eSputnik', 'Yespo', 'App Inbox', 'WordPress', 'Google Tag Manager'];

/**
 * What is wrong with a translation, in words; nothing where it is good. `all` are the others of its
 * language: what one calls “Save settings” must be the button of that name.
 */
export function faultsOf(
	{ msgid, msgid_plural: plural, msgstr, comments }: GetTextTranslation,
	locale: Locale,
	all: GetTextTranslation[] = []
): string[] {
	const faults: string[] = [];
	if (isFuzzy({ msgid, msgstr, ...(comments && { comments }) })) {
		faults.push('fuzzy');
	}
	if (msgstr.length !== (plural === undefined ? 1 : FORMS)) {
		faults.push('plural forms');
	}
	if (msgstr.some((form) => form.trim() === '')) {
		return [...faults, 'empty'];
	}
	const source = plural ?? msgid;
	const named = [...source.matchAll(/“([^”]+)”/g)].flatMap(
		([, name]) => all.find((other) => other.msgid === name)?.msgstr ?? []
	);
	for (const form of msgstr) {
		for (const [name, pattern] of Object.entries(KEPT)) {
			if (found(form, pattern) !== found(source, pattern)) {
				faults.push(name);
			}
		}
		if (NAMES.some((name) => source.includes(name) && !form.includes(name))) {
			faults.push('names');
		}
		if (named.some((label) => !form.includes(label))) {
			faults.push('labels');
		}
		if (space(form) !== space(source) || / {2}/.test(form)) {
			faults.push('spaces');
		}
		if (ending(form) !== ending(source)) {
			faults.push('ending');
		}
		if (FOREIGN_QUOTES[locale].test(form)) {
			faults.push('quotes');
		}
	}
	return faults;
}

/** In another language the order may be another one. */
const found = (text: string, pattern: RegExp) => [...(text.match(pattern) ?? [])].sort().join(' ');

const space = (text: string) => text.replace(/\S[\s\S]*\S|\S/, '|');

/** A sentence ends as a sentence does, a label as a label. */
const ending = (text: string) => /[.!?:…]?[)”»]?$/.exec(text)![0].replace(/[”»]/, '”');
