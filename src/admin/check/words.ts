import { __, sprintf } from '@wordpress/i18n';
import * as z from 'zod/mini';
import { KEYS_URL } from '../../settings/index.ts';
import { parseJson, type Answer, type Outcome } from './ask.ts';
import type { Context } from './context.ts';
import type { Explanation } from './result.ts';

const problemSchema = z.object({ code: z.string().check(z.regex(/^[a-z_]{1,40}$/)) });

/** The code of one of the token function's own errors, or null. */
export function problemCode({ headers, body }: Answer): string | null {
	const ours = /^application\/problem\+json\b/i.test(headers.get('content-type') ?? '');
	const problem = problemSchema.safeParse(ours ? parseJson(body) : null);
	return problem.success ? problem.data.code : null;
}

/** Who answered instead of the token function, or in which state that is. */
export function explain(outcome: Outcome, url: string, context: Context): Explanation {
	if (!outcome.ok) {
		return unreached(outcome.reason, url);
	}
	const code = problemCode(outcome);
	return code === null ? stranger(outcome, url) : ownProblem(code, outcome, url, context);
}

function unreached(reason: 'timeout' | 'unreachable', url: string): Explanation {
	const { host } = new URL(url);
	return reason === 'timeout'
		? {
				message: sprintf(
					/* translators: %s: a host such as example.com. */
					__('%s gave no answer in time.', 'app-inbox-for-esputnik'),
					host
				),
				advice: __(
					'The server may be overloaded, or a firewall may stop the request. Try again in a minute.',
					'app-inbox-for-esputnik'
				),
			}
		: {
				message: sprintf(
					/* translators: %s: a web address. */
					__('Nothing answers at %s.', 'app-inbox-for-esputnik'),
					url
				),
				advice: __(
					'Start the token function, and look for a typing mistake in its address. An extension of your browser that blocks requests can be the reason too.',
					'app-inbox-for-esputnik'
				),
			};
}

function stranger(answer: Answer, url: string): Explanation {
	const { status, redirectedTo } = answer;
	if (redirectedTo) {
		return {
			message: sprintf(
				/* translators: 1: a web address, 2: the address it leads to. */
				__('%1$s leads to %2$s.', 'app-inbox-for-esputnik'),
				url,
				withoutQuery(redirectedTo)
			),
			advice: __(
				'Enter the address at which the token function itself answers, or take the redirect away.',
				'app-inbox-for-esputnik'
			),
		};
	}
	const { host, pathname } = new URL(url);
	const folder = pathname.replace(/[^/]*$/, '');
	const passOn = __(
		'Put the lines for nginx or Apache from the token function’s folder into the configuration of your web server and reload it. If the function runs elsewhere, enter its own address above.',
		'app-inbox-for-esputnik'
	);
	if (isWordPress(answer)) {
		return {
			message: sprintf(
				/* translators: 1: a path such as /app-inbox/, 2: an HTTP status. */
				__(
					'WordPress answers instead of the token function: the web server does not pass %1$s on to it (%2$d).',
					'app-inbox-for-esputnik'
				),
				folder,
				status
			),
			advice: passOn,
		};
	}
	if (status === 404 || status === 405) {
		return {
			message: sprintf(
				/* translators: 1: a host, 2: a path such as /app-inbox/, 3: an HTTP status. */
				__(
					'The web server of %1$s knows nothing about %2$s (%3$d).',
					'app-inbox-for-esputnik'
				),
				host,
				folder,
				status
			),
			advice: passOn,
		};
	}
	if (status >= 502 && status <= 504) {
		return {
			message: sprintf(
				/* translators: 1: a host, 2: an HTTP status. */
				__(
					'The web server of %1$s does not reach the token function (%2$d).',
					'app-inbox-for-esputnik'
				),
				host,
				status
			),
			advice: __(
				'Start the token function. If it runs, compare its PORT with the port in the web server’s configuration.',
				'app-inbox-for-esputnik'
			),
		};
	}
	if ([401, 403, 406, 429].includes(status)) {
		return {
			message: sprintf(
				/* translators: 1: a host, 2: an HTTP status. */
				__(
					'A firewall or a password of %1$s stands before the token function (%2$d).',
					'app-inbox-for-esputnik'
				),
				host,
				status
			),
			advice: sprintf(
				/* translators: %s: a path such as /app-inbox/. */
				__(
					'Exempt %s from it: the token function looks after itself.',
					'app-inbox-for-esputnik'
				),
				folder
			),
		};
	}
	return {
		message: sprintf(
			/* translators: 1: a web address, 2: an HTTP status. */
			__(
				'Something other than the token function answers at %1$s (%2$d).',
				'app-inbox-for-esputnik'
			),
			url,
			status
		),
		advice: __(
			'Look for a typing mistake in the address. A cache in front may keep an old answer: exempt this address there, and empty it.',
			'app-inbox-for-esputnik'
		),
	};
}

function ownProblem(
	code: string,
	answer: Answer,
	url: string,
	{ origin, data }: Context
): Explanation {
	switch (code) {
		case 'origin_not_allowed':
			return originRefused(origin);
		case 'unauthenticated':
			return {
				message: __(
					'The token function does not believe that you are logged in here.',
					'app-inbox-for-esputnik'
				),
				advice: sprintf(
					/* translators: %s: a web address. */
					__(
						'Set its SITE_URL to %s, exactly as in Settings → General → Site Address, see that the clocks of both servers are right, and that it has no IDENTITY_SECRET and no old keys in IDENTITY_KEYS. Then start it again. Its log names the cause.',
						'app-inbox-for-esputnik'
					),
					data.siteUrl
				),
			};
		case 'forbidden':
			return {
				message: __(
					'The token function knows you, but not as an administrator of this site.',
					'app-inbox-for-esputnik'
				),
				advice: __(
					'Log in with an administrator’s account and check again.',
					'app-inbox-for-esputnik'
				),
			};
		case 'not_found':
			return {
				message: sprintf(
					/* translators: %s: a path such as /app-inbox/. */
					__(
						'The token function is there, but does not know the path %s.',
						'app-inbox-for-esputnik'
					),
					new URL(url).pathname.replace(/[^/]*$/, '')
				),
				advice: __(
					'Its BASE_PATH must be the path of its address without /token, and the web server must not cut that path off.',
					'app-inbox-for-esputnik'
				),
			};
		case 'rate_limited':
			return {
				message: __(
					'The token function counted too many tries within a minute.',
					'app-inbox-for-esputnik'
				),
				advice: __(
					'Wait a minute, then check again. If visitors meet this too, set its TRUSTED_PROXIES to the number of proxies before it.',
					'app-inbox-for-esputnik'
				),
			};
		case 'method_not_allowed':
		case 'body_too_large':
		case 'unsupported_media_type':
		case 'request_timeout':
			return {
				message: sprintf(
					/* translators: %s: a technical word such as body_too_large. */
					__(
						'Something between your browser and the token function changes requests (%s).',
						'app-inbox-for-esputnik'
					),
					code
				),
				advice: __(
					'Look for a redirect, a proxy or a firewall before the token function, and exempt its address there.',
					'app-inbox-for-esputnik'
				),
			};
		case 'site_unavailable':
			return {
				message: __(
					'The token function does not get your site’s keys, by which it knows who you are.',
					'app-inbox-for-esputnik'
				),
				advice: sprintf(
					/* translators: %s: a web address. */
					__(
						'Let its server get %s without a password, a login page or a firewall before it. Or set its WORDPRESS_URL to an inner address of the site, or put the keys into its IDENTITY_KEYS. Its log names the cause.',
						'app-inbox-for-esputnik'
					),
					data.siteUrl + KEYS_URL
				),
			};
		case 'vendor_unavailable':
			return {
				message: __(
					'eSputnik gives the token function no usable answer.',
					'app-inbox-for-esputnik'
				),
				advice: __(
					'Try again in some minutes. If it stays, see that its server may connect to esputnik.com, or to api.yespo.io where the account is one of Yespo; its log says more.',
					'app-inbox-for-esputnik'
				),
			};
		case 'vendor_refused':
			return {
				message: __('eSputnik refuses the token function.', 'app-inbox-for-esputnik'),
				advice: [
					newKey(),
					whyRefused(),
					__('The function’s log says more.', 'app-inbox-for-esputnik'),
				].join(' '),
			};
		default:
			return {
				message: sprintf(
					/* translators: %1$s: a technical word such as internal, %2$d: an HTTP status. */
					__(
						'The token function is out of order (%1$s, %2$d).',
						'app-inbox-for-esputnik'
					),
					code,
					answer.status
				),
				advice: __(
					'Its log says why, and names everything that is wrong with its settings.',
					'app-inbox-for-esputnik'
				),
			};
	}
}

/** What to do about a key that eSputnik refuses. */
export const newKey = () =>
	__(
		'Make a new key in eSputnik under Settings → API → New key, with “Full access to API”: eSputnik does not say which lesser right is enough. Put it into the function’s ESPUTNIK_API_KEY and start the function again. Never enter it in WordPress.',
		'app-inbox-for-esputnik'
	);

/** How a key that was good, or looks good, comes to be refused. */
export const whyRefused = () =>
	__(
		'A key that is unused for 90 days is switched off. An account of Yespo needs ESPUTNIK_API_URL=https://api.yespo.io/api beside its key.',
		'app-inbox-for-esputnik'
	);

export const originRefused = (siteOrigin: string): Explanation => ({
	message: sprintf(
		/* translators: %s: a web address. */
		__('The token function does not let pages of %s ask.', 'app-inbox-for-esputnik'),
		siteOrigin
	),
	advice: sprintf(
		/* translators: %s: a web address. */
		__(
			'Set its SITE_URL to your site’s address, with or without www as visitors see it, or add %s to its ALLOWED_ORIGINS. Then start it again.',
			'app-inbox-for-esputnik'
		),
		siteOrigin
	),
});

/** What a query holds is nobody's business. */
export function withoutQuery(url: string): string {
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname}`.slice(0, 200);
}

/** WordPress names its REST API in a header of every page; themes' pages name its folders. */
const isWordPress = ({ headers, body }: Answer) =>
	(headers.get('link') ?? '').includes('https://api.w.org/') ||
	/\/wp-(content|includes)\/|content="WordPress/.test(body);

/**
 * The token function's own sentence, as a quotation. It holds no secret by its contract; that it is
 * shown to a person is reason enough to leave out whatever looks like one.
 */
export const quoted = (sentence: string): string =>
	sprintf(
		/* translators: %s: what the token function said, in English. */
		__('It says: “%s”', 'app-inbox-for-esputnik'),
		sentence.replace(/[\w+/=.-]{32,}/g, '…')
	);
