import { __ } from '@wordpress/i18n';

/** The pictures to choose from, drawn for this plugin; each is what is stored of it. */
export const ICONS = {
	bell: drawing('<path d="M6 9a6 6 0 0 1 12 0c0 6 2 7 2 8H4c0-1 2-2 2-8z"/>' + clapper()),
	filled: drawing(
		'<path fill="currentColor" d="M6 9a6 6 0 0 1 12 0c0 6 2 7 2 8H4c0-1 2-2 2-8z"/>' + clapper()
	),
	ringing: drawing(
		'<path d="M7 10a5 5 0 0 1 10 0c0 5 2 6 2 7H5c0-1 2-2 2-7zM2 9c0-3 1-5 3-6M22 9c0-3-1-5-3-6"/>' +
			clapper()
	),
	envelope: drawing(
		'<path d="M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM3 7l9 6 9-6"/>'
	),
	bubble: drawing(
		'<path d="M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM8 10.5h8"/>'
	),
	gift: drawing(
		'<path d="M5 12v8h14v-8M3 8h18v4H3zM12 8v12M12 8C7 8 6 3 9 3c2 0 3 3 3 5zM12 8c5 0 6-5 3-5-2 0-3 3-3 5z"/>'
	),
} as const;
export type IconName = keyof typeof ICONS;
export const ICON_NAMES = Object.keys(ICONS) as IconName[];

/** Which of them a stored picture is. */
export const iconNameOf = (svg: string): IconName | undefined =>
	ICON_NAMES.find((name) => ICONS[name] === svg);

export function iconLabel(name: IconName): string {
	switch (name) {
		case 'bell':
			return __('Plain bell', 'app-inbox-for-esputnik');
		case 'filled':
			return __('Filled bell', 'app-inbox-for-esputnik');
		case 'ringing':
			return __('Ringing bell', 'app-inbox-for-esputnik');
		case 'envelope':
			return __('Envelope', 'app-inbox-for-esputnik');
		case 'bubble':
			return __('Speech bubble', 'app-inbox-for-esputnik');
		case 'gift':
			return __('Gift', 'app-inbox-for-esputnik');
	}
}

/** In the text's colour, and of a size by itself: whoever puts it into a page need not know one. */
function drawing(paths: string): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;
}

function clapper(): string {
	return '<path d="M10 20a2 2 0 0 0 4 0"/>';
}
