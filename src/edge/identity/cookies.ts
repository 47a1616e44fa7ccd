/** All that is passed on, in characters; WordPress's own is a few hundred long. */
const MAX_LENGTH = 8192;

/**
 * The part of a Cookie header that WordPress needs to know its visitor: `wordpress_logged_in_*`, and
 * nothing of the site's other cookies. Null where there is none, or more than a browser would send.
 * A pair with characters that no cookie may contain (CR, LF, blanks, quotes, commas) is left out.
 */
export function loginCookies(header: string | null): string | null {
	const pairs = (header ?? '')
		.split(';')
		.map((pair) => pair.trim())
		.filter((pair) => LOGIN_COOKIE.test(pair));
	const cookies = pairs.join('; ');
	return cookies !== '' && cookies.length <= MAX_LENGTH ? cookies : null;
}

/** The name ends in COOKIEHASH: an MD5, unless a site defines another. The value is RFC 6265's. */
const LOGIN_COOKIE =
	/^wordpress_logged_in_[A-Za-z0-9_-]{1,64}=[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;
