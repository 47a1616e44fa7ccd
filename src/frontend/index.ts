import type { FrontendConfig } from '../settings/frontend-config.ts';
import { start } from './inbox.ts';
import { status, type Status } from './status.ts';

/** `window.appInbox`. */
export interface AppInbox {
	/** Starts once for each page; called again it does nothing. Never throws. */
	init: (config: FrontendConfig) => void;
	status: () => Status;
}

declare global {
	interface Window {
		appInbox?: AppInbox;
	}
	/** The project's version, put in by the build. */
	const VERSION: string;
	/**
	 * Put in by the build: true in the copy that WordPress prints into its pages, which leaves out what
	 * only other sites use, an identity given by the page and an address beside the script's own.
	 */
	const INLINE: boolean;
}

/** The URL of this very script, or of the page in which it stands; '' where it always stands in one. */
export const base = INLINE
	? ''
	: (document.currentScript as HTMLScriptElement | null)?.src || location.href;
let started = false;

// Printed twice, or loaded beside the plugin, the first copy stays; an element with that id does not.
if (!window.appInbox?.init) {
	window.appInbox = {
		status,
		init(config) {
			// Nothing that goes wrong here may become an error of the page that we are a guest on.
			try {
				if (config.scriptId && !started) {
					started = true;
					start(config, base);
				}
			} catch {}
		},
	};
}
