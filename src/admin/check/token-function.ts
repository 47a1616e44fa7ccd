import { __ } from '@wordpress/i18n';
import * as z from 'zod/mini';
import { CREDENTIAL_HEADER } from '../../settings/index.ts';
import { ask, parseJson } from './ask.ts';
import type { Run } from './link.ts';
import { baseOf, partOf, reportSchema, type Part, type Report } from './report.ts';
import { fail, pass, skippedFor, type Finding } from './result.ts';
import { aboutPreviousSecret, isAboutNextKey, nextKey } from './rotation.ts';
import { explain, newKey, quoted, whyRefused } from './words.ts';

/** Asks the token function to try, for the admin who reads this page, what it does for visitors. */
export async function askReport(run: Run): Promise<Report> {
	const { context } = run;
	const credential = await run.credential();
	if (!credential.ok) {
		return credential;
	}
	const url = `${baseOf(context.settings)}/check`;
	const outcome = await ask(context, url, asPage(credential.jwt));
	const answer = reportSchema.safeParse(
		outcome.ok && outcome.status === 200 ? parseJson(outcome.body) : undefined
	);
	return answer.success
		? { ok: true, parts: answer.data.checks }
		: { ok: false, finding: fail(explain(outcome, url, context)) };
}

/** As pages ask: without cookies, so that no server asks for a password. */
const asPage = (jwt: string): RequestInit => ({
	method: 'POST',
	credentials: 'omit',
	headers: { Authorization: `Bearer ${jwt}` },
});

export async function checkIdentity(run: Run): Promise<Finding> {
	const report = await run.report();
	if (!report.ok) {
		return report.finding;
	}
	const part = partOf(report.parts, 'identity');
	return part?.status === 'fail'
		? fail({
				message: __(
					'The token function knows you, but you have nothing that it asks eSputnik by.',
					'app-inbox-for-esputnik'
				),
				advice: __(
					'Complete your profile in WordPress (e-mail, phone), or change the function’s IDENTIFY_BY.',
					'app-inbox-for-esputnik'
				),
			})
		: pass(
				__('The token function knows who you are.', 'app-inbox-for-esputnik'),
				aboutPreviousSecret(part)
			);
}

export async function checkVendorKey(run: Run): Promise<Finding> {
	const report = await run.report();
	if (!report.ok) {
		return skippedFor('identity');
	}
	const part = partOf(report.parts, 'vendor-key');
	if (part && isAboutNextKey(part)) {
		return nextKey(part);
	}
	if (part?.status === 'pass') {
		// Its answer about the account, which any key gets.
		return pass(
			__(
				'eSputnik accepts the API key. Whether it is good for tokens too, the token of this check shows.',
				'app-inbox-for-esputnik'
			)
		);
	}
	return isKeyRefused(part)
		? fail({
				message: __(
					'eSputnik does not accept the token function’s API key.',
					'app-inbox-for-esputnik'
				),
				advice: `${newKey()} ${whyRefused()}`,
			})
		: fail(vendorTrouble(part));
}

export async function checkContact(run: Run): Promise<Finding> {
	const report = await run.report();
	if (!report.ok) {
		return skippedFor('identity');
	}
	const part = partOf(report.parts, 'contact');
	if (part?.status === 'pass') {
		return pass(__('eSputnik knows you as a contact.', 'app-inbox-for-esputnik'));
	}
	if ((await run.result('identity')).status === 'fail') {
		return skippedFor('identity');
	}
	const key = await run.result('vendor-key');
	if (key.status === 'fail' && !key.goesOn) {
		return skippedFor('vendor-key');
	}
	if (isKeyRefused(part)) {
		return fail({
			message: __('The API key may not look up contacts.', 'app-inbox-for-esputnik'),
			advice: newKey(),
		});
	}
	return part && /has no contact/.test(part.message)
		? fail(unknownContact())
		: fail(vendorTrouble(part));
}

const tokenSchema = z.object({ token: z.string() });

/** The last step of all: a token as visitors get it. It is looked at and dropped. */
export async function checkToken(run: Run): Promise<Finding> {
	const { context } = run;
	const credential = await run.credential();
	if (!credential.ok) {
		return skippedFor('identity');
	}
	const url = context.settings.endpoint;
	const outcome = await ask(context, url, asPage(credential.jwt));
	const answer = tokenSchema.safeParse(
		outcome.ok && outcome.status === 200 ? parseJson(outcome.body) : undefined
	);
	if (!answer.success) {
		return fail(explain(outcome, url, context));
	}
	const answered = outcome.ok && outcome.headers.get(CREDENTIAL_HEADER);
	if (!credential.jwt.endsWith(answered || '')) {
		return fail(othersToken());
	}
	return answer.data.token.trim() === ''
		? fail(unknownContact())
		: pass(__('A token for your inbox arrived.', 'app-inbox-for-esputnik'));
}

/** Pages take no such token either. */
const othersToken = () => ({
	message: __(
		'The token that arrived answers somebody else’s request.',
		'app-inbox-for-esputnik'
	),
	advice: __(
		'Something before the token function keeps answers to POST requests, or gives one answer to several that look the same. Exempt its address there. App Inbox takes no such token, so that nobody sees another’s inbox.',
		'app-inbox-for-esputnik'
	),
});

export const unknownContact = () => ({
	message: __('eSputnik does not know you as a contact.', 'app-inbox-for-esputnik'),
	advice: __(
		'Add yourself in eSputnik as a contact with the same e-mail, or with your WordPress user id as externalCustomerId. Visitors need the same to have an inbox.',
		'app-inbox-for-esputnik'
	),
});

const vendorTrouble = (part: Part | undefined) => ({
	message: __('eSputnik gives the token function no usable answer.', 'app-inbox-for-esputnik'),
	advice: [
		__(
			'Try again in some minutes. If it stays, see that the function’s server may connect to esputnik.com, or to api.yespo.io where the account is one of Yespo.',
			'app-inbox-for-esputnik'
		),
		part ? quoted(part.message) : '',
	]
		.join(' ')
		.trim(),
});

const isKeyRefused = (part: Part | undefined) => /refused the API key/.test(part?.message ?? '');
