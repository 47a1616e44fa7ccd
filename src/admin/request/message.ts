import { __, sprintf } from '@wordpress/i18n';
import { defaultSettings, type Settings } from '../../settings/index.ts';
import { settingsToSend } from '../settings-to-send.ts';

/** Of the vendor's own set-up page: the address to ask for a script with App Inbox. */
const SUPPORT_EMAIL = 'support@esputnik.com';

export const ICON_FILE = 'bell.svg';

/** What the owner sends to eSputnik, in the admin's language. */
export interface Request {
	subject: string;
	/** All that eSputnik's team needs, but for the icon's file. */
	text: string;
	/** An SVG, or '' for eSputnik's own bell. */
	icon: string;
}

/** What stands in the way of the request. */
export type Missing = 'script' | 'selector' | 'mended-fields';

/** The request, from what is in the form, or what is missing for it. */
export function requestFrom(
	draft: Settings,
	siteUrl: string
): { ok: true; request: Request } | { ok: false; missing: Missing[] } {
	// A wrong value elsewhere in the form is no reason to wait.
	const { scriptId, placement } = draft;
	const sent = settingsToSend({ ...defaultSettings(), scriptId, placement });
	if (!sent.ok || sent.settings.scriptId === '' || sent.settings.placement.selector === '') {
		return {
			ok: false,
			missing: [
				...(scriptId.trim() === '' ? (['script'] as const) : []),
				...(placement.selector.trim() === '' ? (['selector'] as const) : []),
				...(sent.ok ? [] : (['mended-fields'] as const)),
			],
		};
	}
	const { settings } = sent;
	return {
		ok: true,
		request: {
			subject: sprintf(
				/* translators: %s: the site's address. */
				__('App Inbox bell for %s', 'app-inbox-for-esputnik'),
				siteUrl
			),
			text: messageText(settings, siteUrl),
			icon: settings.placement.icon,
		},
	};
}

const messageText = ({ scriptId, placement }: Settings, siteUrl: string): string =>
	[
		__('Hello!', 'app-inbox-for-esputnik'),
		'',
		__('Please put the App Inbox bell on our site.', 'app-inbox-for-esputnik'),
		'',
		/* translators: %s: the site's address. */
		sprintf(__('Site: %s', 'app-inbox-for-esputnik'), siteUrl),
		/* translators: %s: 32 hexadecimal digits. */
		sprintf(__('Script id: %s', 'app-inbox-for-esputnik'), scriptId),
		sprintf(
			/* translators: %s: a CSS selector. */
			__('CSS selector: %s', 'app-inbox-for-esputnik'),
			placement.selector.replace(/\s+/g, ' ')
		),
		sprintf(
			/* translators: 1: a word such as beforeend, 2: what it means. */
			__('Position: %1$s (%2$s)', 'app-inbox-for-esputnik'),
			placement.position,
			positionMeaning(placement.position)
		),
		placement.icon
			? /* translators: %s: a file's name. */
				sprintf(__('Icon: the attached file %s', 'app-inbox-for-esputnik'), ICON_FILE)
			: __('Icon: your usual bell', 'app-inbox-for-esputnik'),
		'',
		__(
			'The plugin “App Inbox for eSputnik” loads the script, calls init and gives it getAuthTokenCallback: nothing else is to be added to the site.',
			'app-inbox-for-esputnik'
		),
		'',
		__('Thank you!', 'app-inbox-for-esputnik'),
	].join('\n');

/** The message with the icon's code, for a chat or a form that takes no file. */
export const withIconCode = ({ text, icon }: Request): string =>
	icon
		? `${text}\n\n${sprintf(
				/* translators: %s: a file's name. */
				__('The code of %s:', 'app-inbox-for-esputnik'),
				ICON_FILE
			)}\n${icon}`
		: text;

/** Windows hands longer addresses to no mail program. */
const MAX_URL = 2000;

/**
 * The message as a mailto: link. Where it is too long for one (a letter that is not Latin counts
 * six times), the e-mail asks for the copied message instead.
 */
export function mailtoOf({ subject, text }: Request): { url: string; complete: boolean } {
	// RFC 6068: lines end with CR LF.
	const url = (body: string) =>
		`mailto:${SUPPORT_EMAIL}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(
			body.replaceAll('\n', '\r\n')
		)}`;
	const whole = url(text);
	return whole.length <= MAX_URL
		? { url: whole, complete: true }
		: {
				url: url(
					__('(Paste the message here: it is copied already.)', 'app-inbox-for-esputnik')
				),
				complete: false,
			};
}

function positionMeaning(position: Settings['placement']['position']): string {
	switch (position) {
		case 'beforebegin':
			return __('just before the element', 'app-inbox-for-esputnik');
		case 'afterbegin':
			return __('inside the element, at its start', 'app-inbox-for-esputnik');
		case 'beforeend':
			return __('inside the element, at its end', 'app-inbox-for-esputnik');
		case 'afterend':
			return __('just after the element', 'app-inbox-for-esputnik');
	}
}
