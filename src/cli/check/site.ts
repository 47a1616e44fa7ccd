import * as z from 'zod/mini';
import type { Config } from '../../edge/config.ts';
import { createWordPress } from '../../edge/identity/wordpress.ts';
import { observed, type Ask, type Outcome } from './ask.ts';
import { explained, fail, pass, skip, type Explanation, type Finding } from './finding.ts';
import { createPlatform } from './platform.ts';
import { redirected } from './stranger.ts';
import { unreached } from './unreached.ts';

/**
 * `session`: the endpoint lies where the site's login cookie reaches it, so that WordPress itself
 * says who a visitor is. `signed`: everywhere else. The front end decides in the same way.
 */
export function credentialOf(config: Config, endpoint: string): 'session' | 'signed' {
	const cookiePath = `${new URL(config.site).pathname.replace(/\/$/, '')}/`;
	return config.identitySource.kind !== 'secret' &&
		config.identitySource.kind !== 'jwks' &&
		endpoint.startsWith(config.siteOrigin + cookiePath)
		? 'session'
		: 'signed';
}

/** Whether WordPress can be asked, and believes that it lives where SITE_URL says. */
export async function checkSite(
	config: Config,
	endpoint: string,
	ask: Ask,
	version: string
): Promise<Finding> {
	const { kind } = config.identitySource;
	if (kind === 'secret' || kind === 'jwks') {
		return skip('Not needed: who a visitor is comes from a signed credential alone.');
	}
	if (kind === 'keys' && credentialOf(config, endpoint) === 'signed') {
		return skip('Not needed: with IDENTITY_KEYS the token function does not ask the site.');
	}
	const { http, last } = observed(ask);
	const wordpress = createWordPress(config, createPlatform(http, version));
	const result = await wordpress('/', '_fields=home,authentication');
	if (!result.ok) {
		return fail(outage(last(), config, result.outage.hint));
	}
	const { status } = result.answer;
	if (status === 401 || status === 403) {
		return pass(`WordPress answers at ${config.wordpressUrl}, but not to guests (${status}).`);
	}
	const index = indexSchema.safeParse(result.json);
	if (status !== 200 || !index.success) {
		return fail({
			message: `${config.wordpressUrl} answers JSON, but not as WordPress does (${status}).`,
			next: 'Check SITE_URL; look for a plugin or a web server that bends the REST API.',
		});
	}
	return atHome(config, index.data.home);
}

const indexSchema = z
	.object({ home: z.optional(z.url()), authentication: z.optional(z.unknown()) })
	.check(z.refine((index) => 'home' in index || 'authentication' in index));

/** WordPress signs credentials with the address that it has in its own settings. */
function atHome(config: Config, home: string | undefined): Finding {
	const { wordpressUrl, site } = config;
	// By an inner address some sites call themselves by that one.
	if (home !== undefined && wordpressUrl === site) {
		const { origin, pathname } = new URL(home);
		const address = `${origin}${pathname}`.replace(/\/+$/, '');
		if (address !== site) {
			return fail({
				message: `WordPress says that its address is ${address}, and SITE_URL is ${wordpressUrl}.`,
				next: 'Set SITE_URL to what WordPress has under Settings → General → Site Address.',
			});
		}
	}
	return pass(`WordPress answers at ${wordpressUrl}.`);
}

/** Why WordPress gave no JSON: the reason in words where there is one. */
function outage(last: Outcome | null, config: Config, hint: string): Explanation {
	if (last?.ok === false && last.code !== 'TOO_LARGE') {
		const { message, next } = unreached(last.code, config.wordpressUrl);
		return { message, next: `${next} WORDPRESS_URL may be an inner address of the same site.` };
	}
	const to = last?.ok ? redirected(last, config.wordpressUrl) : null;
	return to === null
		? explained(hint)
		: {
				message: `${config.wordpressUrl} redirects to ${to}.`,
				next: 'Set SITE_URL to the address at which the site answers, with or without www, as visitors see it.',
			};
}
