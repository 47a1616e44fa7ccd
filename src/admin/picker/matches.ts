import { __, _n, sprintf } from '@wordpress/i18n';

/** What a selector finds in a page. */
export type Matches = { kind: 'empty' } | { kind: 'invalid' } | { kind: 'found'; count: number };

export function matchesOf(selector: string, page: ParentNode): Matches {
	if (selector.trim() === '') {
		return { kind: 'empty' };
	}
	try {
		return { kind: 'found', count: page.querySelectorAll(selector).length };
	} catch {
		return { kind: 'invalid' };
	}
}

/** Needs no page: the browser reads the selector. */
export const isInvalid = (selector: string): boolean =>
	matchesOf(selector, document.createDocumentFragment()).kind === 'invalid';

export const isGood = (matches: Matches): boolean =>
	matches.kind === 'found' && matches.count === 1;

/** The answer in words, with what to do where it is no good. */
export function matchesSentence(matches: Matches): string {
	switch (matches.kind) {
		case 'empty':
			return __(
				'Type a selector first, or choose the element on your site.',
				'app-inbox-for-esputnik'
			);
		case 'invalid':
			return __(
				'This is not a CSS selector yet. Look for a missing bracket or quotation mark, or choose the element on your site.',
				'app-inbox-for-esputnik'
			);
		case 'found':
			break;
	}
	if (matches.count === 0) {
		return __(
			'It matches no element on your front page. An element that a script adds later is found with “Choose on your site”.',
			'app-inbox-for-esputnik'
		);
	}
	if (matches.count === 1) {
		return __('It matches exactly one element on your front page.', 'app-inbox-for-esputnik');
	}
	return sprintf(
		/* translators: %d: number of elements, 2 or more. */
		_n(
			'It matches %d element on your front page. It should match one: make it more exact, or choose the element on your site.',
			'It matches %d elements on your front page. It should match one: make it more exact, or choose the element on your site.',
			matches.count,
			'app-inbox-for-esputnik'
		),
		matches.count
	);
}
