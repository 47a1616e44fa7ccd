/**
 * An address of a site in the one spelling that stands for all of its spellings: a host in small
 * letters and in punycode, no port that goes without saying, no slash at the end. WordPress signs its
 * address as its owner once wrote it, so Unicode on one side may meet punycode on the other.
 *
 * Null where the text is no such address. What the parser of URLs would drop or resolve (`..`, tabs,
 * backslashes, a user name) is no way to write one.
 */
export function siteAddress(text: unknown): string | null {
	return typeof text === 'string' && PLAIN.test(text) && URL.canParse(text)
		? new URL(text).href.replace(/\/+$/, '')
		: null;
}

const PLAIN = /^https?:\/\/[^\s/?#@\\]+(?:\/(?!(?:\.|%2e){1,2}(?:\/|$))[^\s/?#\\]*)*$/i;
