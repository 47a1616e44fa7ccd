import { createConsent, type Consent, type ConsentState } from './consent.ts';

/** What one web page and its Tag Manager share between all tags and all their firings. */
export interface GtmPage {
	window: Record<string, unknown>;
	consent: Consent;
	loadScript: LoadScript;
	/** Puts the text of a Custom HTML tag into the page, where its scripts run. */
	insertHtml: (html: string) => void;
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
	/** Default: into a page that shows nothing. */
	insertHtml?: (html: string) => void;
	consent?: Record<string, ConsentState>;
	later?: (run: () => void) => void;
	now?: () => number;
	preview?: boolean;
}

export const openGtmPage = ({
	window = {},
	loadScript,
	insertHtml = () => {},
	consent = {},
	later = (run) => void Promise.resolve().then(run),
	now = Date.now,
	preview = true,
}: PageOptions): GtmPage => ({
	window: window as Record<string, unknown>,
	consent: createConsent(consent),
	loadScript,
	insertHtml,
	scripts: new Map(),
	storages: new Map(),
	later,
	now,
	preview,
});
