import * as z from 'zod/mini';
import { parseJson } from '../../edge/http.ts';
import type { HttpAnswer } from '../../edge/types.ts';
import type { Outcome } from './ask.ts';
import type { Explanation } from './finding.ts';
import { unreached } from './unreached.ts';

const problemSchema = z.object({ code: z.string().check(z.regex(/^[a-z_]{1,40}$/)) });

/** The code of one of the token function's own errors, or null. */
export function problemCode(answer: HttpAnswer): string | null {
	const ours = /^application\/problem\+json\b/i.test(answer.header('content-type') ?? '');
	const problem = problemSchema.safeParse(ours ? parseJson(answer.body) : null);
	return problem.success ? problem.data.code : null;
}

/** Where a redirect leads, without the parts of an address that may hold a secret; or null. */
export function redirected({ status, header }: HttpAnswer, url: string): string | null {
	const location = header('location');
	if (status < 300 || status > 399 || !location || !URL.canParse(location, url)) {
		return null;
	}
	const to = new URL(location, url);
	return `${to.origin}${to.pathname}`.slice(0, 200);
}

/**
 * Who answered at this address instead of the token function, or in which state that is.
 */
export function stranger(outcome: Outcome, url: string): Explanation {
	if (!outcome.ok) {
		return unreached(outcome.code, url);
	}
	const { host, pathname } = new URL(url);
	const folder = pathname.replace(/[^/]*$/, '');
	const { status } = outcome;
	const code = problemCode(outcome);
	if (code !== null) {
		return ownProblem(code, folder);
	}
	const to = redirected(outcome, url);
	if (to !== null) {
		return {
			message: `${url} redirects to ${to}.`,
			next: 'Browsers refuse redirects here. Use the address that it leads to, on the settings page too, or take the redirect away.',
		};
	}
	const passOn =
		'Put the lines of nginx.conf or apache.conf (beside server.mjs) into the site’s configuration and reload the web server. If the function has an address of its own, give that with --endpoint.';
	if (isWordPress(outcome)) {
		return {
			message: `WordPress answers at ${url} (${status}): the web server does not pass ${folder} on to the function.`,
			next: passOn,
		};
	}
	if (status === 404 || status === 405) {
		return {
			message: `The web server of ${host} knows nothing about ${folder} (${status}): it does not pass it on to the function.`,
			next: passOn,
		};
	}
	if (status >= 502 && status <= 504) {
		return {
			message: `The web server of ${host} passes ${folder} on, but does not reach the function (${status}).`,
			next: 'Start the function; compare its PORT with the port in the web server’s configuration.',
		};
	}
	if ([401, 403, 406, 429].includes(status)) {
		return {
			message: `A firewall or a password of ${host} stands in front of the function (${status}).`,
			next: `Exempt ${folder} from it: the function looks after itself.`,
		};
	}
	return {
		message: `Something other than the token function answers at ${url} (${status}).`,
		next: 'Check the address. A cache in front may keep an old answer: exclude it there, and empty the cache.',
	};
}

function ownProblem(code: string, folder: string): Explanation {
	switch (code) {
		case 'not_found':
			return {
				message: `The token function is there, but does not know ${folder}.`,
				next: 'Its BASE_PATH must be the path of the endpoint without /token. The web server must not cut it off.',
			};
		case 'origin_not_allowed':
			return {
				message: 'The token function refuses the site’s origin.',
				next: 'Set SITE_URL or ALLOWED_ORIGINS of the function as origin says.',
			};
		case 'rate_limited':
			return {
				message: 'The token function counted too many tries from this address.',
				next: 'Wait a minute. If visitors meet this too, set TRUSTED_PROXIES to the number of proxies in front.',
			};
		default:
			return {
				message: `The token function is out of order (${code}).`,
				next: 'Its log says why, and names every problem of its environment.',
			};
	}
}

/** WordPress names its REST API in a header of every page; themes' pages name its folders. */
const isWordPress = ({ header, body }: HttpAnswer) =>
	(header('link') ?? '').includes('https://api.w.org/') ||
	/\/wp-(content|includes)\/|content="WordPress/.test(body);
