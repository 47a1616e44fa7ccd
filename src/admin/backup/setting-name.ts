import { __ } from '@wordpress/i18n';

/** What the form calls a setting; a path that it does not know stays as it is. */
export function settingName(path: string): string {
	const [group = ''] = path.split('.');
	return names()[path] ?? names()[group] ?? path;
}

const names = (): Record<string, string> => ({
	scriptId: __('Script id', 'app-inbox-for-esputnik'),
	scriptHost: __('Loaded from', 'app-inbox-for-esputnik'),
	script: __('Who loads the script', 'app-inbox-for-esputnik'),
	features: __('What it does on your site', 'app-inbox-for-esputnik'),
	endpoint: __('Address of the token function', 'app-inbox-for-esputnik'),
	language: __('Language', 'app-inbox-for-esputnik'),
	consent: __('Consent', 'app-inbox-for-esputnik'),
	placement: __('Bell', 'app-inbox-for-esputnik'),
	'placement.selector': __('Element', 'app-inbox-for-esputnik'),
	'placement.position': __('Position', 'app-inbox-for-esputnik'),
	'placement.icon': __('Picture (SVG)', 'app-inbox-for-esputnik'),
	excludedRoles: __('Roles without an inbox', 'app-inbox-for-esputnik'),
});
