/**
 * Pages for the front end's tests, each a JSDOM of its own without network, in which nothing happens
 * but what a test does: answers, time and the vendor script are the test's.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { AppInbox } from '../../src/frontend/index.ts';
import { MARKER_COOKIE, type FrontendConfig } from '../../src/settings/frontend-config.ts';
import type { Status } from '../../src/frontend/status.ts';
import { accountOf, loader } from '../esputnik/snippets.ts';
import { stopTime } from './clock.ts';

type EsFunction = ((...command: unknown[]) => void) & { q: unknown[][][]; c: unknown };
export type PageWindow = Omit<Window & typeof globalThis, 'eS'> & {
	appInbox: AppInbox;
	eS: EsFunction;
};

// jsdom has no types of its own.
const { JSDOM, VirtualConsole } = createRequire(import.meta.url)('jsdom') as {
	JSDOM: new (html: string, options: object) => { window: PageWindow };
	VirtualConsole: new () => { on: (event: string, listener: (text: unknown) => void) => void };
};

export const ID = '0123456789ABCDEF0123456789ABCDEF';
export const SCRIPT = `https://cdn.esputnik.com/scripts/${ID}.js`;
/** Thirty digits that stand for a login, and the marker cookie which WordPress makes of them. */
export const LOGIN = '5f4dcc3b5aa765d61d8327deb882cf';
export const OTHER_LOGIN = '25f9e794323b453885f5181f1b624d';
const markerOf = (login: string) => `${MARKER_COOKIE}=${btoa(login)}`;
export const MARKER = markerOf(LOGIN);
export const OTHER_MARKER = markerOf(OTHER_LOGIN);
export const VERSION = '1.2.3';

async function bundle(entry: string, inline: boolean): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [join(import.meta.dirname, `../../src/frontend/${entry}.ts`)],
		bundle: true,
		format: 'iife',
		target: 'es2021',
		define: { VERSION: JSON.stringify(VERSION), INLINE: String(inline) },
		tsconfigRaw: {},
		write: false,
	});
	return outputFiles[0]!.text;
}

/** What WordPress prints into its pages, and what the token function serves to others. */
export const INLINE = await bundle('index', true);
const LOADER = await bundle('loader', false);
/** What stands beside it where a consent may be withdrawn. */
export const CONSENT = await bundle('consent', false);

/** A request that the page made. */
export interface Asked {
	method: string;
	url: string;
	headers: Record<string, string>;
	body: unknown;
	credentials: RequestCredentials | undefined;
}
interface Response {
	/** Where it came from in the end; by default, whoever was asked. */
	url?: string;
	status?: number;
	body?: string;
	headers?: Record<string, string>;
}
/** An error: the network's. */
export type Settled = Response | Error;
export type Answer = Settled | Promise<Settled>;

interface Options {
	/** The cookies, as `document.cookie` has them. */
	cookie?: string;
	lang?: string;
	/** What the head has before anything runs. */
	head?: string;
	url?: string;
	/** The address that the front end is loaded from; by default it stands in the page. */
	src?: string;
	/** The page belongs to no WordPress: it loads the token function’s loader. */
	elsewhere?: boolean;
	source?: string;
	/** What `fetch` does; by default no request is expected. */
	answer?: (asked: Asked) => Answer;
	/** Runs before the front end. */
	before?: (window: PageWindow) => void;
}

export type Page = ReturnType<typeof openPage>;

export function openPage(options: Options = {}) {
	const logged: string[] = [];
	const virtualConsole = new VirtualConsole();
	for (const level of ['debug', 'log', 'info', 'warn', 'error', 'jsdomError']) {
		virtualConsole.on(level, (text) => logged.push(`${level}: ${text}`));
	}
	const { window } = new JSDOM(
		`<!doctype html><html lang="${options.lang ?? 'uk-UA'}">
		<head>${options.head ?? ''}<script id="ours"></script></head><body></body></html>`,
		{
			url: options.url ?? 'https://shop.example/blog/post',
			runScripts: 'outside-only',
			virtualConsole,
		}
	);
	const { document } = window;
	const clock = stopTime(window);
	const asked: Asked[] = [];
	const statuses: Status[] = [];
	let readyState = 'loading';
	let cookie = options.cookie ?? '';

	/** Defines what the page finds under a name of its document. */
	const define = (name: string, get: () => unknown) =>
		Object.defineProperty(document, name, { get, configurable: true });
	define('readyState', () => readyState);
	define('cookie', () => cookie);
	define('currentScript', () => (options.src ? { src: options.src } : null));
	// The parser's own event comes at a time of its own.
	window.addEventListener(
		'DOMContentLoaded',
		(event) => readyState === 'loading' && event.stopImmediatePropagation(),
		true
	);
	document.addEventListener('app-inbox:status', (event) =>
		statuses.push((event as CustomEvent<Status>).detail)
	);
	window.Math.random = () => 0.5;
	window.fetch = ((address: string | URL, init: RequestInit = {}) => {
		const request = {
			method: init.method ?? 'GET',
			url: new URL(address, document.baseURI).href,
			headers: { ...(init.headers as Record<string, string>) },
			body: init.body,
			credentials: init.credentials,
		};
		asked.push(request);
		if (!options.answer) {
			throw new Error(`Nobody expected ${request.method} ${request.url}`);
		}
		return respond(options.answer(request), request.url);
	}) as typeof fetch;
	options.before?.(window);
	const run = (code: string) => window.eval(code);
	run(options.source ?? (options.src || options.elsewhere ? LOADER : INLINE));

	return {
		window,
		document,
		clock,
		/** Everything written to the console. */
		logged,
		asked,
		statuses,
		run,
		init: (config: Partial<FrontendConfig> = {}) =>
			window.appInbox.init({ scriptId: ID, ...config }),
		setCookie: (text: string) => (cookie = text),
		/** The page is parsed. */
		ready() {
			readyState = 'interactive';
			document.dispatchEvent(new window.Event('DOMContentLoaded', { bubbles: true }));
		},
		/** The vendor's own snippet, with somebody's call of `init` after it. */
		foreignSnippet: (init = '', address = SCRIPT) =>
			run(`${loader(accountOf(address))} ${init}`),
		/** The addresses of the vendor's scripts, in the document's order. */
		vendorScripts: () =>
			[...document.scripts].map(({ src }) => src).filter((src) => src.includes('/scripts/')),
		/** The commands that wait in the queue. */
		queued: () => window.eS.q.map(([command]) => Array.from(command!)),
		loadVendor: (takeOver?: TakeOver) => loadVendor(window, takeOver),
		/** The callback that the waiting `init` has. */
		callback: () =>
			(window.eS.q[0]![0]![2] as { getAuthTokenCallback: () => Promise<string> })
				.getAuthTokenCallback,
	};
}

/** What the vendor script may put its own in the place of. */
export const TAKE_OVERS = ['c', 'q', 'both'] as const;
export type TakeOver = (typeof TAKE_OVERS)[number];

/**
 * What the vendor script does when it runs: it drains `eS.q` and puts its own in place of `c`, of `q` or
 * of both. Returns what reaches it, from then on too.
 */
export function loadVendor(
	window: Pick<PageWindow, 'eS'>,
	takeOver: TakeOver = 'both'
): unknown[][] {
	const received: unknown[][] = [];
	const take = (command: ArrayLike<unknown>) => void received.push(Array.from(command));
	window.eS ??= function (...command: unknown[]) {
		take(command);
	} as EsFunction;
	const waiting = window.eS.q ?? [];
	Object.assign(window.eS, {
		...(takeOver !== 'q' && { c: take }),
		...(takeOver !== 'c' && { q: { push: ([command]: [[]]) => take(command) } }),
	});
	for (const [command] of waiting.splice(0)) {
		take(command!);
	}
	return received;
}

async function respond(answer: Answer, asked: string) {
	const given = await answer;
	if (given instanceof Error) {
		throw given;
	}
	const { url = asked, status = 200, body = '', headers = {} } = given;
	return {
		url,
		status,
		ok: status >= 200 && status < 300,
		headers: new Headers(headers),
		text: async () => body,
		json: async () => JSON.parse(body),
	};
}
