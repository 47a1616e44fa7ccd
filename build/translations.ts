import { writeFile } from 'node:fs/promises';
import { po } from 'gettext-parser';
import {
	entriesOf,
	isTranslated,
	LOCALE_NAMES,
	poFile,
	poOf,
	POT,
	potOf,
	readPo,
} from './translations/catalogue.ts';
import { messagesOfSources } from './translations/sources.ts';

/**
 * Brings plugin/languages/ to the texts of the sources: new ones are empty, those no longer used go,
 * and translations stay. Run it after changing a text, then fill in what it says is missing.
 */
const messages = await messagesOfSources();
await writeFile(POT, potOf(messages));
console.log(`${messages.length} texts`);
for (const locale of LOCALE_NAMES) {
	const updated = poOf(locale, messages, await readPo(locale));
	await writeFile(poFile(locale), updated);
	const missing = entriesOf(po.parse(updated)).filter((message) => !isTranslated(message));
	console.log(`${locale}: ${missing.length} to translate`);
	for (const { msgid } of missing) {
		console.log(`\t${msgid}`);
	}
}
