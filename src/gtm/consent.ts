import type { Settings } from '../settings/schema.ts';
import type { FieldSource, SelectItem, TemplateSources } from './sources.ts';

/** The type of Google's consent mode that means the same as a category of the WP Consent API. */
export const consentType = (consent: Settings['consent']): string => TYPES[consent];

/** The category that means the same as a type of Google's, or as `none`; undefined for another text. */
export const consentOf = (type: string): Settings['consent'] | undefined =>
	CATEGORIES.find((category) => TYPES[category] === type);

/** Google's types that a tag may wait for, and `none`, as the template's field offers them. */
export const consentChoices = ({ fields }: TemplateSources): SelectItem[] =>
	find(fields, 'consent')!.selectItems as SelectItem[];

const TYPES: Record<Settings['consent'], string> = {
	none: 'none',
	functional: 'functionality_storage',
	preferences: 'personalization_storage',
	statistics: 'analytics_storage',
	'statistics-anonymous': 'analytics_storage',
	marketing: 'ad_storage',
};
/** Of two for one type the first one counts. */
const CATEGORIES = Object.keys(TYPES) as Settings['consent'][];

const find = (fields: FieldSource[], name: string): FieldSource | undefined =>
	fields
		.map((field) => (field.name === name ? field : find(field.subParams ?? [], name)))
		.find(Boolean);
