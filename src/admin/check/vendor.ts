import { SCRIPT_HOSTS } from '../../settings/index.ts';
import { scriptUrlOf } from './front-page.ts';
import type { Run } from './link.ts';

/** The one eSputnik account that this site has to do with, and where its script comes from. */
export interface Vendor {
	/** The script's id, as `bareId` writes it; '' where the settings have none. */
	id: string;
	/** Of the vendor's own, or the one that a filter has put in its place, with its port. */
	host: string;
}

export const vendorOf = async (run: Run): Promise<Vendor> => ({
	id: bareId(run.context.settings.scriptId),
	host: new URL(await scriptUrlOf(run)).host,
});

/** An id in one spelling. */
export const bareId = (id: string): string => id.replaceAll('-', '').toLowerCase();

/** The id in an address of eSputnik's script, as it stands there; '' where it is another script's address. */
export function idIn(address: string, vendor: Vendor): string {
	const [, host = '', id = ''] =
		/^(?:(?:https?:)?\/\/([^/?#]*))?\/(?:[^?#]*\/)?scripts\/([0-9a-f-]{32,36})\.js/i.exec(
			address
		) ?? [];
	// A site may hand the script on from an address of its own.
	return isVendorHost(host, vendor) || bareId(id) === vendor.id ? id : '';
}

export const isVendorHost = (host: string, vendor: Vendor): boolean =>
	host === vendor.host ||
	(SCRIPT_HOSTS as readonly string[]).includes(host) ||
	host.endsWith('.esputnik.com');

/** Whether the browser runs such an element; consent tools and optimisers hold one back by another type. */
export const runs = (script: Element): boolean =>
	/^(|module|(text|application)\/(x-)?(java|ecma)script)$/i.test(
		(script.getAttribute('type') ?? '').trim()
	);
