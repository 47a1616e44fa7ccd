import type { Settings } from '../settings/schema.ts';

/** The type of Google's consent mode that means the same as a category of the WP Consent API. */
export const consentType = (consent: Settings['consent']): string => TYPES[consent];

const TYPES: Record<Settings['consent'], string> = {
	none: 'none',
	functional: 'functionality_storage',
	preferences: 'personalization_storage',
	'statistics-anonymous': 'analytics_storage',
	statistics: 'analytics_storage',
	marketing: 'ad_storage',
};
