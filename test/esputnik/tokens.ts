import { randomBytes } from 'node:crypto';
import type { Contact } from './contacts.ts';

export type Tokens = ReturnType<typeof createTokens>;

/** Live tokens per contact. A browser with more tabs than this loses its oldest one (I). */
const LIVE_TOKENS = 50;

/**
 * Tokens that live until they are used once. A contact may hold several at a time, since two tabs
 * each ask for one of their own.
 */
export function createTokens() {
	const holders = new Map<string, Contact>();
	const held = new Map<Contact, Set<string>>();

	function issue(contact: Contact): string {
		const token = randomBytes(24).toString('base64url');
		const tokens = held.get(contact) ?? new Set();
		held.set(contact, tokens.add(token));
		holders.set(token, contact);
		for (const oldest of tokens) {
			if (tokens.size <= LIVE_TOKENS) {
				break;
			}
			revoke(oldest);
		}
		return token;
	}

	function revoke(token: string): void {
		const contact = holders.get(token);
		if (contact) {
			holders.delete(token);
			held.get(contact)?.delete(token);
		}
	}

	return {
		issue,

		/** Uses a token up: whose it was, and the token that takes its place. */
		redeem(token: string): { contact: Contact; next: string } | undefined {
			const contact = holders.get(token);
			if (!contact) {
				return undefined;
			}
			revoke(token);
			return { contact, next: issue(contact) };
		},

		/** Ends all tokens, as eSputnik may do at any moment (D). */
		revokeAll(): void {
			holders.clear();
			held.clear();
		},
	};
}
