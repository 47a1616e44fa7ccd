import { __, sprintf } from '@wordpress/i18n';
import type { Settings, SnippetResult } from '../settings/index.ts';
import { translate } from './translate.ts';

type Found = Extract<SnippetResult, { found: true }>;

/** The features that a snippet's own `init` switches on; one that it leaves off stays as it is here. */
export function flagsSwitchedOn({ init }: Found): Partial<Settings['features']> {
	return {
		...(init?.RECOMS && { recommendations: true }),
		...(init?.TRACKING && { tracking: true }),
	};
}

/** What to say to a pasted text. */
export function snippetAnswer(result: SnippetResult): string {
	if (!result.found) {
		return translate(result.message);
	}
	const found = sprintf(
		/* translators: %s: a host such as cdn.esputnik.com. */
		__('Your script is found, from %s.', 'app-inbox-for-esputnik'),
		result.scriptHost
	);
	const switchedOn = switchedOnSentence(flagsSwitchedOn(result));
	return switchedOn ? `${found} ${switchedOn}` : found;
}

function switchedOnSentence({ recommendations, tracking }: Partial<Settings['features']>): string {
	if (recommendations && tracking) {
		return __(
			'The snippet uses recommendations and tracking, so both are switched on below.',
			'app-inbox-for-esputnik'
		);
	}
	if (recommendations) {
		return __(
			'The snippet uses recommendations, so they are switched on below.',
			'app-inbox-for-esputnik'
		);
	}
	return tracking
		? __('The snippet uses tracking, so it is switched on below.', 'app-inbox-for-esputnik')
		: '';
}
