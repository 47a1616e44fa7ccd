import * as z from 'zod/mini';
import type { Config } from '../config.ts';
import { answerStatus, retryAfter } from '../http.ts';
import { createMemory } from '../memory.ts';
import type { Metrics } from '../metrics.ts';
import type { HttpAnswer, Platform } from '../types.ts';
import { loginCookies } from './cookies.ts';
import { toIdentity } from './identifiers.ts';
import { refused, type Verification, type Verified, type Verifier } from './verifier.ts';
import type { WordPress } from './wordpress.ts';

const REMEMBERED = 10_000;

/**
 * Who WordPress says that the visitor is: the login cookie proves it, and the nonce proves that a
 * page of the site asked (a foreign page makes the browser send the cookie, but cannot know the
 * nonce). WordPress checks both.
 */
export function createSessionVerifier(
	config: Config,
	{ clock, hash }: Platform,
	wordpress: WordPress,
	metrics: Metrics
): Verifier {
	const visitors = createMemory<Verified>(REMEMBERED, clock);
	metrics.gauge('remembered_sessions', visitors.size);

	const keyOf = ({ cookie, nonce }: Credential) => hash(`${cookie}\n${nonce}`);
	const recall = (key: string): Verified | null => visitors.get(key) ?? null;

	const verify = async (request: Request): Promise<Verification> => {
		const credential = read(request);
		if (typeof credential === 'string') {
			return refused(credential);
		}
		const { cookie, nonce } = credential;
		const key = await keyOf(credential);
		const known = recall(key);
		if (known) {
			return known;
		}
		const result = await wordpress('/wp/v2/users/me', FIELDS, {
			cookie,
			'x-wp-nonce': nonce,
		});
		if (!result.ok) {
			return { kind: 'unavailable', ...result.outage };
		}
		const verification = understand(result.answer, result.json);
		if (verification.kind === 'verified' && config.identityCacheMs > 0) {
			visitors.set(key, verification, clock.now() + config.identityCacheMs);
		}
		return verification;
	};

	return {
		verify,
		async recall(request) {
			const credential = read(request);
			return typeof credential === 'string' ? null : recall(await keyOf(credential));
		},
	};
}

const FIELDS = 'context=edit&_fields=id,email,roles,app_inbox';

interface Credential {
	cookie: string;
	nonce: string;
}

/** The credential, or what is missing. */
function read({ headers }: Request): Credential | string {
	const cookie = loginCookies(headers.get('cookie'));
	const nonce = headers.get('x-wp-nonce');
	if (cookie === null || nonce === null || !NONCE.test(nonce)) {
		return cookie === null ? 'no login cookie' : 'no nonce';
	}
	return { cookie, nonce };
}

/** WordPress's are ten hexadecimal digits; a site may replace the function that makes them. */
const NONCE = /^[A-Za-z0-9_-]{1,64}$/;

function understand(answer: HttpAnswer, json: unknown): Verification {
	if (answer.status === 401 || answer.status === 403) {
		return refused(`WordPress refused (${answer.status})`);
	}
	// An answer out of a shared cache is about whoever asked first.
	if (Number(answer.header('age')) > 0) {
		return {
			kind: 'unavailable',
			status: 502,
			hint: 'A cache before WordPress keeps the answers of its REST API. Exclude /wp-json/ and ?rest_route= from it.',
		};
	}
	const user = userSchema.safeParse(json);
	if (answer.status !== 200 || !user.success) {
		return {
			kind: 'unavailable',
			status: answerStatus(answer),
			...retryAfter(answer),
			hint: `WordPress did not say who the visitor is (${answer.status}). Check security plugins that close /wp/v2/users.`,
		};
	}
	const { id, email, roles, app_inbox: signing } = user.data;
	if (signing !== undefined) {
		// This site's own code says who a user is in eSputnik. The id could be somebody else's there.
		return refused('WordPress signs who its users are');
	}
	return {
		kind: 'verified',
		identity: toIdentity(String(id), email),
		administrator: roles.includes('administrator'),
	};
}

const userSchema = z.object({
	id: z.int().check(z.positive()),
	email: z.nullish(z.string()),
	/** A plugin that hides or bends them takes the right to `/check`, and nothing else. */
	roles: z.catch(z.array(z.string()), []),
	/** The plugin's word that only what it signs counts; not there on other sites. */
	app_inbox: z.optional(z.unknown()),
});
