import { createConsent, type Consent, type ConsentState } from './consent.ts';

/** What one web page and its Tag Manager share between all tags and all their firings. */
export interface GtmPage {
	window: Record<string, unknown>;
	consent: Consent;
	loadScript: LoadScript;
	/** Scripts by cache token. */
	scripts: Map<string, CachedScript>;
	/** `templateStorage` by template. */
	storages: Map<string, Map<string, unknown>>;
	/** Runs something when the code that runs now has ended. */
	later: (run: () => void) => void;
	now: () => number;
	/** Preview mode: logs of the environment `debug` appear. */
	preview: boolean;
}

export type LoadScript = (url: string, loaded: () => void, failed: () => void) => void;
export type CachedScript = 'loaded' | { loaded: () => void; failed: () => void }[];

export interface PageOptions {
	/** A browser's window, a DOM's, or any object. */
	window?: object;
	loadScript: LoadScript;
	consent?: Record<string, ConsentState>;
	later?: (run: () => void) => void;
	now?: () => number;
	preview?: boolean;
}

export const openGtmPage = ({
	window = {},
	loadScript,
	consent = {},
	later = (run) => void Promise.resolve().then(run),
	now = Date.now,
	preview = true,
}: PageOptions): GtmPage => ({
	window: window as Record<string, unknown>,
	consent: createConsent(consent),
	loadScript,
	scripts: new Map(),
	storages: new Map(),
	later,
	now,
	preview,
});
