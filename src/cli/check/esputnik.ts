import {
	aboutNextKey,
	askWithNextKey,
	KEY_ACCEPTED_FOR_TOKENS,
	keyAccepted,
	whyNoToken,
} from '../../edge/check.ts';
import type { Config } from '../../edge/config.ts';
import { createMetrics } from '../../edge/metrics.ts';
import { createVendor, type Refusal } from '../../edge/vendor.ts';
import type { Unavailable } from '../../edge/retry.ts';
import { observed, type Ask } from './ask.ts';
import type { Contact } from './contact.ts';
import { explained, fail, pass, skip, type Explanation, type Finding } from './finding.ts';
import { createPlatform } from './platform.ts';
import { unreached } from './unreached.ts';

/** What eSputnik says to the token function's own client, with the API key of this environment. */
export function checkEsputnik(
	config: Config,
	contact: Contact | null,
	ask: Ask,
	version: string
): { key: Promise<Finding>; contact: Promise<Finding> } {
	// One client for each question, so that each failure has its own reason.
	const account = observed(ask);
	const tokens = observed(ask);
	const vendorWith = ({ http }: typeof account) =>
		createVendor(config, createPlatform(http, version), () => {}, createMetrics(version));
	const known = vendorWith(account).account('ESPUTNIK_API_KEY');
	const identifiers = contact && { [contact.name]: contact.value };
	const ofNextKey = askWithNextKey(config, vendorWith(observed(ask)), identifiers);
	const token = identifiers ? vendorWith(tokens).token(identifiers) : Promise.resolve(null);

	const explain = (outcome: Refusal | Unavailable, { last }: typeof account): Explanation => {
		const answer = last();
		return outcome.kind === 'unavailable' && answer?.ok === false
			? {
					message: unreached(answer.code, config.vendorUrl).message,
					next: 'Check ESPUTNIK_API_URL and this machine’s way to the internet: a firewall or a proxy may stand in between.',
				}
			: explained(outcome.hint);
	};

	const checkKey = async (): Promise<Finding> => {
		const outcome = await known;
		const nextOutcome = await ofNextKey;
		if (nextOutcome) {
			const { status, message } = aboutNextKey(outcome, nextOutcome);
			return status === 'fail' ? fail(explained(message)) : pass(message);
		}
		if (outcome.kind === 'account') {
			const gaveToken = (await token)?.kind === 'token';
			const accepted = keyAccepted(outcome.organisation, gaveToken);
			return pass(contact ? accepted : `${accepted} --contact tries one.`);
		}
		if (outcome.kind === 'refused' && outcome.keyRefused) {
			if ((await token)?.kind === 'token') {
				return pass(KEY_ACCEPTED_FOR_TOKENS);
			}
			const { message, next } = explain(outcome, account);
			return fail({
				message,
				next: contact
					? next
					: `${next} If the key is right and only lacks the right to read the account, --contact tells.`,
			});
		}
		return fail(explain(outcome, account));
	};

	const checkContact = async (): Promise<Finding> => {
		const outcome = await token;
		if (!contact || !outcome) {
			return skip('Not tried. With --contact an id, an e-mail or a phone is looked up.');
		}
		const { name } = contact;
		if (outcome.kind !== 'token') {
			const hint = whyNoToken(await known, outcome);
			return fail(explain({ ...outcome, hint }, tokens));
		}
		if (outcome.token === '') {
			return fail({
				message: `eSputnik has no contact with this ${name}.`,
				next: `Add it there, with exactly this value as its ${name}, or try --contact with another one of the contact’s.`,
			});
		}
		return pass(
			config.identifyBy.includes(name)
				? `eSputnik knows this ${name} and gives a token for it.`
				: `eSputnik knows this ${name}, but the token function does not ask by it: IDENTIFY_BY is ${config.identifyBy.join(',')}.`
		);
	};

	return { key: checkKey(), contact: checkContact() };
}
