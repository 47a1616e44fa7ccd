import type { Settings } from '../../settings/index.ts';

/** Where the bell goes on a site that has the block or the shortcode (plugin/includes/bell.php). */
export const BLOCK_PLACE = {
	selector: '.app-inbox-bell',
	position: 'beforeend',
} as const satisfies Partial<Settings['placement']>;
