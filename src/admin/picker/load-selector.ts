import { loadScript } from '../load-script.ts';
import type { PageData } from '../page-data.ts';
import type { robustSelector } from './robust-selector.ts';

export type RobustSelector = typeof robustSelector;

declare global {
	interface Window {
		/** Put there by a script of its own, selector-script.ts. */
		appInboxPicker?: { robustSelector: RobustSelector };
	}
}

/** Loads what finds selectors: half of it is a library, and only the open picker needs it. */
export const loadSelector = (data: PageData) =>
	loadScript('admin/selector.js', data, () => window.appInboxPicker);
