import { __, sprintf } from '@wordpress/i18n';
import { ANSWER_MS, ask } from './ask.ts';
import { fail, pass, type Finding } from './result.ts';
import type { Run } from './link.ts';
import { scriptUrlOf } from './front-page.ts';

/**
 * Whether eSputnik serves a script under this id. An answer of another origin tells a page nothing
 * but whether it is a script that loads; so it is loaded, where it can do nothing.
 */
export async function checkScript(run: Run): Promise<Finding> {
	const { context } = run;
	if (context.settings.scriptId === '') {
		return fail({
			message: __('There is no script id yet.', 'app-inbox-for-esputnik'),
			advice: __(
				'Paste your snippet above, under “Script”, and save.',
				'app-inbox-for-esputnik'
			),
		});
	}
	const url = await scriptUrlOf(run);
	const { host } = new URL(url);
	const loaded = await context.loadScript(url, ANSWER_MS);
	if (loaded === 'loaded') {
		return pass(
			sprintf(
				/* translators: %s: a host such as cdn.esputnik.com. */
				__('Your script loads from %s.', 'app-inbox-for-esputnik'),
				host
			)
		);
	}
	const answers =
		loaded === 'failed' &&
		(await ask(context, url, { mode: 'no-cors', credentials: 'omit' })).ok;
	return answers
		? fail({
				message: sprintf(
					/* translators: %s: a host such as cdn.esputnik.com. */
					__('%s answers, but has no script with this id.', 'app-inbox-for-esputnik'),
					host
				),
				advice: __(
					'Copy the snippet again from eSputnik, Settings → Web tracking, and paste it above.',
					'app-inbox-for-esputnik'
				),
			})
		: fail({
				message: sprintf(
					/* translators: %s: a host such as cdn.esputnik.com. */
					__('Your browser could not load anything from %s.', 'app-inbox-for-esputnik'),
					host
				),
				advice: __(
					'Often an ad blocker stops it: switch yours off for this site and check again. Otherwise look at your connection.',
					'app-inbox-for-esputnik'
				),
			});
}
