/**
 * The page's own language, as eSputnik takes it: the first part of `<html lang>` if that is one of ISO
 * 639-1, else `en`. `ua`, which many Ukrainian sites write, is no language but means `uk`.
 *
 * The browser knows where each language is spoken, and so which there are: all of ISO 639-1, and seven
 * that have been withdrawn from it. It throws for what can be none.
 */
export function pageLanguage(): string {
	try {
		const code = document.documentElement.lang.trim().toLowerCase().split(/[-_]/)[0]!;
		if (code === 'ua') {
			return 'uk';
		}
		if (!/^(bh|i[nw]|j[iw]|mo|sh)$|.../.test(code) && new Intl.Locale(code).maximize().region) {
			return code;
		}
	} catch {}
	return 'en';
}
