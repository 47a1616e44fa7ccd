import { within } from '../clock.ts';
import type { Config } from '../config.ts';
import { answerStatus, failureStatus, parseJson, retryAfter } from '../http.ts';
import type { HttpAnswer, Outage, Platform } from '../types.ts';

/** For one question to WordPress, both forms of its address included, in milliseconds. */
const DEADLINE_MS = 5000;
const MAX_BYTES = 64 * 1024;

/**
 * Asks WordPress's REST API.
 *
 * @param route   Such as `/wp/v2/users/me`; `/` is the index.
 * @param query   Without the question mark.
 * @param headers In lower case.
 */
export type WordPress = (
	route: string,
	query: string,
	headers?: Record<string, string>
) => Promise<WordPressResult>;

export type WordPressResult =
	/** A JSON answer of any status. */
	{ ok: true; answer: HttpAnswer; json: unknown } | { ok: false; outage: Outage };

/** Sites with plain permalinks lack the first; some page caches break the second. */
const FORMS: ReadonlyArray<(route: string, query: string) => string> = [
	(route, query) => `/wp-json${route}?${query}`,
	(route, query) => `/?rest_route=${route}&${query}`,
];

export function createWordPress(config: Config, { clock, http, version }: Platform): WordPress {
	/** The form that gave JSON last. */
	let preferred = 0;

	return (route, query, headers = {}) =>
		within(clock, DEADLINE_MS, async (deadline): Promise<WordPressResult> => {
			let outage: Outage | undefined;
			for (const form of [preferred, 1 - preferred]) {
				const result = await http({
					method: 'GET',
					url: config.wordpressUrl + FORMS[form]!(route, query),
					headers: {
						accept: 'application/json',
						'user-agent': `app-inbox-for-esputnik/${version}`,
						...headers,
					},
					maxBytes: MAX_BYTES,
					deadline,
				});
				if (!result.ok) {
					// `too_large` is a page: the other form may still be the API.
					outage ??= unreachable(result.failure);
					if (result.failure === 'too_large') {
						continue;
					}
					break;
				}
				const json = /\bjson\b/i.test(result.header('content-type') ?? '')
					? parseJson(result.body)
					: undefined;
				if (json !== undefined) {
					preferred = form;
					return { ok: true, answer: result, json };
				}
				outage ??= notJson(result);
			}
			return { ok: false, outage: outage! };
		});
}

const unreachable = (failure: 'timeout' | 'network' | 'too_large'): Outage => ({
	status: failureStatus(failure),
	hint: `WordPress could not be asked (${failure}). Check that this server reaches SITE_URL, or set WORDPRESS_URL to an inner address.`,
});

const notJson = (answer: HttpAnswer): Outage => ({
	status: answerStatus(answer),
	...retryAfter(answer),
	hint:
		answer.status === 401
			? 'A password of the web server is in front of WordPress (401). Let this server in without it, or set WORDPRESS_URL to an inner address that asks for none.'
			: `WordPress’s REST API answered without JSON (${answer.status}). Check SITE_URL, redirects, and security or cache plugins that close the REST API.`,
});
