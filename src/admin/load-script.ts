import { __ } from '@wordpress/i18n';
import type { PageData } from './page-data.ts';

/**
 * Loads what few people need, a script of the plugin by its path there, and gives what it leaves
 * behind. Such a script stands alone, since what it shared with this one, this one would have to
 * keep apart. Its address comes from PHP: our own script may have been moved or combined. With the
 * version in it, an updated plugin gets no old script of a cache.
 */
export async function loadScript<Left>(
	path: string,
	{ pluginUrl, version }: PageData,
	left: () => Left | undefined
): Promise<Left> {
	return (
		left() ??
		new Promise((resolve, reject) => {
			const script = document.createElement('script');
			script.src = `${pluginUrl}/${path}?ver=${version}`;
			script.onload = () => {
				const found = left();
				// A firewall may have answered with something else.
				return found ? resolve(found) : reject();
			};
			script.onerror = reject;
			document.head.append(script);
		})
	);
}

export const notLoaded = () =>
	__(
		'This part of the page could not be loaded. Check your internet connection and try again; if the plugin has just been updated, reload the page.',
		'app-inbox-for-esputnik'
	);
