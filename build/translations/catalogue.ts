import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { po, type GetTextTranslation, type GetTextTranslations } from 'gettext-parser';
import { ROOT } from '../paths.ts';
import { DOMAIN, type Message } from './message.ts';

/** The languages beside English: WordPress's name of each, and what a number does to a word. */
export const LOCALES = {
	uk: 'nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);',
	ru_RU: 'nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);',
	pl_PL: 'nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);',
} as const;
export type Locale = keyof typeof LOCALES;
export const LOCALE_NAMES = Object.keys(LOCALES) as Locale[];
export const FORMS = 3;

const FOLDER = join(ROOT, 'plugin/languages');
export const POT = join(FOLDER, `${DOMAIN}.pot`);
export const poFile = (locale: Locale): string => join(FOLDER, `${DOMAIN}-${locale}.po`);

/** The texts alone, for translators of further languages. */
export const potOf = (messages: Message[]): string =>
	compiled({
		charset: 'utf-8',
		headers: HEADERS,
		translations: byContext(messages.map((message) => entry(message, message.plural ? 2 : 1))),
	});

/** The texts of today with the translations that there are; the others are empty. */
export function poOf(locale: Locale, messages: Message[], known: GetTextTranslations | null) {
	const entries = messages.map((message) => {
		const empty = entry(message, message.plural ? FORMS : 1);
		const old = known?.translations[message.context ?? '']?.[message.text];
		if (!old || old.msgid_plural !== message.plural) {
			return empty;
		}
		const { translator, flag } = old.comments ?? {};
		return {
			...empty,
			msgstr: empty.msgstr.map((_, form) => old.msgstr[form] ?? ''),
			comments: {
				...empty.comments,
				...(translator && { translator }),
				...(flag && { flag }),
			},
		};
	});
	return compiled({
		charset: 'utf-8',
		headers: { ...HEADERS, Language: locale, 'Plural-Forms': LOCALES[locale] },
		translations: byContext(entries),
	});
}

export const readPo = async (locale: Locale): Promise<GetTextTranslations | null> =>
	existsSync(poFile(locale)) ? po.parse(await readFile(poFile(locale))) : null;

/** All entries of a file but its header. */
export const entriesOf = ({ translations }: GetTextTranslations): GetTextTranslation[] =>
	Object.values(translations)
		.flatMap((entries) => Object.values(entries))
		.filter(({ msgid }) => msgid !== '');

export const isFuzzy = ({ comments }: GetTextTranslation): boolean =>
	/\bfuzzy\b/.test(comments?.flag ?? '');

/** Whether there is a translation for each form. */
export const isTranslated = (message: GetTextTranslation): boolean =>
	message.msgstr.every((form) => form !== '') && !isFuzzy(message);

// No dates: what has not changed stays the same to the byte.
const HEADERS = {
	'Project-Id-Version': 'App Inbox for eSputnik',
	'MIME-Version': '1.0',
	'Content-Type': 'text/plain; charset=UTF-8',
	'Content-Transfer-Encoding': '8bit',
	'X-Domain': DOMAIN,
};

const entry = (
	{ text, plural, context, comments, files }: Message,
	forms: number
): GetTextTranslation => ({
	...(context !== undefined && { msgctxt: context }),
	msgid: text,
	...(plural !== undefined && { msgid_plural: plural }),
	msgstr: Array<string>(forms).fill(''),
	comments: { extracted: comments.join('\n'), reference: files.join('\n') },
});

function byContext(entries: GetTextTranslation[]): GetTextTranslations['translations'] {
	const translations: GetTextTranslations['translations'] = {};
	for (const message of entries) {
		(translations[message.msgctxt ?? ''] ??= {})[message.msgid] = message;
	}
	return translations;
}

const compiled = (catalogue: GetTextTranslations): string =>
	`${po.compile(catalogue, { foldLength: 0 }).toString().trimEnd()}\n`;
