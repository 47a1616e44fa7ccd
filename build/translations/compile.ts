import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mo, type GetTextTranslation, type GetTextTranslations } from 'gettext-parser';
import {
	entriesOf,
	isTranslated,
	LOCALE_NAMES,
	LOCALES,
	readPo,
	type Locale,
} from './catalogue.ts';
import { DOMAIN } from './message.ts';

const ofBlock = (file: string) => file.startsWith('src/block/');
const ofEditor = (file: string) => file.startsWith('src/editor/');

/** The scripts by WordPress's handles, with the sources whose texts each may show. */
export const SCRIPTS = {
	'app-inbox-for-esputnik-admin': (file: string) =>
		file.startsWith('src/') && !ofBlock(file) && !ofEditor(file),
	'app-inbox-for-esputnik-bell': ofBlock,
	'app-inbox-for-esputnik-editor': ofEditor,
};

/**
 * What WordPress reads: for PHP a .mo, and for each script a .json, which load_script_textdomain()
 * looks for by the script's handle first. Each holds only the texts that are asked for there.
 */
export async function compileTranslations(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const locale of LOCALE_NAMES) {
		const catalogue = await readPo(locale);
		if (!catalogue) {
			throw new Error(`There are no translations for ${locale}.`);
		}
		await writeFile(join(folder, `${DOMAIN}-${locale}.mo`), moOf(catalogue));
		for (const [handle, isPartOf] of Object.entries(SCRIPTS)) {
			const name = `${DOMAIN}-${locale}-${handle}.json`;
			await writeFile(join(folder, name), jsonOf(locale, catalogue, isPartOf));
		}
	}
}

export function moOf({ headers, translations, charset }: GetTextTranslations): Uint8Array {
	const ofPhp: GetTextTranslations['translations'] = {};
	for (const [context, entries] of Object.entries(translations)) {
		ofPhp[context] = Object.fromEntries(
			Object.entries(entries).filter(
				([, message]) =>
					isTranslated(message) && isUsed(message, (file) => /\.php$/.test(file))
			)
		);
	}
	return mo.compile({ headers, charset, translations: ofPhp });
}

/** In Jed's format, as wp.i18n.setLocaleData() takes it. */
export function jsonOf(
	locale: Locale,
	catalogue: GetTextTranslations,
	isPartOf: (file: string) => boolean
): string {
	const messages = entriesOf(catalogue)
		.filter((message) => isTranslated(message) && isUsed(message, isPartOf))
		.map(({ msgctxt, msgid, msgstr }) => [
			msgctxt ? `${msgctxt}\u0004${msgid}` : msgid,
			msgstr,
		]);
	return JSON.stringify({
		domain: 'messages',
		locale_data: {
			messages: {
				'': {
					domain: 'messages',
					lang: locale,
					'plural-forms': LOCALES[locale].replace(/;$/, ''),
				},
				...Object.fromEntries(messages),
			},
		},
	});
}

const isUsed = ({ comments }: GetTextTranslation, isPartOf: (file: string) => boolean) =>
	(comments?.reference ?? '').split('\n').some(isPartOf);
