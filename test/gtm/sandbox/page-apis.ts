import type { Border } from './convert.ts';
import { readDataLayer } from './data-layer.ts';
import type { GtmPage } from './page.ts';

type Callback = () => void;
const ignore = () => {};

/** Scripts, consent, the data layer, storage and time. Permissions are checked before. */
export function pageApis(
	page: GtmPage,
	templateId: string,
	{ toSandbox }: Border,
	enter: (run: () => unknown) => unknown
) {
	const storage = page.storages.get(templateId) ?? new Map<string, unknown>();
	page.storages.set(templateId, storage);
	const callback = (value: unknown): Callback =>
		typeof value === 'function' ? () => void enter(() => value()) : ignore;

	return {
		injectScript(url: string, success?: unknown, failure?: unknown, token?: string) {
			const asked = { loaded: callback(success), failed: callback(failure) };
			if (token === undefined) {
				page.loadScript(url, asked.loaded, asked.failed);
			} else {
				injectOnce(page, url, token, asked);
			}
		},
		copyFromDataLayer: (key: string, version?: number) =>
			toSandbox(readDataLayer(page.window.dataLayer, key, version)),
		getCookieValues: (name: string, decode = true) => cookieValues(page, name, decode),
		isConsentGranted: (type: string) => page.consent.isGranted(type),
		addConsentListener: (type: string, listener: (type: string, granted: boolean) => void) =>
			page.consent.onChange(
				type,
				(changed, granted) => void enter(() => listener(changed, granted))
			),
		templateStorage: {
			getItem: (key: string) => storage.get(key) ?? null,
			setItem: (key: string, value: unknown) => void storage.set(key, value),
			removeItem: (key: string) => void storage.delete(key),
			clear: () => storage.clear(),
		},
		getContainerVersion: () => ({
			containerId: 'GTM-SANDBOX',
			debugMode: page.preview,
			environmentName: '',
			environmentMode: false,
			previewMode: page.preview,
			version: '1',
		}),
		callLater: (run: unknown) => page.later(callback(run)),
		getTimestampMillis: () => page.now(),
	};
}

/** Of the cookies that the page's scripts can see. */
function cookieValues({ window }: GtmPage, name: string, decode: boolean): string[] {
	const { cookie = '' } = Object(window.document) as { cookie?: string };
	return cookie
		.split('; ')
		.filter((pair) => pair.startsWith(`${name}=`))
		.map((pair) => pair.slice(name.length + 1))
		.map((value) => (decode ? decoded(value) : value));
}

function decoded(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}

/** All that ask under one token share one script; after a failure the next one tries again. */
function injectOnce(
	{ scripts, loadScript, later }: GtmPage,
	url: string,
	token: string,
	asked: { loaded: Callback; failed: Callback }
) {
	const cached = scripts.get(token);
	if (cached === 'loaded') {
		later(asked.loaded);
		return;
	}
	if (cached) {
		cached.push(asked);
		return;
	}
	const waiting = [asked];
	scripts.set(token, waiting);
	loadScript(
		url,
		() => {
			scripts.set(token, 'loaded');
			waiting.forEach(({ loaded }) => loaded());
		},
		() => {
			scripts.delete(token);
			waiting.forEach(({ failed }) => failed());
		}
	);
}
