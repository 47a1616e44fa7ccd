import { admit } from './admit.ts';
import type { Config } from './config.ts';
import { pickIdentifiers } from './identity/identifiers.ts';
import { problem } from './problem.ts';
import { json, type Reply } from './reply.ts';
import type { Unavailable } from './retry.ts';
import type { Service } from './service.ts';
import type { Context, Identifiers } from './types.ts';
import type { AccountOutcome, Refusal, TokenOutcome, Vendor } from './vendor.ts';

/** What the administrator reads: for each link of the chain whether it holds, and what to do. */
export interface Verdict {
	status: 'pass' | 'fail' | 'skip';
	message: string;
}

export interface Check extends Verdict {
	id: 'identity' | 'vendor-key' | 'contact';
}

const pass = (message: string): Verdict => ({ status: 'pass', message });
const fail = (message: string): Verdict => ({ status: 'fail', message });

/**
 * `POST /check`, for administrators: tries with their own identity what `/token` does for everyone.
 * The token that comes of it goes nowhere.
 */
export async function check(request: Request, service: Service, context?: Context): Promise<Reply> {
	const { config, vendor, platform, verifier } = service;
	const visitor = await admit(request, service, context);
	if (visitor.kind === 'turned away') {
		return visitor.reply;
	}
	if (!visitor.administrator) {
		return problem('forbidden');
	}
	const identifiers = pickIdentifiers(visitor.identity, config.identifyBy);
	const started = platform.clock.now();
	const [account, next, contact] = await Promise.all([
		vendor.account('ESPUTNIK_API_KEY'),
		askWithNextKey(config, vendor, identifiers),
		identifiers ? vendor.token(identifiers) : null,
	]);
	const vendorMs = platform.clock.now() - started;
	const checks: Check[] = [
		{ id: 'identity', ...ofIdentity(identifiers, config.identifyBy, verifier.aboutPrevious()) },
		{ id: 'vendor-key', ...ofKey(account, next, contact) },
		{ id: 'contact', ...ofContact(identifiers, account, contact) },
	];
	return { ...json('check', { checks }), vendorMs };
}

function ofIdentity(identifiers: Identifiers | null, identifyBy: string[], note = ''): Verdict {
	const { status, message } = identifiers
		? pass(`The token function knows who you are. eSputnik is asked by ${names(identifiers)}.`)
		: fail(
				`The token function knows who you are, but you have none of what it asks eSputnik by (${identifyBy.join(', ')}). Change IDENTIFY_BY, or complete your profile.`
			);
	return { status, message: `${message} ${note}`.trim() };
}

function ofKey(
	account: AccountOutcome,
	next: AccountOutcome | TokenOutcome | null,
	contact: TokenOutcome | null
): Verdict {
	const gaveToken = contact?.kind === 'token';
	if (next) {
		return aboutNextKey(account, next);
	}
	if (account.kind === 'account') {
		return pass(keyAccepted(account.organisation, gaveToken));
	}
	return account.kind === 'refused' && gaveToken
		? pass(KEY_ACCEPTED_FOR_TOKENS)
		: fail(account.hint);
}

/** Any key may read the account: that it may get tokens is shown by a token alone. */
export const keyAccepted = (organisation: string, gaveToken: boolean) =>
	`eSputnik accepts the API key${organisation && ` of “${organisation}”`}${gaveToken ? ', for tokens too.' : '. Whether for tokens too shows only with a contact.'}`;

/** While a key is being replaced: what the next one gets, a token if there is somebody to ask one for. */
export const askWithNextKey = async (
	{ nextVendorKey }: Config,
	vendor: Vendor,
	identifiers: Identifiers | null
): Promise<AccountOutcome | TokenOutcome | null> => {
	const name = 'ESPUTNIK_API_KEY_NEXT';
	if (nextVendorKey === undefined) {
		return null;
	}
	return identifiers ? vendor.tokenWith(name, identifiers) : vendor.account(name);
};

/** Whether the next key would do, and when the old one can go: not before the next one gives a token. */
export function aboutNextKey(
	account: AccountOutcome,
	next: AccountOutcome | TokenOutcome
): Verdict {
	if (next.kind === 'refused' || next.kind === 'unavailable') {
		return fail(
			`ESPUTNIK_API_KEY_NEXT cannot take the place of ESPUTNIK_API_KEY yet. ${next.hint}`
		);
	}
	const accepted = `eSputnik ${account.kind === 'refused' ? 'refuses ESPUTNIK_API_KEY and accepts ESPUTNIK_API_KEY_NEXT' : 'accepts ESPUTNIK_API_KEY_NEXT too'}.`;
	return pass(
		next.kind === 'token'
			? `${accepted} Put the next key in the place of ESPUTNIK_API_KEY, and then switch the old one off in eSputnik.`
			: `${accepted} Whether for tokens as well shows only with a contact: leave ESPUTNIK_API_KEY as it is until then.`
	);
}

/** A key that reads the account and gets no token is a good key that lacks a right. */
export const whyNoToken = (account: AccountOutcome, contact: Refusal | Unavailable): string =>
	account.kind === 'account' && contact.kind === 'refused' && contact.keyRefused
		? 'eSputnik refused the API key for tokens, and accepts it otherwise. Make a key with “Full access to API” in eSputnik under Settings → API → New key, and start the function again with it as ESPUTNIK_API_KEY.'
		: contact.hint;

/** A key with few rights may get tokens and not read the account: that is all we need. */
export const KEY_ACCEPTED_FOR_TOKENS =
	'eSputnik accepts the API key for tokens. It may not read the account, which is not needed.';

function ofContact(
	identifiers: Identifiers | null,
	account: AccountOutcome,
	contact: TokenOutcome | null
): Verdict {
	if (!identifiers || !contact) {
		const message =
			'Not tried, because there is nothing to ask eSputnik by. Mend identity first.';
		return { status: 'skip', message };
	}
	if (contact.kind !== 'token') {
		return fail(whyNoToken(account, contact));
	}
	return contact.token === ''
		? fail(
				`eSputnik has no contact with your ${names(identifiers)}. Add yourself there as a contact with the same values, or change IDENTIFY_BY.`
			)
		: pass('eSputnik knows you and gives a token for your inbox.');
}

const names = (identifiers: Identifiers) => Object.keys(identifiers).join(' and ');
