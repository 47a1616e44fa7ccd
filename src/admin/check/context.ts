import type { Settings } from '../../settings/index.ts';
import type { PageData } from '../page-data.ts';

/** All that the checks know and can do. Everything of the browser is in here, so that tests can stand in for it. */
export interface Context {
	/** As stored: what visitors get. */
	settings: Settings;
	data: PageData;
	/** Of the page that runs the check. */
	origin: string;
	/** The marker of this browser's login, as pages of the site see it; undefined where there is none. */
	marker: () => string | undefined;
	/** What WordPress's REST API wants to see beside the cookies. */
	restNonce: () => string;
	fetch: (url: string, init: RequestInit) => Promise<Response>;
	/** Aborts after so many milliseconds. */
	timeout: (ms: number) => AbortSignal;
	pause: (ms: number) => Promise<void>;
	/** Below 1, and another one each time. */
	random: () => number;
	/** Milliseconds since 1970. */
	now: () => number;
	/** Loads a script where it can do nothing: in a hidden frame of no origin. */
	loadScript: (url: string, timeoutMs: number) => Promise<'loaded' | 'failed' | 'timeout'>;
	/** Opens a page of this origin in a hidden frame; resolves once it has loaded, or in the end. */
	openFrame: (url: string, timeoutMs: number) => Promise<Frame>;
	parseHtml: (html: string) => Document;
	/** SHA-256, -384 or -512 as base64; null where the browser has none (on plain http). */
	digest: (algorithm: string, text: string) => Promise<string | null>;
}

export interface Frame {
	/** What is to be seen in it now, as `frameSchema` describes it; null where the browser does not let us look. */
	look: () => unknown;
	close: () => void;
}
