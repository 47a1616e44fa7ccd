import { __ } from '@wordpress/i18n';
import { ask } from './ask.ts';
import type { Context } from './context.ts';
import { fail, skip, type Explanation, type Finding } from './result.ts';
import { noCredential, othersCredential } from './no-credential.ts';

/** Proves to the token function who the admin is; never shown, never stored. */
export type Credential = { ok: true; jwt: string } | { ok: false; finding: Finding };

/** Asks for the credential, and takes it, as a page of the site does. */
export async function getCredential(context: Context): Promise<Credential> {
	const url = context.data.identityUrl;
	// No two questions are equal: something on the way may give one answer to several.
	const outcome = await ask(context, `${url}&${context.random()}`, { method: 'POST' });
	if (outcome.ok && outcome.status === 204) {
		return { ok: false, finding: isExcluded(context) ? excluded() : fail(takenForGuest()) };
	}
	const found = CREDENTIAL.exec(outcome.ok ? outcome.body : '');
	if (!found) {
		return { ok: false, finding: fail(noCredential(outcome, url)) };
	}
	const [jwt, login] = found;
	// Asked now: WordPress mends the marker with its answer.
	return (context.marker() ?? login) === login
		? { ok: true, jwt }
		: { ok: false, finding: fail(othersCredential(url)) };
}

/** A JWT, wherever it stands, and the marker of its login: its claims begin with it (`{"mark":"` in base64). */
const CREDENTIAL = /[\w-]+\.eyJtYXJrIjoi(\w{40})[\w.-]+/;

const takenForGuest = (): Explanation => ({
	message: __('WordPress no longer knows you.', 'app-inbox-for-esputnik'),
	advice: __(
		'Log in again in another tab, then check again. If it stays, code of your site’s own leaves you without an inbox (the filter app_inbox_for_esputnik_claims), or you were logged in by something that starts no session of WordPress’s own.',
		'app-inbox-for-esputnik'
	),
});

export const isExcluded = ({ settings, data }: Context): boolean =>
	data.userRoles.some((role) => settings.excludedRoles.includes(role));

export const excluded = (): Finding =>
	skip(
		__(
			'Your own role gets no inbox, so this cannot be tried with you.',
			'app-inbox-for-esputnik'
		),
		__(
			'Take your role out of “Roles without an inbox” for a moment, save, and check again.',
			'app-inbox-for-esputnik'
		)
	);
