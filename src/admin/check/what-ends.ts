import { __ } from '@wordpress/i18n';
import type { Settings } from '../../settings/index.ts';
import type { Flags } from './snippets.ts';

/** What ends with a snippet that is removed, as the settings are; nothing to say where nothing does. */
export function whatEnds(init: Flags | null, features: Settings['features']): string {
	if (!init) {
		return features.recommendations && features.tracking
			? ''
			: __(
					'What that snippet switches on is not to be seen from here: if you use eSputnik’s recommendations or tracking, switch them on above, under “Script”, first.',
					'app-inbox-for-esputnik'
				);
	}
	const recommendations = init.RECOMS && !features.recommendations;
	const tracking = init.TRACKING && !features.tracking;
	if (recommendations && tracking) {
		return __(
			'That snippet switches recommendations and tracking on, and both would end with it: switch them on above, under “Script”, first.',
			'app-inbox-for-esputnik'
		);
	}
	if (recommendations) {
		return __(
			'That snippet switches recommendations on, which would end with it: switch them on above, under “Script”, first.',
			'app-inbox-for-esputnik'
		);
	}
	return tracking
		? __(
				'That snippet switches tracking on, which would end with it: switch it on above, under “Script”, first.',
				'app-inbox-for-esputnik'
			)
		: '';
}
