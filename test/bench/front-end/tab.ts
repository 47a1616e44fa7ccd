import type { Browser, Page } from 'playwright-core';
import type { Shop } from './shop.ts';
import { MARKER, type Kind } from './pages.ts';

/** What one page cost. Times are milliseconds from the navigation on, by the page's own clock. */
export interface Cost {
	/** Until the page was parsed and its deferred scripts had run. */
	parsed: number;
	/** Until `init` reached the vendor's script; NaN where none did. */
	init: number;
	/** Until the bell was in the page; NaN where there was none. */
	bell: number;
	/** Milliseconds of the page's main thread: all that it did, and its scripts alone. */
	mainThread: number;
	scripts: number;
	/** Requests to the site, the page's own among them, and to others. */
	ownRequests: number;
	foreignRequests: number;
}

/** A tab of a browser that knows nothing yet, but a login where there is one. */
export interface Tab {
	/** Opens a page, and waits for its bell where it gets one. */
	open: (kind: Kind) => Promise<Cost>;
	/** Opens ours with a bell that comes after the first paint: by how much the page shifts. */
	shiftByBell: (kind: Kind) => Promise<number>;
	close: () => Promise<void>;
}

/** Runs first in each page: notes when init and the bell come, and what shifts. */
const STAMPS = `{
	const at = { shift: 0 };
	at.bellThere = new Promise((resolve) => {
		new MutationObserver((_changes, observer) => {
			if (document.querySelector('esputnik-inbox')) {
				at.bell = performance.now();
				observer.disconnect();
				resolve();
			}
		}).observe(document, { childList: true, subtree: true });
	});
	let evidence;
	Object.defineProperty(window, '__esputnik', {
		get: () => evidence,
		set(value) {
			evidence = value;
			value.inits.push = function (init) {
				at.init ??= performance.now();
				return Array.prototype.push.call(this, init);
			};
		},
	});
	new PerformanceObserver((list) => {
		for (const { value } of list.getEntries()) {
			at.shift += value;
		}
	}).observe({ type: 'layout-shift', buffered: true });
	window.benchStamps = at;
}`;

/** After the next frame all that the page has done is drawn and noted. */
const DRAWN = `new Promise((resolve) =>
	requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))`;

const PAINTED = `new Promise((resolve) =>
	new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint').length && resolve())
		.observe({ type: 'paint', buffered: true }))`;

const BELL_THERE = `Promise.race([
	benchStamps.bellThere,
	new Promise((_, reject) => setTimeout(() => reject(new Error('No bell came.')), 20_000)),
])`;

export async function openTab(browser: Browser, shop: Shop, member: boolean): Promise<Tab> {
	const context = await browser.newContext();
	if (member) {
		await context.addCookies([{ name: 'app_inbox_user', value: MARKER, url: shop.url }]);
	}
	await context.addInitScript({ content: STAMPS });
	const page = await context.newPage();
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	const metrics = await context.newCDPSession(page);
	await metrics.send('Performance.enable');
	const bellThere = (kind: Kind) =>
		member && kind !== 'none' ? page.evaluate(BELL_THERE) : undefined;

	return {
		async open(kind) {
			asked.length = 0;
			await page.goto(shop.pageUrl(kind));
			await bellThere(kind);
			await page.evaluate(DRAWN);
			const { metrics: counted } = await metrics.send('Performance.getMetrics');
			const milliseconds = (name: string) =>
				1000 * counted.find((metric) => metric.name === name)!.value;
			const own = asked.filter((url) => url.startsWith(`${shop.url}/`)).length;
			return {
				...(await stampsOf(page)),
				mainThread: milliseconds('TaskDuration'),
				scripts: milliseconds('ScriptDuration'),
				ownRequests: own,
				foreignRequests: asked.length - own,
			};
		},
		async shiftByBell(kind) {
			const release = shop.holdTokens();
			await page.goto(shop.pageUrl(kind));
			await page.evaluate(PAINTED);
			release();
			await bellThere(kind);
			await page.evaluate(DRAWN);
			return page.evaluate<number>('benchStamps.shift');
		},
		close: () => context.close(),
	};
}

const stampsOf = (page: Page) =>
	page.evaluate<Pick<Cost, 'parsed' | 'init' | 'bell'>>(`({
		parsed: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
		init: benchStamps.init ?? NaN,
		bell: benchStamps.bell ?? NaN,
	})`);
