import { __, sprintf } from '@wordpress/i18n';
import type { Settings, SnippetResult } from '../settings/index.ts';
import { translate } from './translate.ts';

type Found = Extract<SnippetResult, { found: true }>;
type Flags = NonNullable<Found['init']>;

/** The features that a snippet's own `init` switches on; one that it leaves off stays as it is here. */
export function flagsSwitchedOn({ init }: Found): Partial<Settings['features']> {
	return {
		...(init?.RECOMS && { recommendations: true }),
		...(init?.TRACKING && { tracking: true }),
	};
}

/** What to say to a pasted text: what it does, and what changes if it is removed where it was. */
export function snippetAnswer(
	result: SnippetResult,
	pasted: string,
	{ script }: Pick<Settings, 'script'>
): string {
	if (!result.found) {
		return translate(result.message);
	}
	const found = sprintf(
		/* translators: %s: a host such as cdn.esputnik.com. */
		__('Your script is found, from %s.', 'app-inbox-for-esputnik'),
		result.scriptHost
	);
	if (result.init) {
		const sentences = [found, switchedOn(result.init), inbox(result.init, pasted)];
		if (script === 'ours') {
			sentences.push(removing());
		}
		return sentences.filter(Boolean).join(' ');
	}
	if (isCode(pasted)) {
		return `${found} ${startsElsewhere()}`;
	}
	return pasted.includes(result.scriptHost) ? found : `${found} ${noKey()}`;
}

/** Of a bare id nobody can tell it: the form of the vendor's keys is not published. */
const noKey = () =>
	__(
		'Make sure that it is the id of the script, and no API key: it stands in your pages for everybody to read.',
		'app-inbox-for-esputnik'
	);

/** An id or an address alone never had an `init` beside it. */
const isCode = (pasted: string) => /[<({]/.test(pasted);

const startsElsewhere = () =>
	__(
		"Its start, eS('init'), is not in this text but elsewhere on your site. Look for it: switch on below what it switches on. Where it says nothing of recommendations and tracking, eSputnik counts both as on.",
		'app-inbox-for-esputnik'
	);

function switchedOn({ RECOMS, TRACKING }: Flags): string {
	if (RECOMS && TRACKING) {
		return __(
			'The snippet switches on recommendations and tracking (eSputnik counts both as on where it does not say otherwise), so both are switched on below.',
			'app-inbox-for-esputnik'
		);
	}
	if (RECOMS) {
		return __(
			'The snippet switches on recommendations, so they are switched on below. Tracking is off in it, and stays as it is here.',
			'app-inbox-for-esputnik'
		);
	}
	return TRACKING
		? __(
				'The snippet switches on tracking, so it is switched on below. Recommendations are off in it, and stay as they are here.',
				'app-inbox-for-esputnik'
			)
		: __(
				'Recommendations and tracking are off in the snippet, and stay as they are here.',
				'app-inbox-for-esputnik'
			);
}

/** An App Inbox that somebody set up by hand, in the vendor's newer form of `init` or the older one. */
const inbox = ({ APP_INBOX }: Flags, pasted: string) =>
	APP_INBOX || /\bgetAuthTokenCallback\b/.test(pasted)
		? __(
				'It has an App Inbox set up by hand: this plugin takes its place, and the code of its getAuthTokenCallback can go.',
				'app-inbox-for-esputnik'
			)
		: '';

const removing = () =>
	__(
		'Once this is saved, you can remove the snippet from your theme, plugin or Tag Manager: nothing that it does is lost.',
		'app-inbox-for-esputnik'
	);
