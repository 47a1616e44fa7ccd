import { toIdentity } from '../../edge/identity/identifiers.ts';
import type { Identifier } from '../../edge/variables.ts';
import { UsageError } from '../usage.ts';

/** Whom `--contact` means: one identifier, under eSputnik's own name for it. */
export interface Contact {
	name: Identifier;
	value: string;
}

/** An e-mail has an @, a phone begins with +, and everything else is an externalCustomerId. */
export function parseContact(text: string): Contact {
	const value = text.trim();
	if (value.includes('@')) {
		return known('email', toIdentity('', value).email, 'an e-mail address');
	}
	if (value.startsWith('+')) {
		return known('phone', toIdentity('', null, value).phone, 'a phone number');
	}
	const id = /^\P{Cc}{1,255}$/u.test(value) ? value : undefined;
	return known('externalCustomerId', id, 'an externalCustomerId');
}

function known(name: Identifier, value: string | undefined, what: string): Contact {
	if (value === undefined) {
		throw new UsageError(`--contact is not ${what}.`);
	}
	return { name, value };
}
