import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from '../site/browser.ts';
import { startSite, type Site, type SiteOptions } from '../site/site.ts';

interface Stoppable {
	stop: () => Promise<unknown>;
}

/**
 * Starts something before the tests around it, and stops it after them. What is given back is empty
 * until then: take nothing out of it but in hooks and tests.
 */
export function running<T extends Stoppable>(start: () => Promise<T>): T {
	const started = {} as T;
	beforeAll(async () => {
		Object.assign(started, await start());
	});
	afterAll(() => (started as Partial<T>).stop?.());
	return started;
}

/** With a browser beside it, which goes first in the end. */
export const withBrowser = <T extends Stoppable>(start: () => Promise<T>) =>
	running(async () => {
		const [server, browser] = await Promise.all([start(), launchBrowser()]);
		return {
			...server,
			browser,
			async stop() {
				await browser.close();
				await server.stop();
			},
		};
	});

export type SiteWithBrowser = Site & { browser: Browser };

/** A whole site, and a browser to visit it. */
export const withSite = (options: SiteOptions = {}): SiteWithBrowser =>
	withBrowser(() => startSite(options));
