import { SignJWT } from 'jose';
import * as z from 'zod/mini';
import type { Config } from '../../edge/config.ts';
import { parseJson } from '../../edge/http.ts';
import type { Ask } from './ask.ts';
import type { Contact } from './contact.ts';
import {
	explained,
	fail,
	pass,
	skip,
	STATUSES,
	type Explanation,
	type Finding,
} from './finding.ts';
import { problemCode, stranger } from './stranger.ts';

const LIFETIME_SECONDS = 60;

/** What stands in a terminal must not steer it: no control characters. */
const checksSchema = z.object({
	checks: z
		.array(
			z.object({
				id: z.string().check(z.regex(/^[a-z-]{1,30}$/)),
				status: z.enum(STATUSES),
				message: z.string().check(z.maxLength(1000), z.regex(/^\P{C}*$/u)),
			})
		)
		.check(z.minLength(1), z.maxLength(20)),
});

/**
 * The whole way at the deployed function, as an administrator of the site: `POST /check`. Without a
 * credential, the site's secret makes one for the contact.
 */
export async function checkAsAdministrator(
	base: string,
	config: Config,
	jwt: string | null,
	contact: Contact | null,
	ask: Ask
): Promise<Finding> {
	const credential = jwt ?? (await sign(config, contact));
	if (typeof credential !== 'string') {
		return credential;
	}
	const url = `${base}/check`;
	const headers = { origin: config.siteOrigin, authorization: `Bearer ${credential}` };
	const outcome = await ask({ method: 'POST', url, headers });
	if (!outcome.ok || outcome.status !== 200) {
		const code = outcome.ok ? problemCode(outcome) : null;
		return fail(REFUSALS[code ?? ''] ?? stranger(outcome, url));
	}
	const answer = checksSchema.safeParse(parseJson(outcome.body));
	if (!answer.success) {
		return fail(stranger(outcome, url));
	}
	const parts = answer.data.checks.map(({ id, status, message }) => ({
		id,
		finding: status === 'fail' ? fail(explained(message)) : { status, message },
	}));
	const failed = parts.some(({ finding }) => finding.status === 'fail');
	const finding = failed
		? fail({
				message: 'The deployed function does not get all the way to a token.',
				next: 'The lines below say where it ends.',
			})
		: pass('The deployed function goes all the way to a token.');
	return { ...finding, parts };
}

const REFUSALS: Record<string, Explanation> = {
	unauthenticated: {
		message: 'The deployed function does not accept the credential.',
		next: 'It has expired, IDENTITY_SECRET or SITE_URL differ between here and there, or the clocks are more than a minute apart.',
	},
	forbidden: {
		message: 'The deployed function knows who this is, but it is no administrator.',
		next: 'Take a credential with "role": "administrator".',
	},
	site_unavailable: {
		message: 'The deployed function cannot get the site’s keys.',
		next: 'Its log says why: the server it runs on must get what keys says here, too.',
	},
};

/** A credential of one minute, or why there is none. */
async function sign(
	{ identitySource: source, identifyBy, site }: Config,
	contact: Contact | null
): Promise<string | Finding> {
	if (source.kind !== 'secret') {
		return skip(
			'Only the browser of somebody logged in can try this: press Check on the settings page, or give a credential with --jwt.'
		);
	}
	if (!contact) {
		return skip('Not tried. With --contact it is, in that person’s name.');
	}
	// `sub` is the externalCustomerId. An invented one beside a real e-mail could change the contact.
	if (contact.name !== 'externalCustomerId' && identifyBy.includes('externalCustomerId')) {
		return skip('Not tried: for that --contact must be an externalCustomerId.');
	}
	const isId = contact.name === 'externalCustomerId';
	return new SignJWT({
		...(isId ? {} : { [contact.name]: contact.value }),
		role: 'administrator',
	})
		.setProtectedHeader({ alg: 'HS256' })
		.setIssuer(site)
		.setAudience('app-inbox')
		.setSubject(isId ? contact.value : 'app-inbox-check')
		.setIssuedAt()
		.setExpirationTime(`${LIFETIME_SECONDS}s`)
		.sign(new TextEncoder().encode(source.secret));
}
