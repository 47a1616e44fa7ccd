import * as z from 'zod/mini';
import { within } from '../clock.ts';
import type { KeyAddress } from '../config.ts';
import { answerStatus, failureStatus, parseJson, retryAfter } from '../http.ts';
import type { HttpAnswer, HttpResult, Outage, Platform } from '../types.ts';

const FETCH_MS = 5000;
const MAX_BYTES = 64 * 1024;
/** In seconds: longer than WordPress allows any cache to keep its keys. */
const OLD = 300;

type Keys = z.infer<typeof setSchema>['keys'];

/** @param outage With keys too, where a cache answered that may keep newer ones back. */
export type KeySetResult = { keys?: Keys; outage: Outage | undefined };

/** Asks once for a JWK set. The hint of an outage names its cause, as far as an answer shows it. */
export async function fetchKeySet(
	{ kind, url }: KeyAddress,
	{ clock, http, version }: Platform
): Promise<KeySetResult> {
	const result = await within(clock, FETCH_MS, (deadline) =>
		http({
			method: 'GET',
			url,
			headers: {
				accept: 'application/jwk-set+json, application/json',
				'cache-control': 'no-cache',
				'user-agent': `app-inbox-for-esputnik/${version}`,
			},
			maxBytes: MAX_BYTES,
			deadline,
		})
	);
	const keys = result.ok && result.status === 200 ? keysIn(result.body) : null;
	if (keys && result.ok) {
		const old = Number(result.header('age')) > OLD;
		return { keys, outage: old ? { status: 502, hint: KEPT } : undefined };
	}
	return { outage: toOutage(result, ADVICE[kind]) };
}

/** Secret keys have no place in a published set; jose would refuse each of them at its use. */
const setSchema = z.object({
	keys: z
		.array(z.looseObject({ kty: z.enum(['OKP', 'EC', 'RSA']), d: z.optional(z.undefined()) }))
		.check(z.minLength(1), z.maxLength(20)),
});

/** The keys, whatever other programs on the site have printed round the JSON; or null. */
function keysIn(body: string): Keys | null {
	const [text = ''] = /\{\s*"keys"\s*:[^]*\}/.exec(body) ?? [];
	const set = setSchema.safeParse(parseJson(text));
	return set.success ? set.data.keys : null;
}

/** What to do wherever this server gets another answer than it should. */
const ADVICE: Record<KeyAddress['kind'], string> = {
	wordpress:
		'Let this server get {SITE_URL}/?app-inbox=keys as it is, set WORDPRESS_URL to an inner address of the site, or put the keys into IDENTITY_KEYS.',
	jwks: 'Check IDENTITY_JWKS_URL: this server must get the key set there as it is.',
};

const KEPT =
	'A cache in front of the site answers with keys of more than five minutes ago. Exempt the address ?app-inbox=keys there, and empty it: a new key stays unknown so long.';

function toOutage(result: HttpResult, advice: string): Outage {
	if (result.ok) {
		const hint = `${causeOf(result)} ${advice}`;
		return { status: answerStatus(result), ...retryAfter(result), hint };
	}
	const cause =
		result.failure === 'too_large'
			? 'The site answers with a large page instead of its keys.'
			: `The site could not be asked for its keys (${result.failure}).`;
	return { status: failureStatus(result.failure), hint: `${cause} ${advice}` };
}

function causeOf({ status, body, header }: HttpAnswer): string {
	if (status >= 300 && status < 400) {
		return LOGIN.test(header('location') ?? '')
			? `A login wall in front of the site sends whoever asks for its keys to a login page (${status}).`
			: `The site redirects whoever asks for its keys (${status}): SITE_URL is not the address at which it answers, or a plugin sends guests elsewhere.`;
	}
	if (status === 401) {
		return 'A password in front of the site keeps its keys from this server (401).';
	}
	if ([403, 406, 429, 503].includes(status)) {
		return `A firewall of the site, or its maintenance, keeps its keys from this server (${status}).`;
	}
	if (status !== 200) {
		return `The site is out of order (${status}).`;
	}
	if (/type=["']?password/i.test(body)) {
		return 'A login wall in front of the site shows its login page instead of the keys (200).';
	}
	return /^\s*</.test(body)
		? 'The site answers with a page instead of its keys (200): the plugin App Inbox for eSputnik is not active there, or another one answers first.'
		: 'The site answers, but not with a set of public keys (200).';
}

const LOGIN = /log-?in|sign-?in|auth/i;
