import { __, sprintf } from '@wordpress/i18n';
import { IDENTITY_ACTION, NONCE_ACTION } from '../../settings/index.ts';
import { ask } from './ask.ts';
import type { Context } from './context.ts';
import { fail, skip, type Finding } from './result.ts';

/** Proves to the token function who the admin is; never shown, never stored. */
export type Credential =
	{ ok: true; headers: Record<string, string> } | { ok: false; finding: Finding };

/** The same credential that a page of the site would show, chosen in the same way. */
export async function getCredential(context: Context): Promise<Credential> {
	const { settings, data, origin } = context;
	const session = settings.endpoint.startsWith(origin + data.cookiePath);
	const action = session ? NONCE_ACTION : IDENTITY_ACTION;
	const outcome = await ask(context, `${data.adminAjaxUrl}?action=${action}`, {
		credentials: 'same-origin',
	});
	const value = outcome.ok && outcome.status === 200 ? outcome.body.trim() : '';
	if (/^[\w.-]{9,}$/.test(value)) {
		return {
			ok: true,
			headers: session ? { 'X-WP-Nonce': value } : { Authorization: `Bearer ${value}` },
		};
	}
	if (!outcome.ok || outcome.status >= 500) {
		return no({
			message: __('WordPress does not answer who you are.', 'app-inbox-for-esputnik'),
			advice: __(
				'Try again in a minute. If it stays, ask your host for the PHP error log.',
				'app-inbox-for-esputnik'
			),
		});
	}
	if (outcome.status === 400) {
		return isExcluded(context)
			? { ok: false, finding: excluded() }
			: no({
					message: __('WordPress no longer knows you.', 'app-inbox-for-esputnik'),
					advice: __(
						'Log in again in another tab, then check again.',
						'app-inbox-for-esputnik'
					),
				});
	}
	return no({
		message: sprintf(
			/* translators: %d: an HTTP status. */
			__(
				'Something stops the question who you are before it reaches WordPress (%d).',
				'app-inbox-for-esputnik'
			),
			outcome.status
		),
		advice: __(
			'A firewall or a security plugin guards admin-ajax.php: exempt it for visitors who are logged in.',
			'app-inbox-for-esputnik'
		),
	});
}

const no = (explanation: Parameters<typeof fail>[0]): Credential => ({
	ok: false,
	finding: fail(explanation),
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
