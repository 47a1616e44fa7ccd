import { __, sprintf } from '@wordpress/i18n';
import type { Outcome } from './ask.ts';
import type { Explanation } from './result.ts';
import { withoutQuery } from './words.ts';

/** Why no credential came: who answered instead of WordPress, or in which state that is. */
export function noCredential(outcome: Outcome, url: string): Explanation {
	if (!outcome.ok) {
		return outcome.reason === 'timeout' ? outOfOrder() : cutOff(url);
	}
	const { status, redirectedTo } = outcome;
	if (redirectedTo) {
		return {
			message: sprintf(
				/* translators: %s: a web address. */
				__('Your site sends the question who you are on to %s.', 'app-inbox-for-esputnik'),
				withoutQuery(redirectedTo)
			),
			advice: letThrough(
				__(
					'A login page for all visitors, a choice of languages or a rule for addresses does that.',
					'app-inbox-for-esputnik'
				),
				url
			),
		};
	}
	if (status === 401) {
		return {
			message: __(
				'A password of your web server stands before the question who you are (401).',
				'app-inbox-for-esputnik'
			),
			advice: letThrough(
				__(
					'Visitors are not asked for it: their bell is missing.',
					'app-inbox-for-esputnik'
				),
				url
			),
		};
	}
	if ([403, 406, 429, 503].includes(status)) {
		return {
			message: sprintf(
				/* translators: %d: an HTTP status. */
				__(
					'Something stops the question who you are before it reaches WordPress (%d).',
					'app-inbox-for-esputnik'
				),
				status
			),
			advice: letThrough(
				__(
					'A firewall, a security plugin or a maintenance mode does that.',
					'app-inbox-for-esputnik'
				),
				url
			),
		};
	}
	if (status === 405) {
		return {
			message: __(
				'Your web server takes no POST request at your site’s address (405).',
				'app-inbox-for-esputnik'
			),
			advice: letThrough(
				__(
					'A cache that answers with files, or a rule of the server, takes only GET there.',
					'app-inbox-for-esputnik'
				),
				url
			),
		};
	}
	return status >= 500
		? outOfOrder()
		: {
				message: sprintf(
					/* translators: %d: an HTTP status. */
					__(
						'Something other than App Inbox answers the question who you are (%d).',
						'app-inbox-for-esputnik'
					),
					status
				),
				advice: letThrough(
					__(
						'Another plugin or a cache answers first: switch plugins off one by one to find it.',
						'app-inbox-for-esputnik'
					),
					url
				),
			};
}

/** The answer to another visitor, which no page of the site would take either. */
export const othersCredential = (url: string): Explanation => ({
	message: __(
		'The answer to the question who you are is about another login.',
		'app-inbox-for-esputnik'
	),
	advice: letThrough(
		__(
			'Something before your site keeps answers to POST requests, or gives one answer to several that look the same. App Inbox takes none of these, so that nobody sees another’s inbox.',
			'app-inbox-for-esputnik'
		),
		url
	),
});

const outOfOrder = (): Explanation => ({
	message: __('WordPress does not answer who you are.', 'app-inbox-for-esputnik'),
	advice: __(
		'Try again in a minute. If it stays, ask your host for the PHP error log.',
		'app-inbox-for-esputnik'
	),
});

/** All that a browser says of it: nothing came, or what came is at another site. */
const cutOff = (url: string): Explanation => ({
	message: __(
		'The question who you are gets no answer that your browser may read.',
		'app-inbox-for-esputnik'
	),
	advice: letThrough(
		__(
			'Your site may send it on to another site, a firewall may cut it off, or an extension of your browser may block it.',
			'app-inbox-for-esputnik'
		),
		url
	),
});

const letThrough = (cause: string, url: string): string =>
	`${cause} ${sprintf(
		/* translators: %s: an address such as /?app-inbox=identity. */
		__('Let POST requests for %s through to WordPress as they are.', 'app-inbox-for-esputnik'),
		url
	)}`;
