import { TemplateError } from './template-error.ts';

/** Scheme, host and path of an `inject_script` pattern. */
const PATTERN = /^https:\/\/((?:\*\.)?[^/*:@\s]+)(?::443)?(\/\S*)$/;

/**
 * A pattern that Google Tag Manager honours at run time: https, an exact host of two labels or more
 * or one behind `*.`, port 443, and a path in which `*` stands for anything. Its editor also takes
 * any host (a lone `*`), which then matches nothing.
 */
export function checkPattern(pattern: string): string {
	const [, host = ''] = PATTERN.exec(pattern) ?? [];
	if (!host.replace('*.', '').includes('.')) {
		throw new TemplateError(
			`inject_script has the pattern ${pattern}, which matches nothing in Google Tag Manager. Write https://, an exact host or *.example.com, no port, and a path.`
		);
	}
	return pattern;
}

/** The apex of `*.example.com` does not match, nor a query that the pattern does not have. */
export function matchesPattern(pattern: string, url: string): boolean {
	const [, host = '', path = ''] = PATTERN.exec(pattern) ?? [];
	if (!URL.canParse(url)) {
		return false;
	}
	const { protocol, hostname, port, username, password, pathname, search } = new URL(url);
	return (
		protocol === 'https:' &&
		port === '' &&
		username === '' &&
		password === '' &&
		matches(host, hostname) &&
		matches(path, pathname + search)
	);
}

function matches(pattern: string, text: string): boolean {
	const pieces = pattern.split('*').map((piece) => piece.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
	return new RegExp(`^${pieces.join('.*')}$`).test(text);
}
