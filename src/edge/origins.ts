import { CREDENTIAL_HEADER } from '../settings/frontend-config.ts';
import type { Config } from './config.ts';

/**
 * Whether a page of this origin may ask. Browsers write an origin in one way only, so equal texts
 * are all that matters: no prefixes, no suffixes, no patterns, and never `null`.
 */
export const isAllowed = (config: Config, origin: string | null): origin is string =>
	origin !== null && config.allowedOrigins.has(origin);

/**
 * The headers that let an allowed origin read the answer. No cookie ever has to cross origins, so
 * `Access-Control-Allow-Credentials` is never sent.
 */
export const corsHeaders = (config: Config, origin: string | null): Record<string, string> =>
	isAllowed(config, origin)
		? {
				'access-control-allow-origin': origin,
				'access-control-expose-headers': `Retry-After, ${CREDENTIAL_HEADER}`,
				vary: 'Origin',
			}
		: { vary: 'Origin' };

/** What an allowed origin may send; browsers ask before they send it. */
export const preflightHeaders = (methods: string): Record<string, string> => ({
	'access-control-allow-methods': methods,
	'access-control-allow-headers': 'Authorization',
	// Two hours: the longest that Chromium keeps.
	'access-control-max-age': '7200',
});
