import { parseSettings, type Settings } from '../settings/index.ts';
import { sanitizeIcon } from './sanitize-icon.ts';

/** The form's content as WordPress gets it: tidied and valid, or an error for each wrong field. */
export function settingsToSend(draft: Settings): ReturnType<typeof parseSettings> {
	const icon = sanitizeIcon(draft.placement.icon);
	const result = parseSettings({
		...draft,
		scriptId: draft.scriptId.trim(),
		endpoint: draft.endpoint.trim(),
		placement: {
			...draft.placement,
			selector: draft.placement.selector.trim(),
			icon: icon.ok ? icon.svg : '',
		},
	});
	if (icon.ok) {
		return result;
	}
	return {
		ok: false,
		errors: { ...(result.ok ? {} : result.errors), 'placement.icon': icon.message },
	};
}
