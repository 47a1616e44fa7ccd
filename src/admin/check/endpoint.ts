import { __, sprintf } from '@wordpress/i18n';
import * as z from 'zod/mini';
import { ask, parseJson } from './ask.ts';
import type { Run } from './link.ts';
import { baseOf } from './report.ts';
import { fail, pass, skip, type Finding } from './result.ts';
import { explain, originRefused, problemCode } from './words.ts';

const healthSchema = z.object({
	status: z.literal('ok'),
	version: z.string().check(z.regex(/^[\w.+-]{1,40}$/)),
});

/** Whether our function answers there, in the plugin's version. */
export async function checkEndpoint({ context }: Run): Promise<Finding> {
	const { settings, data, origin } = context;
	if (settings.endpoint === '') {
		return fail({
			message: __('The token function has no address yet.', 'app-inbox-for-esputnik'),
			advice: __(
				'Enter it above, under “Token function”, and save.',
				'app-inbox-for-esputnik'
			),
		});
	}
	const base = baseOf(settings);
	const url = `${base}/health`;
	const outcome = await ask(context, url, { credentials: 'omit' });
	if (!outcome.ok && outcome.reason === 'unreachable' && !base.startsWith(`${origin}/`)) {
		// A browser says nothing of an answer that this origin may not read, not even that there is one.
		// The loader is for pages of every origin, so it can be had where /health cannot be read.
		const loader = await ask(context, `${base}/loader.js`, {
			mode: 'no-cors',
			credentials: 'omit',
		});
		if (loader.ok) {
			return { ...fail(originRefused(origin)), status: 'skip', message: UNREADABLE() };
		}
	}
	const health = healthSchema.safeParse(outcome.ok ? parseJson(outcome.body) : undefined);
	if (!outcome.ok || outcome.status !== 200 || outcome.redirectedTo || !health.success) {
		return fail(explain(outcome, url, context));
	}
	const { version } = health.data;
	return version === data.version
		? pass(
				sprintf(
					/* translators: 1: a version number, 2: a web address. */
					__(
						'The token function, version %1$s, answers at %2$s.',
						'app-inbox-for-esputnik'
					),
					version,
					base
				)
			)
		: {
				...fail({
					message: sprintf(
						/* translators: 1 and 2: version numbers. */
						__(
							'The token function is version %1$s, and the plugin is version %2$s.',
							'app-inbox-for-esputnik'
						),
						version,
						data.version
					),
					advice: __(
						'Deploy the token function again, out of the release that has the plugin’s version.',
						'app-inbox-for-esputnik'
					),
				}),
				goesOn: true,
			};
}

const UNREADABLE = () =>
	__(
		'Something answers there, but does not let pages of your site read it, so that its version is not known.',
		'app-inbox-for-esputnik'
	);

/** Whether pages of this site may ask for tokens; and that nobody gets one without a credential. */
export async function checkOrigin(run: Run): Promise<Finding> {
	const { context } = run;
	const { settings, origin } = context;
	if ((await run.result('endpoint')).status === 'skip') {
		return fail(originRefused(origin));
	}
	const url = settings.endpoint;
	const outcome = await ask(context, url, { method: 'POST', credentials: 'omit' });
	const code = outcome.ok ? problemCode(outcome) : null;
	if (code === 'unauthenticated') {
		return pass(
			sprintf(
				/* translators: %s: a web address. */
				__(
					'Pages of %s may ask the token function, and nobody gets a token without a login.',
					'app-inbox-for-esputnik'
				),
				origin
			)
		);
	}
	if (code === 'rate_limited') {
		const { message, advice } = explain(outcome, url, context);
		return skip(message, advice);
	}
	if (outcome.ok && outcome.status === 200) {
		return fail({
			message: __(
				'A request without any login got an answer as if it had one.',
				'app-inbox-for-esputnik'
			),
			advice: __(
				'A cache in front answers for the token function, so one visitor may get another’s inbox. Exempt its address there, and empty the cache.',
				'app-inbox-for-esputnik'
			),
		});
	}
	return fail(explain(outcome, url, context));
}
