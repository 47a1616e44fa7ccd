import { __, sprintf } from '@wordpress/i18n';

/** A page of the site, or in words why it cannot be had. */
export type SitePage<Page> = { ok: true; page: Page } | { ok: false; problem: string };

/** What an owner can do in every such case. */
const byHand = () =>
	__('You can type the selector by hand all the same.', 'app-inbox-for-esputnik');

const failed = (problem: string) => ({ ok: false, problem: `${problem} ${byHand()}` }) as const;

/**
 * The address of a page of the site out of what was typed: a path, or a whole address. Only pages of
 * the admin's own origin can be looked into.
 */
export function addressOf(typed: string, siteUrl: string, adminUrl: string): SitePage<string> {
	let url: URL;
	try {
		const path = typed.trim().replace(/^(?!\/|https?:)/i, '/');
		url = path.startsWith('/') ? new URL(siteUrl.replace(/\/$/, '') + path) : new URL(path);
	} catch {
		return failed(
			__(
				'This is not an address. Type it as it stands in your browser, for example /shop/.',
				'app-inbox-for-esputnik'
			)
		);
	}
	const { origin } = new URL(adminUrl);
	if (url.origin !== origin) {
		return failed(
			sprintf(
				/* translators: 1: address of a page, such as https://www.example.com, 2: address of the admin area. */
				__(
					'The page is at %1$s and this admin area at %2$s. The browser lets a page look into another one only at the same address.',
					'app-inbox-for-esputnik'
				),
				url.origin,
				origin
			)
		);
	}
	return { ok: true, page: url.href };
}

/** How an address is shown in the field: as the path below the site. */
export function pathOf(address: string, siteUrl: string): string {
	const { origin, pathname, search, hash } = new URL(address);
	const base = siteUrl.replace(/\/$/, '');
	const whole = origin + pathname + search + hash;
	return whole.startsWith(`${base}/`) ? whole.slice(base.length) : whole;
}

/** Asks the server for a page and reads it, without running anything of it. */
export async function fetchPage(
	address: string,
	fetchFrom: typeof fetch
): Promise<SitePage<Document>> {
	let answer: Response;
	try {
		answer = await fetchFrom(address, { headers: { accept: 'text/html' } });
	} catch {
		return failed(
			__(
				'Your front page could not be reached. Look at your connection and try again.',
				'app-inbox-for-esputnik'
			)
		);
	}
	if (!answer.ok) {
		return failed(answeredWith(answer.status));
	}
	const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
	page.getElementById('wpadminbar')?.remove(); // Visitors do not have it.
	return { ok: true, page };
}

/** What a frame shows after its load, if it can be looked into. */
export function readFrame(frame: HTMLIFrameElement): SitePage<Document> {
	let page: Document | null = null;
	try {
		page = frame.contentDocument; // Null for another origin, and for a browser's own error page.
	} catch {
		// The same, in some browsers.
	}
	if (!page || page.URL === 'about:blank') {
		return failed(
			__(
				'This page does not let itself be shown here: it may forbid frames (X-Frame-Options or Content-Security-Policy), lie at another address, or not be reachable.',
				'app-inbox-for-esputnik'
			)
		);
	}
	const status = statusOf(page);
	if (status >= 400 && status !== 404) {
		return failed(answeredWith(status));
	}
	if (page.contentType !== 'text/html' || !page.body?.firstElementChild) {
		return failed(
			__(
				'There is nothing on this page to choose from. Open another page of your site.',
				'app-inbox-for-esputnik'
			)
		);
	}
	return { ok: true, page };
}

const answeredWith = (status: number) =>
	sprintf(
		/* translators: %d: an HTTP status such as 500. */
		__(
			'Your site answered with an error (%d). Open it in another tab to see more.',
			'app-inbox-for-esputnik'
		),
		status
	);

/** 0 where the browser does not tell. */
function statusOf(page: Document): number {
	const [navigation] = page.defaultView?.performance?.getEntriesByType?.('navigation') ?? [];
	return (navigation as PerformanceNavigationTiming | undefined)?.responseStatus ?? 0;
}
