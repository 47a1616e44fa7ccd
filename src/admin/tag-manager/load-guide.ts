import { loadScript } from '../load-script.ts';
import type { PageData } from '../page-data.ts';
import type { Guide } from './guide.tsx';

declare global {
	interface Window {
		/** Put there by a script of its own, guide-script.ts. */
		appInboxTagManager?: { Guide: typeof Guide };
	}
}

/** Loads the guide, with the sources of the template. */
export const loadGuide = (data: PageData) =>
	loadScript('admin/tag-manager.js', data, () => window.appInboxTagManager);
