import type { Check } from './stage.ts';

/** Of each link, where everything is as it should be and nobody shows a credential. */
export const ALL_PASS = {
	environment: 'pass',
	keys: 'pass',
	'vendor-key': 'pass',
	contact: 'pass',
	endpoint: 'pass',
	origin: 'pass',
	refusal: 'pass',
	loader: 'pass',
	token: 'skip',
};

export const statuses = (checks: Check[]) =>
	Object.fromEntries(checks.map(({ id, status }) => [id, status]));
