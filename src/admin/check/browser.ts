import apiFetch from '@wordpress/api-fetch';
import { isStub, type EsStub } from '../../settings/es-stub.ts';
import { MARKER_COOKIE, type Settings } from '../../settings/index.ts';
import type { PageData } from '../page-data.ts';
import type { Context, Frame } from './context.ts';
import { runs } from './vendor.ts';

/** The checks' context in a real browser. */
export function browserContext(settings: Settings, data: PageData): Context {
	return {
		settings,
		data,
		origin: window.location.origin,
		marker: () => markerOf(data),
		restNonce: () => apiFetch.nonceMiddleware?.nonce ?? '',
		fetch: (url, init) => window.fetch(url, init),
		timeout(ms) {
			const abort = new AbortController();
			setTimeout(() => abort.abort(), ms);
			return abort.signal;
		},
		pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
		random: () => Math.random(),
		now: () => Date.now(),
		loadScript,
		openFrame: (url, timeoutMs) => openFrame(url, timeoutMs, settings.consent),
		parseHtml: (html) => new DOMParser().parseFromString(html, 'text/html'),
		digest,
	};
}

/** Outside of the site's own path, what this page sees may be another site's. */
const markerOf = ({ siteUrl }: PageData): string | undefined =>
	`${window.location.pathname}/`.startsWith(new URL(`${siteUrl}/`).pathname)
		? new RegExp(`(^| )${MARKER_COOKIE}=(\\w{40})`).exec(document.cookie)?.[2]
		: undefined;

/** Out of sight and reach, but laid out as in a window: some scripts wait for what is visible. */
function hiddenFrame(sandbox: string): HTMLIFrameElement {
	const frame = document.createElement('iframe');
	frame.className = 'app-inbox-admin__hidden-frame';
	frame.tabIndex = -1;
	frame.setAttribute('aria-hidden', 'true');
	// Nothing in it may take the focus.
	frame.setAttribute('inert', '');
	frame.setAttribute('sandbox', sandbox);
	return frame;
}

/** The frame has an origin of its own, so that a script that is only tried can neither read nor do anything. */
function loadScript(url: string, timeoutMs: number): ReturnType<Context['loadScript']> {
	const frame = hiddenFrame('allow-scripts');
	const address = JSON.stringify(url).replaceAll('<', '\\u003c');
	frame.srcdoc = `<!doctype html><script>
		var script = document.createElement('script');
		script.onload = function () { parent.postMessage('loaded', '*'); };
		script.onerror = function () { parent.postMessage('failed', '*'); };
		script.src = ${address};
		document.documentElement.append(script);
	</script>`;
	return new Promise((resolve) => {
		const finish = (answer: 'loaded' | 'failed' | 'timeout') => {
			clearTimeout(timer);
			window.removeEventListener('message', listen);
			frame.remove();
			resolve(answer);
		};
		const listen = ({ source, data }: MessageEvent) => {
			if (source === frame.contentWindow && (data === 'loaded' || data === 'failed')) {
				finish(data);
			}
		};
		const timer = setTimeout(() => finish('timeout'), timeoutMs);
		window.addEventListener('message', listen);
		document.body.append(frame);
	});
}

/** Without `allow-top-navigation`: a page that wants out of frames must not take the admin along. */
function openFrame(url: string, timeoutMs: number, consent: string): Promise<Frame> {
	const frame = hiddenFrame('allow-scripts allow-same-origin allow-forms');
	frame.src = url;
	return new Promise((resolve) => {
		const finish = () => {
			clearTimeout(timer);
			resolve({ look: () => look(frame, consent), close: () => frame.remove() });
		};
		const timer = setTimeout(finish, timeoutMs);
		frame.addEventListener('load', finish, { once: true });
		document.body.append(frame);
	});
}

interface Page {
	document: Document;
	appInbox?: { status?: () => unknown };
	eS?: EsStub;
	Array: ArrayConstructor;
	wp_has_consent?: (category: string) => unknown;
}

function look(frame: HTMLIFrameElement, consent: string): unknown {
	try {
		// Null, or an error, where the page may not be framed and the browser shows its own instead.
		const page = frame.contentWindow as unknown as Page;
		const scripts = [...page.document.scripts];
		return {
			status: page.appInbox?.status?.() ?? null,
			scripts: scripts.filter((script) => script.src && runs(script)).map(({ src }) => src),
			snippets: scripts.map(({ text }) => text).filter((text) => /\beS\b/.test(text)),
			es: esOf(page),
			consent: consentOf(page, consent),
		};
	} catch {
		return null;
	}
}

function esOf({ eS, Array: { prototype } }: Page) {
	if (!eS) {
		return 'none';
	}
	// The page's arrays are not this page's.
	const { c = eS, q } = eS;
	const plain = { c, q: !q || Object(q).push === prototype.push ? [] : {} };
	return isStub(plain as EsStub) ? 'stub' : 'vendor';
}

function consentOf(page: Page, category: string) {
	if (!page.wp_has_consent) {
		return 'no tool';
	}
	try {
		return page.wp_has_consent(category) ? 'allowed' : 'refused';
	} catch {
		return 'broken';
	}
}

async function digest(algorithm: string, text: string): Promise<string | null> {
	if (!window.crypto?.subtle) {
		return null;
	}
	const bytes = await window.crypto.subtle.digest(algorithm, new TextEncoder().encode(text));
	return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
