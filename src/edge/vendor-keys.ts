import type { Config } from './config.ts';

export type KeyName = 'ESPUTNIK_API_KEY' | 'ESPUTNIK_API_KEY_NEXT';

/** An API key by its name, and the headers of a question with it, without a body and with one. */
export interface VendorKey {
	name: KeyName;
	plain: Record<string, string>;
	json: Record<string, string>;
}

/** The key, and the next one where there is one. The user name of Basic authentication may be anything. */
export function vendorKeys({ vendorKey, nextVendorKey }: Config): VendorKey[] {
	const toKey = (name: KeyName, key: string): VendorKey => {
		const authorization = `Basic ${btoa(`user:${key}`)}`;
		const plain = { accept: 'application/json', authorization };
		return { name, plain, json: { ...plain, 'content-type': 'application/json' } };
	};
	const first = toKey('ESPUTNIK_API_KEY', vendorKey);
	return nextVendorKey ? [first, toKey('ESPUTNIK_API_KEY_NEXT', nextVendorKey)] : [first];
}
