import { createRequire } from 'node:module';

export type DomWindow = Pick<
	Window,
	'document' | 'runGtmTag' | 'runGtmContainer' | 'updateGtmConsent'
> & {
	Event: typeof Event;
	eval: (code: string) => unknown;
	[name: string]: unknown;
};

// jsdom has no types of its own.
const { JSDOM } = createRequire(import.meta.url)('jsdom') as {
	JSDOM: new (html: string, options: object) => { window: DomWindow };
};

/** A browser's window without a browser: a realm of its own, which loads no scripts. */
export const openWindow = (): DomWindow =>
	new JSDOM('<!doctype html><head></head>', { runScripts: 'outside-only' }).window;
