import { SCRIPT_HOSTS, type Settings } from '../settings/schema.ts';
import { consentType } from './consent.ts';
import type { GtmSettings } from './settings.ts';
import type { Edition, FieldSource, SelectItem, SelectList, TemplateSources } from './sources.ts';

/** The values of the template's fields, by name, as the tag's code gets them in `data`. */
export interface FieldValues {
	scriptId: string;
	scriptHost: string;
	keepSnippet: boolean;
	language: string;
	appInbox: boolean;
	recommendations: boolean;
	tracking: boolean;
	identity: string;
	identityUrl: string;
	consent: string;
	debug: boolean;
}

/** The settings as fields. Who the visitor is no setting can say: a variable does. */
export const fieldValues = (
	settings: Omit<GtmSettings, 'endpoint'>,
	identity = ''
): FieldValues => ({
	scriptId: settings.scriptId,
	scriptHost: settings.scriptHost,
	keepSnippet: settings.script === 'site',
	language: settings.language,
	...settings.features,
	identity,
	identityUrl: settings.identityUrl,
	consent: consentType(settings.consent),
	debug: false,
});

/** The TEMPLATE_PARAMETERS section: the fields of this edition, with these values as defaults. */
export function fields(sources: TemplateSources, edition: Edition, values: FieldValues): unknown[] {
	const lists: Record<SelectList, SelectItem[]> = {
		scriptHosts: SCRIPT_HOSTS.map((host) => ({ value: host, displayValue: host })),
		languages: [
			{ value: 'auto' satisfies Settings['language'], displayValue: 'Same as the page' },
			...Object.entries(sources.languages).map(([code, name]) => ({
				value: code,
				displayValue: `${name} (${code})`,
			})),
		],
	};
	const complete = ({ editions: _editions, ...field }: FieldSource): unknown => {
		const value = (values as unknown as Record<string, unknown>)[field.name];
		return {
			...field,
			...(value !== undefined && value !== '' && { defaultValue: value }),
			...(typeof field.selectItems === 'string' && {
				selectItems: lists[field.selectItems],
			}),
			...(field.subParams && { subParams: field.subParams.map(complete) }),
		};
	};
	return sources.fields
		.filter(({ editions }) => !editions || editions.includes(edition))
		.map(complete);
}
