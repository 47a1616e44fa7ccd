import { __, sprintf } from '@wordpress/i18n';
import { fail, pass, skippedFor, type Finding } from './result.ts';
import type { Run } from './link.ts';

/** What tracking and recommendations wait for, and whether there is anybody to ask. */
export async function checkConsent(run: Run): Promise<Finding> {
	const { features, consent } = run.context.settings;
	if (!features.recommendations && !features.tracking) {
		return pass(
			__(
				'Nothing waits for consent: only the inbox is on, for visitors who logged in. On their pages eSputnik’s script records a page view all the same, and sets its cookie “sc”: say so in your privacy policy.',
				'app-inbox-for-esputnik'
			)
		);
	}
	if (consent === 'none') {
		return pass(
			__(
				'Tracking and recommendations start at once: you chose not to wait for consent.',
				'app-inbox-for-esputnik'
			)
		);
	}
	const seen = (await run.frontPage()).ok ? await run.glance() : null;
	if (!seen) {
		const front = await run.result('front-page');
		return front.status === 'fail' ? skippedFor('front-page') : front;
	}
	switch (seen.consent) {
		case 'no tool':
			return pass(
				sprintf(
					/* translators: %s: a consent category such as marketing. */
					__(
						'No consent plugin asks your visitors, so “%s” counts as allowed. Where the law wants consent, add a plugin that supports the WP Consent API.',
						'app-inbox-for-esputnik'
					),
					consent
				)
			);
		case 'allowed':
			return pass(
				sprintf(
					/* translators: %s: a consent category such as marketing. */
					__(
						'Your consent plugin is asked for “%s”. You have allowed it.',
						'app-inbox-for-esputnik'
					),
					consent
				)
			);
		case 'refused':
			return pass(
				sprintf(
					/* translators: %s: a consent category such as marketing. */
					__(
						'Your consent plugin is asked for “%s”. You have not allowed it, so tracking and recommendations are off for you. Where you get the bell, eSputnik’s script still records page views and sets its cookie “sc”.',
						'app-inbox-for-esputnik'
					),
					consent
				)
			);
		case 'broken':
			return fail({
				message: __(
					'Your consent plugin breaks when it is asked, so tracking and recommendations stay off for everyone.',
					'app-inbox-for-esputnik'
				),
				advice: __(
					'Update the consent plugin. The browser’s console on your front page names the error.',
					'app-inbox-for-esputnik'
				),
			});
	}
}
