import { __, sprintf } from '@wordpress/i18n';
import { excluded, isExcluded } from './credential.ts';
import type { PageCopy } from './front-page.ts';
import { fail, pass, skip, skippedFor, type CheckId, type Finding } from './result.ts';
import type { Run } from './link.ts';
import { unknownContact } from './token-function.ts';
import { bareId, idIn, runs, vendorOf } from './vendor.ts';
import { withoutQuery } from './words.ts';

/** What App Inbox says of itself on the front page, opened for the admin in a hidden frame. */
export async function checkFrontPage(run: Run): Promise<Finding> {
	const { context } = run;
	const page = await run.frontPage();
	if (!page.ok) {
		return fail(page.explanation);
	}
	const seen = await run.glance();
	if (!seen) {
		return unframed(page.copy);
	}
	const { status } = seen;
	if (!status) {
		return (await run.result('csp')).status === 'fail'
			? skippedFor('csp')
			: fail(notRun(run, page.copy));
	}
	switch (status.state) {
		case 'idle':
			return fail(notRun(run, page.copy));
		case 'guest':
			return isExcluded(context) ? excluded() : fail(takenForGuest());
		case 'already-initialised':
			return skippedFor('one-init');
		case 'blocked':
			return (await firstFailed(run, ['script', 'csp'])) ?? fail(scriptBlocked());
		case 'initialised':
			break;
	}
	if (!context.settings.features.appInbox) {
		return pass(
			__(
				'eSputnik’s script runs on your front page, without an inbox.',
				'app-inbox-for-esputnik'
			)
		);
	}
	switch (status.token) {
		case 'received':
			return pass(
				__(
					'Your front page gets a token for you: the bell can show your messages.',
					'app-inbox-for-esputnik'
				)
			);
		case 'unknown-contact':
			return (await firstFailed(run, TOKEN_LINKS)) ?? fail(unknownContact());
		case 'failed':
			return (
				(await firstFailed(run, [...TOKEN_LINKS, 'csp'])) ?? fail(noToken(status.message))
			);
		case 'pending':
		case 'none':
			return (await firstFailed(run, ['script', 'csp'])) ?? fail(neverAsked(seen.es));
	}
}

const TOKEN_LINKS: CheckId[] = ['endpoint', 'origin', 'identity', 'vendor-key', 'contact', 'token'];

/** Skipped for the first of these links that is broken, or null. */
async function firstFailed(run: Run, links: CheckId[]): Promise<Finding | null> {
	for (const id of links) {
		const { status, goesOn } = await run.result(id);
		if (status === 'fail' && !goesOn) {
			return skippedFor(id);
		}
	}
	return null;
}

/** Visitors do not meet this, so it is no failure. */
function unframed({ headers, document }: PageCopy): Finding {
	const policy = [
		headers.get('content-security-policy') ?? '',
		...[...document.querySelectorAll('meta[http-equiv="content-security-policy" i]')].map(
			(meta) => meta.getAttribute('content') ?? ''
		),
	].join(';');
	const cause = headers.has('x-frame-options')
		? 'X-Frame-Options'
		: (/frame-ancestors/i.exec(policy)?.[0] ?? '');
	const advice = __(
		'Open your site with ?app-inbox-debug at the end of its address: the browser’s console says what App Inbox does. Visitors are not affected.',
		'app-inbox-for-esputnik'
	);
	return cause === ''
		? skip(
				__(
					'Not known: the browser does not let this page look into your front page.',
					'app-inbox-for-esputnik'
				),
				advice
			)
		: skip(
				sprintf(
					/* translators: %s: the name of an HTTP header. */
					__(
						'Not known: your site forbids that its pages are shown in a frame (%s).',
						'app-inbox-for-esputnik'
					),
					cause
				),
				advice
			);
}

function notRun({ context }: Run, { script }: PageCopy) {
	const message = __('App Inbox does not run on your front page.', 'app-inbox-for-esputnik');
	if (script) {
		return {
			message,
			advice: runs(script)
				? __(
						'Its script is there, but something stops it: look into the browser’s console on your front page. A plugin that delays or combines scripts is the usual reason: exclude appInbox.init there.',
						'app-inbox-for-esputnik'
					)
				: __(
						'A plugin that delays scripts holds it back until a visitor moves. Exclude appInbox.init in that plugin’s settings.',
						'app-inbox-for-esputnik'
					),
		};
	}
	const { scriptId, features, endpoint } = context.settings;
	const complete =
		scriptId !== '' &&
		((features.appInbox && endpoint !== '') || features.recommendations || features.tracking);
	return {
		message,
		advice: complete
			? __(
					'Empty your page cache. If that does not help, your theme may lack wp_head() in its header, or a “coming soon” page stands before your site.',
					'app-inbox-for-esputnik'
				)
			: __(
					'The settings are not complete: it needs a script, and the address of the token function.',
					'app-inbox-for-esputnik'
				),
	};
}

const takenForGuest = () => ({
	message: __(
		'Your front page takes you for a guest, although you are logged in.',
		'app-inbox-for-esputnik'
	),
	advice: __(
		'Log out and in again, then check again. If it stays, something takes the cookie app_inbox_user away or hides it from scripts (HttpOnly): look at cookie and security plugins, and at the web server’s rules for cookies.',
		'app-inbox-for-esputnik'
	),
});

const scriptBlocked = () => ({
	message: __('eSputnik’s script did not load on your front page.', 'app-inbox-for-esputnik'),
	advice: __(
		'Often an ad blocker stops it: switch yours off for this site and check again.',
		'app-inbox-for-esputnik'
	),
});

const noToken = (said: string) => ({
	message: __(
		'App Inbox runs on your front page, but no token arrives there.',
		'app-inbox-for-esputnik'
	),
	advice: [
		lastAnswer(said),
		__(
			'Check again in a minute. If it stays, look into the token function’s log for this minute.',
			'app-inbox-for-esputnik'
		),
	]
		.join(' ')
		.trim(),
});

/** The wrong answer that `status().message` names, if any. */
function lastAnswer(said: string): string {
	const [, url, status] = /^(https?:\S+) (\d{3}) /.exec(said) ?? [];
	return url && status
		? sprintf(
				/* translators: 1: a web address, 2: an HTTP status. */
				__('It last got a wrong answer from %1$s (%2$s).', 'app-inbox-for-esputnik'),
				withoutQuery(url),
				status
			)
		: '';
}

const neverAsked = (es: 'none' | 'stub' | 'vendor') => ({
	message:
		es === 'vendor'
			? __(
					'eSputnik’s script runs on your front page, but does not ask for a token.',
					'app-inbox-for-esputnik'
				)
			: __(
					'eSputnik’s script did not start on your front page in time.',
					'app-inbox-for-esputnik'
				),
	advice:
		es === 'vendor'
			? __(
					'Ask eSputnik’s support whether App Inbox is switched on for your account.',
					'app-inbox-for-esputnik'
				)
			: __(
					'Check again. If it stays, exclude eSputnik’s script from plugins that delay scripts.',
					'app-inbox-for-esputnik'
				),
});

/** Whether the vendor's script was started once, by whom, and is there once. */
export async function checkOneInit(run: Run): Promise<Finding> {
	const page = await run.frontPage();
	if (!page.ok) {
		return skippedFor('front-page');
	}
	const seen = await run.glance();
	const status = seen?.status;
	if (!seen || !status || status.state === 'idle' || status.state === 'guest') {
		const front = await run.result('front-page');
		return front.status === 'fail' ? skippedFor('front-page') : front;
	}
	const keepsSnippet = run.context.settings.script === 'site';
	if (status.state === 'already-initialised') {
		return fail({
			message: __(
				'Another eSputnik snippet starts before App Inbox does, so the inbox cannot start.',
				'app-inbox-for-esputnik'
			),
			advice: keepsSnippet
				? __(
						'App Inbox has to come first: in a plugin that delays or combines scripts, exclude appInbox.init.',
						'app-inbox-for-esputnik'
					)
				: __(
						'Remove that snippet: App Inbox loads eSputnik’s script already.',
						'app-inbox-for-esputnik'
					),
		});
	}
	const vendor = await vendorOf(run);
	const ids = seen.scripts.map((address) => idIn(address, vendor)).filter(Boolean);
	const [first = '', second] = new Map(ids.map((id) => [bareId(id), id])).values();
	if (second) {
		return fail({
			message: sprintf(
				/* translators: 1 and 2: ids of accounts. */
				__(
					'Your front page loads the scripts of two different eSputnik accounts, %1$s and %2$s.',
					'app-inbox-for-esputnik'
				),
				first,
				second
			),
			advice: __('Remove the snippet that is not yours.', 'app-inbox-for-esputnik'),
		});
	}
	if (ids.length > 1) {
		return fail({
			message: __('Your front page loads eSputnik’s script twice.', 'app-inbox-for-esputnik'),
			advice: keepsSnippet
				? __(
						'Only your site’s own snippet is to load it: see “Other eSputnik snippets”.',
						'app-inbox-for-esputnik'
					)
				: __(
						'Only App Inbox is to load it, or only the other snippet: see “Other eSputnik snippets”.',
						'app-inbox-for-esputnik'
					),
		});
	}
	if (status.state === 'blocked') {
		return skippedFor('front-page');
	}
	if (seen.es === 'none') {
		return fail({
			message: __(
				'Another script on your front page removes eSputnik’s (window.eS).',
				'app-inbox-for-esputnik'
			),
			advice: __('Switch plugins off one by one to find it.', 'app-inbox-for-esputnik'),
		});
	}
	return status.init === 'merged'
		? pass(
				__(
					'It is started once: the start of another snippet was merged into App Inbox’s own.',
					'app-inbox-for-esputnik'
				)
			)
		: pass(__('It is started once, by App Inbox.', 'app-inbox-for-esputnik'));
}
