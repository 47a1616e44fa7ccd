import { __ } from '@wordpress/i18n';
import type { Part } from './report.ts';
import { fail, pass, type Finding } from './result.ts';
import { quoted } from './words.ts';

/** While the function has two secrets of the site's: when the older one can go; else ''. */
export function aboutPreviousSecret(part: Part | undefined): string {
	if (!part?.message.includes('IDENTITY_SECRET_PREVIOUS')) {
		return '';
	}
	return /remove it/.test(part.message)
		? __(
				'For a quarter of an hour nothing was signed with IDENTITY_SECRET_PREVIOUS: remove it from the function.',
				'app-inbox-for-esputnik'
			)
		: __(
				'IDENTITY_SECRET_PREVIOUS may still be needed: keep it until a quarter of an hour after your site has begun to sign with IDENTITY_SECRET.',
				'app-inbox-for-esputnik'
			);
}

export const isAboutNextKey = ({ message }: Part): boolean =>
	message.includes('ESPUTNIK_API_KEY_NEXT');

/** While the function has two keys of eSputnik's: whether the newer one can take the older one's place. */
export function nextKey({ status, message }: Part): Finding {
	if (status !== 'pass') {
		return {
			...fail({
				message: __(
					'The next API key cannot take the place of the present one yet.',
					'app-inbox-for-esputnik'
				),
				advice: [
					__(
						'Leave ESPUTNIK_API_KEY as it is, and mend ESPUTNIK_API_KEY_NEXT.',
						'app-inbox-for-esputnik'
					),
					quoted(message),
				].join(' '),
			}),
			// Visitors get their tokens by the other one.
			goesOn: true,
		};
	}
	return pass(
		/refuses ESPUTNIK_API_KEY /.test(message)
			? __(
					'eSputnik refuses the present API key, and accepts the next one.',
					'app-inbox-for-esputnik'
				)
			: __('eSputnik accepts the next API key too.', 'app-inbox-for-esputnik'),
		// Not before it has given a token.
		/Put the next key/.test(message)
			? __(
					'Put ESPUTNIK_API_KEY_NEXT in the place of ESPUTNIK_API_KEY and start the function again. Then switch the old key off in eSputnik.',
					'app-inbox-for-esputnik'
				)
			: ''
	);
}
