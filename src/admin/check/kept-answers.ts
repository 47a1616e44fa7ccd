import { __ } from '@wordpress/i18n';
import * as z from 'zod/mini';
import { ask, parseJson, type Outcome } from './ask.ts';
import type { Run } from './link.ts';
import { fail, pass, skip, type Finding } from './result.ts';

/**
 * Whether a cache before the site keeps even what WordPress says that none may keep. An administrator
 * asks for the site's name by the REST API, and then somebody whom nobody knows, at the same address:
 * to them WordPress itself never gives it.
 */
export async function checkKeptAnswers({ context }: Run): Promise<Finding> {
	const { data, now, restNonce } = context;
	// An address that no cache has met, and that nobody meets again.
	const url = `${data.siteUrl}/?rest_route=/wp/v2/settings&_fields=title&app-inbox-check=${now()}`;
	const headers = { 'X-WP-Nonce': restNonce() };
	if (!isSiteName(await ask(context, url, { headers, credentials: 'same-origin' }))) {
		return skip(
			__(
				'Not known: WordPress’s REST API does not answer at your site’s address.',
				'app-inbox-for-esputnik'
			)
		);
	}
	return isSiteName(await ask(context, url, { credentials: 'omit' }))
		? fail({
				message: __(
					'A cache before your site gives strangers what was answered to you, although WordPress forbids to keep it.',
					'app-inbox-for-esputnik'
				),
				advice: __(
					'Inboxes are safe, because App Inbox asks by POST. Other personal pages, such as a shopping cart or an account, are not. Let the cache keep nothing that says no-store or private, nor the answer to ?app-inbox=keys. At your host or in Cloudflare, look for a rule that keeps everything.',
					'app-inbox-for-esputnik'
				),
			})
		: pass(
				__(
					'No cache before your site keeps what is meant for one person.',
					'app-inbox-for-esputnik'
				)
			);
}

const nameSchema = z.object({ title: z.string() });

const isSiteName = (outcome: Outcome): boolean =>
	outcome.ok && outcome.status === 200 && nameSchema.safeParse(parseJson(outcome.body)).success;
