import { __, sprintf } from '@wordpress/i18n';

/** The links of the chain, in the order in which they are tried and shown. */
export const CHECKS = [
	'script',
	'endpoint',
	'origin',
	'identity',
	'vendor-key',
	'contact',
	'token',
	'front-page',
	'one-init',
	'duplicate',
	'consent',
	'page-cache',
	'kept-answers',
	'csp',
] as const;
export type CheckId = (typeof CHECKS)[number];

export const STATUSES = ['pass', 'fail', 'skip'] as const;
export type Status = (typeof STATUSES)[number];

/** What one press beside a finding does: the site's own snippet stays, and App Inbox joins it (`script: 'site'`). */
export type Offer = 'keep-snippet';

/** What came of one link, in the admin's language. */
export interface Result {
	id: CheckId;
	status: Status;
	title: string;
	/** What it means. */
	message: string;
	/** How to mend it; empty where there is nothing to do. */
	advice: string;
	offer?: Offer;
}

/** A result before it is known which link it is of. */
export interface Finding extends Omit<Result, 'id' | 'title'> {
	/** Failed, but the links behind it can be tried all the same. */
	goesOn?: true;
}

/** What happened and what to do next. */
export interface Explanation {
	message: string;
	advice: string;
	offer?: Offer;
}

export const pass = (message: string, advice = ''): Finding => ({
	status: 'pass',
	message,
	advice,
});
export const fail = ({ message, advice, offer }: Explanation): Finding => ({
	status: 'fail',
	message,
	advice,
	...(offer && { offer }),
});
export const skip = (message: string, advice = ''): Finding => ({
	status: 'skip',
	message,
	advice,
});

/** A link that makes no sense as long as another one is broken. */
export const skippedFor = (id: CheckId): Finding =>
	skip(
		sprintf(
			/* translators: %s: the name of another check, such as “API key”. */
			__('Not tried. Mend “%s” first.', 'app-inbox-for-esputnik'),
			titleOf(id)
		)
	);

export function titleOf(id: CheckId): string {
	switch (id) {
		case 'script':
			return __('eSputnik’s script', 'app-inbox-for-esputnik');
		case 'endpoint':
			return __('Token function', 'app-inbox-for-esputnik');
		case 'origin':
			return __('Your site’s address', 'app-inbox-for-esputnik');
		case 'identity':
			return __('Who you are', 'app-inbox-for-esputnik');
		case 'vendor-key':
			return __('API key', 'app-inbox-for-esputnik');
		case 'contact':
			return __('You as a contact', 'app-inbox-for-esputnik');
		case 'token':
			return __('Token', 'app-inbox-for-esputnik');
		case 'front-page':
			return __('Front page', 'app-inbox-for-esputnik');
		case 'one-init':
			return __('One start for each page', 'app-inbox-for-esputnik');
		case 'duplicate':
			return __('Other eSputnik snippets', 'app-inbox-for-esputnik');
		case 'consent':
			return __('Consent', 'app-inbox-for-esputnik');
		case 'page-cache':
			return __('Page cache', 'app-inbox-for-esputnik');
		case 'kept-answers':
			return __('What no cache may keep', 'app-inbox-for-esputnik');
		case 'csp':
			return __('Content security policy', 'app-inbox-for-esputnik');
	}
}
