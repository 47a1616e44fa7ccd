import type { Identifiers, Identity } from '../types.ts';
import type { Identifier } from '../variables.ts';

/**
 * An identity from what a verified credential says. An e-mail or a phone that cannot be
 * one is left out rather than sent to eSputnik. Letter case stays: only eSputnik knows whether it
 * matters.
 */
export function toIdentity(
	externalCustomerId: string,
	email?: string | null,
	phone?: string | null
): Identity {
	const identity: Identity = { externalCustomerId };
	const plainEmail = email?.trim() ?? '';
	if (plainEmail.length <= 254 && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(plainEmail)) {
		identity.email = plainEmail;
	}
	const digits = phone?.replace(/[\s().-]/g, '') ?? '';
	if (/^\+?\d{5,15}$/.test(digits)) {
		identity.phone = digits;
	}
	return identity;
}

/** What of an identity goes to eSputnik; null where nothing is left. */
export function pickIdentifiers(identity: Identity, identifyBy: Identifier[]): Identifiers | null {
	const picked: Identifiers = {};
	for (const name of identifyBy) {
		const value = identity[name];
		if (value !== undefined) {
			picked[name] = value;
		}
	}
	return Object.keys(picked).length > 0 ? picked : null;
}
