/**
 * The page's own language, as eSputnik takes it: the first part of `<html lang>` if that is one of ISO
 * 639-1, else `en`. `ua`, which many Ukrainian sites write, is no language but means `uk`.
 *
 * The browser knows where each language is spoken, and so which there are, and by which code today: `he`
 * for `iw`, `ak` for `tw`; Tagalog's three letters are none of 639-1. It throws for what can be none.
 */
export function pageLanguage(): string {
	try {
		const { language, region } = new Intl.Locale(
			document.documentElement.lang.split(/-|_/)[0]!
		).maximize();
		if (language === 'ua') {
			return 'uk';
		}
		if (region && !language[2]) {
			return language;
		}
	} catch {}
	return 'en';
}
