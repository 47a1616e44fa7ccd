/**
 * Pages for the vendor script's tests, each a JSDOM of its own that loads the script by its address,
 * as browsers do. (vitest's jsdom environment has one window for all tests, and loads no scripts.)
 */
import { createRequire } from 'node:module';
import { expect, vi } from 'vitest';
import { requestsTo } from './requests.ts';
import type { Esputnik } from './server.ts';
import { accountOf, loader } from './snippets.ts';
import type { Evidence } from './vendor-script/main.ts';

export interface Page extends Omit<Window, 'eS'> {
	eS: ((...command: unknown[]) => void) & { q: unknown[]; c: (command: unknown) => void };
	__esputnik: Evidence;
	_esConfig: { orgId: number };
	KeyboardEvent: typeof KeyboardEvent;
}
// jsdom has no types of its own.
const { JSDOM, VirtualConsole } = createRequire(import.meta.url)('jsdom') as {
	JSDOM: new (html: string, options: object) => { window: Page & typeof globalThis };
	VirtualConsole: new () => { on: (event: string, listener: (text: string) => void) => void };
};

const opened = new Set<Page>();

export function closePages(): void {
	for (const page of opened) {
		opened.delete(page);
		page.close();
	}
}

/** Generous, since the time is only ever used up by what is broken. */
export const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 });

interface Visit {
	head?: string;
	body?: string;
	/** What more the page's window has. */
	globals?: object;
}

/** A page with the vendor's snippet, and whatever the page's own script does after it. */
export function visit(
	esputnik: Esputnik,
	after: string,
	{ head, body = '<header><nav></nav></header>', globals }: Visit = {}
) {
	const logged: string[] = [];
	const virtualConsole = new VirtualConsole();
	for (const level of ['warn', 'error', 'jsdomError']) {
		virtualConsole.on(level, (text) => logged.push(`${level}: ${text}`));
	}
	const { tokenOf } = requestsTo(esputnik);
	const pixels: string[] = [];
	const { window } = new JSDOM(
		`<!doctype html><html><head>${head ?? `<script>${loader(accountOf(esputnik.scriptUrl()))}</script>`}</head>
		<body>${body}<script>${after}</script></body></html>`,
		{
			url: 'https://shop.example/',
			runScripts: 'dangerously',
			resources: 'usable',
			virtualConsole,
			beforeParse(page: Page) {
				opened.add(page);
				Object.assign(page, {
					fetch: fetchFor(page),
					askEsputnik: (externalCustomerId: string) => tokenOf({ externalCustomerId }),
					...globals,
					Image: class {
						set src(address: string) {
							pixels.push(address);
						}
					},
				});
			},
		}
	);
	return { page: window, document: window.document, logged, pixels };
}

/** jsdom has no fetch. A page that was closed never hears of an answer, as in browsers. */
const fetchFor =
	(page: Page) =>
	async (...request: Parameters<typeof fetch>) => {
		const { ok, status, headers, text } = await fetch(...request).then(async (response) => ({
			ok: response.ok,
			status: response.status,
			headers: response.headers,
			text: await response.text(),
		}));
		if (!opened.has(page)) {
			return new Promise(() => undefined);
		}
		return { ok, status, headers, json: async () => JSON.parse(text) };
	};

/** An `init` of a visitor who is this contact; `askEsputnik` does what a site's back end does. */
export const initFor = (id: string, language = 'en') => `eS('init',
	{ APP_INBOX: true, RECOMS: false, TRACKING: false },
	{ getAuthTokenCallback: function () { return askEsputnik('${id}'); }, language: '${language}' });`;

/** The widget, parts of it, and its bell once that is there. */
export const hostOf = (document: Document) => document.querySelector('esputnik-inbox');
export const part = <T extends HTMLElement>(document: Document, selector: string) =>
	hostOf(document)?.shadowRoot?.querySelector<T>(selector) ?? null;

export async function bellOf(document: Document) {
	await until(() => expect(hostOf(document)).not.toBeNull());
	return part(document, '.bell') as HTMLElement;
}

export const started = ({ page }: { page: Page }) =>
	until(() => expect(page.__esputnik?.inits.length).toBeGreaterThan(0));
