import type { Config } from './config.ts';
import type { Clock, Log } from './types.ts';

/** Between two tries of a key that eSputnik has refused beside the other one. */
const PAUSE_MS = 60_000;

export type KeyName = 'ESPUTNIK_API_KEY' | 'ESPUTNIK_API_KEY_NEXT';

/**
 * Which of the API keys is in use: the first until eSputnik refuses it and takes the next, and then
 * that one, for as long as it is taken.
 */
export interface VendorKeys {
	/** The headers of a question with this key, without a body and with one. */
	headers: (name: KeyName) => Record<'plain' | 'json', Record<string, string>>;
	current: () => KeyName;
	/** Besides this one, where there is another that was not refused within the last minute. */
	other: (than: KeyName) => KeyName | undefined;
	/** eSputnik has refused the current key and taken this one. */
	use: (name: KeyName) => void;
	/** eSputnik has refused both. */
	refuseBoth: () => void;
}

export function createVendorKeys(config: Config, clock: Clock, log: Log): VendorKeys {
	const { vendorKey, nextVendorKey } = config;
	let current: KeyName = 'ESPUTNIK_API_KEY';
	let refusedAt = -Infinity;
	// Made once: each costs as much as the rest of a request's headers.
	const headers = {
		ESPUTNIK_API_KEY: headersWith(vendorKey),
		ESPUTNIK_API_KEY_NEXT: headersWith(nextVendorKey ?? ''),
	};
	return {
		headers: (name) => headers[name],
		current: () => current,
		other: (than) =>
			nextVendorKey !== undefined && Math.abs(clock.now() - refusedAt) >= PAUSE_MS
				? OTHER[than]
				: undefined,
		use(name) {
			if (name !== current) {
				log('warn', 'api_key_changed', { hint: CHANGED[name] });
			}
			current = name;
		},
		refuseBoth: () => void (refusedAt = clock.now()),
	};
}

/** The user name of Basic authentication may be anything. */
function headersWith(key: string) {
	const plain = { accept: 'application/json', authorization: `Basic ${btoa(`user:${key}`)}` };
	return { plain, json: { ...plain, 'content-type': 'application/json' } };
}

const OTHER: Record<KeyName, KeyName> = {
	ESPUTNIK_API_KEY: 'ESPUTNIK_API_KEY_NEXT',
	ESPUTNIK_API_KEY_NEXT: 'ESPUTNIK_API_KEY',
};

const CHANGED: Record<KeyName, string> = {
	ESPUTNIK_API_KEY:
		'eSputnik refuses ESPUTNIK_API_KEY_NEXT and takes ESPUTNIK_API_KEY, which is in use again. Make another next key.',
	ESPUTNIK_API_KEY_NEXT:
		'eSputnik refuses ESPUTNIK_API_KEY and takes ESPUTNIK_API_KEY_NEXT, which is in use from now on. Put it in the place of ESPUTNIK_API_KEY.',
};
