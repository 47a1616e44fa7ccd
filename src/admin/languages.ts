import { LANGUAGES } from '../settings/index.ts';

/** All languages by their names in the admin's own, in its alphabetical order. */
export function languageOptions(locale: string): { value: string; label: string }[] {
	const known = Intl.DisplayNames.supportedLocalesOf(usable(locale));
	const names = new Intl.DisplayNames([...known, 'en'], { type: 'language' });
	const { compare } = new Intl.Collator([...known, 'en']);
	return LANGUAGES.map((code) => ({ value: code, label: named(code, names.of(code)) })).sort(
		(a, b) => compare(a.label, b.label)
	);
}

/** Where the browser knows no name, the code alone. */
const named = (code: string, name: string | undefined) =>
	name && name !== code ? `${name} (${code})` : code;

/** WordPress's `<html lang>` may hold anything; Intl throws at what is no language tag. */
function usable(locale: string): string[] {
	try {
		return Intl.getCanonicalLocales(locale);
	} catch {
		return [];
	}
}
