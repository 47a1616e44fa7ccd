/** A site's answers to the front end: WordPress's credential and the token function's token. */
import type { FrontendConfig } from '../../src/settings/frontend-config.ts';
import { settle } from './clock.ts';
import { MARKER, openPage, type Answer, type Asked, type Page, type Settled } from './page.ts';

export const NONCE = 'a1b2c3d4e5';
export const JWT = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl';
export const TOKEN = 'canary-token-7f3a';
export const ENDPOINT = 'https://shop.example/app-inbox/token';
export const FAR_ENDPOINT = 'https://edge.example/app-inbox/token';
const AJAX = 'https://shop.example/wp-admin/admin-ajax.php';

export const token = (value: unknown = TOKEN): Settled => ({
	body: JSON.stringify({ token: value }),
});
export const failed = (status: number, retryAfter?: string): Settled => ({
	status,
	body: '{}',
	...(retryAfter !== undefined && { headers: { 'Retry-After': retryAfter } }),
});

/** Answers POSTs one after the other with these, the last one for ever, and GETs with a credential. */
export function site(...posts: Answer[]) {
	let n = 0;
	return (asked: Asked): Answer => {
		if (asked.method === 'POST') {
			return posts[Math.min(n++, posts.length - 1)] ?? token();
		}
		return { body: asked.url.endsWith('rest-nonce') ? NONCE : JWT };
	};
}

interface Member {
	config?: Partial<FrontendConfig>;
	options?: Parameters<typeof openPage>[0];
}

/** A page of a member whose inbox is set up. */
export function member(
	answer: (asked: Asked) => Answer = site(),
	{ config, options }: Member = {}
) {
	const page = openPage({ cookie: MARKER, answer, ...options });
	// As WordPress prints it for an endpoint at another address.
	const signed = config?.endpoint === FAR_ENDPOINT && {
		identityUrl: `${AJAX}?action=app_inbox_identity`,
	};
	page.init({ endpoint: ENDPOINT, ...signed, ...config });
	return page;
}

/** Asks for a token as the vendor script does, and waits for it, at most this long. */
export async function askToken(page: Page, ms = 10_000): Promise<unknown> {
	let result: unknown = 'still pending';
	page.callback()().then(
		(value) => (result = value),
		(error) => (result = error)
	);
	await page.clock.pass(ms);
	await settle();
	return result;
}

/** What was asked, in short. */
export const requestsOf = ({ asked }: Page) => asked.map(({ method, url }) => `${method} ${url}`);
export const posts = ({ asked }: Page) => asked.filter(({ method }) => method === 'POST');
export const NONCE_REQUEST = `GET ${AJAX}?action=rest-nonce`;
export const JWT_REQUEST = `GET ${AJAX}?action=app_inbox_identity`;
