import { __ } from '@wordpress/i18n';

/**
 * The admin's language for a text of `src/settings`, which only marks its texts for translation
 * (settings/text.ts). It is a variable here on purpose: the extractor found it there.
 */
export const translate = (text: string): string =>
	// eslint-disable-next-line @wordpress/i18n-no-variables
	__(text, 'app-inbox-for-esputnik');
