import { __, sprintf } from '@wordpress/i18n';
import type { Context } from './context.ts';
import { checkConsent } from './consent.ts';
import { getCredential } from './credential.ts';
import { checkCsp } from './csp.ts';
import { checkDuplicate } from './duplicate.ts';
import { checkEndpoint, checkOrigin } from './endpoint.ts';
import { readFrontPage } from './front-page.ts';
import { glance } from './glance.ts';
import { checkKeptAnswers } from './kept-answers.ts';
import { checkFrontPage, checkOneInit } from './live.ts';
import type { Run } from './link.ts';
import { checkPageCache } from './page-cache.ts';
import { CHECKS, fail, skip, skippedFor, titleOf } from './result.ts';
import type { CheckId, Finding, Result } from './result.ts';
import { checkScript } from './script.ts';
import {
	askReport,
	checkContact,
	checkIdentity,
	checkToken,
	checkVendorKey,
} from './token-function.ts';

interface Link {
	check: (run: Run) => Promise<Finding>;
	/** Links without which this one makes no sense. */
	needs?: CheckId[];
	/** Has to do with the inbox alone. */
	inbox?: true;
	/** Works only where admin area and site have one address. */
	sameOrigin?: true;
}

const LINKS: Record<CheckId, Link> = {
	script: { check: checkScript },
	endpoint: { check: checkEndpoint, inbox: true },
	origin: { check: checkOrigin, needs: ['endpoint'], inbox: true, sameOrigin: true },
	identity: { check: checkIdentity, needs: ['endpoint', 'origin'], inbox: true },
	'vendor-key': { check: checkVendorKey, needs: ['endpoint', 'origin'], inbox: true },
	contact: { check: checkContact, needs: ['endpoint', 'origin'], inbox: true },
	token: {
		check: checkToken,
		needs: ['endpoint', 'origin', 'identity', 'vendor-key', 'contact'],
		inbox: true,
	},
	'front-page': { check: checkFrontPage, sameOrigin: true },
	'one-init': { check: checkOneInit, sameOrigin: true },
	duplicate: { check: checkDuplicate, sameOrigin: true },
	consent: { check: checkConsent, sameOrigin: true },
	'page-cache': { check: checkPageCache, sameOrigin: true },
	'kept-answers': { check: checkKeptAnswers, sameOrigin: true },
	csp: { check: checkCsp, sameOrigin: true },
};

/** Tries link after link and tells of each as soon as it is known. Never rejects. */
export async function runChecks(
	context: Context,
	onResult: (result: Result) => void
): Promise<Result[]> {
	const findings = new Map<CheckId, Promise<Finding>>();
	const run: Run = {
		context,
		result(id) {
			const known = findings.get(id) ?? guarded(() => tryLink(run, id));
			findings.set(id, known);
			return known;
		},
		frontPage: once(() => readFrontPage(context)),
		glance: once(() => glance(context)),
		credential: once(() => getCredential(context)),
		report: once(() => askReport(run)),
	};
	const results: Result[] = [];
	for (const id of CHECKS) {
		const { status, message, advice, offer } = await run.result(id);
		const title = titleOf(id);
		const result = { id, status, title, message, advice, ...(offer && { offer }) };
		results.push(result);
		onResult(result);
	}
	return results;
}

async function tryLink(run: Run, id: CheckId): Promise<Finding> {
	const { check, needs = [], inbox, sameOrigin } = LINKS[id];
	const { settings, data, origin } = run.context;
	if (inbox && !settings.features.appInbox) {
		return skip(__('Not needed: App Inbox is switched off.', 'app-inbox-for-esputnik'));
	}
	if (sameOrigin && new URL(data.siteUrl).origin !== origin) {
		return skip(
			sprintf(
				/* translators: 1 and 2: web addresses. */
				__(
					'Not known: your admin area is at %1$s and your site at %2$s, and a browser does not let one look into the other.',
					'app-inbox-for-esputnik'
				),
				origin,
				new URL(data.siteUrl).origin
			),
			__(
				'Open your site with ?app-inbox-debug at the end of its address: the browser’s console says what App Inbox does.',
				'app-inbox-for-esputnik'
			)
		);
	}
	for (const needed of needs) {
		const { status, goesOn } = await run.result(needed);
		if (status === 'fail' && !goesOn) {
			return skippedFor(needed);
		}
	}
	for (const needed of needs) {
		// That the endpoint cannot be read is what the check of the origin explains.
		if ((await run.result(needed)).status === 'skip' && needed !== 'endpoint') {
			return skip(
				sprintf(
					/* translators: %s: the name of another check, such as “API key”. */
					__('Not tried, because “%s” could not be tried.', 'app-inbox-for-esputnik'),
					titleOf(needed)
				)
			);
		}
	}
	return check(run);
}

/** An error that nobody expected: its name may be shown, its message may quote anything. */
const guarded = (check: () => Promise<Finding>): Promise<Finding> =>
	check().catch((error: unknown) =>
		fail({
			message: sprintf(
				/* translators: %s: a technical word such as TypeError. */
				__('This check itself broke (%s).', 'app-inbox-for-esputnik'),
				error instanceof Error ? error.constructor.name : typeof error
			),
			advice: __(
				'Check again. If it stays, please report this line to the makers of the plugin.',
				'app-inbox-for-esputnik'
			),
		})
	);

function once<T>(get: () => Promise<T>): () => Promise<T> {
	let got: Promise<T> | undefined;
	return () => (got ??= get());
}
