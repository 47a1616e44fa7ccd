import type { PageData } from '../page-data.ts';
import type { Guide } from './guide.tsx';

declare global {
	interface Window {
		/** Put there by a script of its own, guide-script.ts. */
		appInboxTagManager?: { Guide: typeof Guide };
	}
}

/**
 * Loads what few people need: the guide, with the sources of the template. It is a script that
 * stands alone, since what it shared with this one, this one would have to keep apart. Its address
 * comes from PHP: our own script may have been moved or combined. With the version in it, an updated
 * plugin gets no old guide of a cache.
 */
export function loadGuide({ pluginUrl, version }: PageData): Promise<{ Guide: typeof Guide }> {
	return new Promise((resolve, reject) => {
		const script = document.createElement('script');
		script.src = `${pluginUrl}/admin/tag-manager.js?ver=${version}`;
		script.onload = () => {
			const { appInboxTagManager: guide } = window;
			// A firewall may have answered with something else.
			return guide ? resolve(guide) : reject();
		};
		script.onerror = reject;
		document.head.append(script);
	});
}
