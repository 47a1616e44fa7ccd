import { IDENTITY_ACTION, NONCE_ACTION, type FrontendConfig } from '../settings/frontend-config.ts';
import { identityOf } from './identity.ts';
import { isGuest, meetVisitor, reloadForOthers } from './visitor.ts';

/**
 * Gets the request headers that prove to the token function who the visitor is; undefined when it
 * turns out to be a guest. `fresh` asks for a new credential instead of the one kept.
 */
export type GetCredential = (fresh: boolean) => Promise<Record<string, string> | undefined>;

/** How to get the credential of the logged-in visitor; undefined for a guest. */
export function findCredential(
	config: FrontendConfig,
	endpoint: string
): GetCredential | undefined {
	const { identityUrl = identityUrlFor(endpoint) } = config;
	const getIdentity = INLINE ? undefined : identityOf(config);
	const marker = meetVisitor();
	if (!getIdentity && !marker) {
		// Whoever was here before may have left a credential that is good for some minutes yet.
		keep(keep() && ' ');
		return;
	}
	reloadForOthers();
	const key = `${marker} ${identityUrl} `;
	return async (fresh) => {
		let value: string | undefined;
		if (getIdentity) {
			value = await getIdentity(fresh);
		} else {
			value = fresh ? '' : keep()?.split(key)[1];
			if (!value) {
				const answer = await fetch(identityUrl);
				// A guest gets a 400. Whatever else is no answer may pass.
				if (answer.status > 400) {
					throw answer;
				}
				value = await answer.text();
				if (/^[\w.-]{9,}$/.test(value)) {
					keep(key + value);
				} else {
					value = '';
				}
			}
		}
		if (!value) {
			isGuest();
			return;
		}
		// A nonce has ten digits, and no JWT is so short.
		return getIdentity || value[10]
			? { Authorization: `Bearer ${value}` }
			: { 'X-WP-Nonce': value };
	};
}

/**
 * WordPress says where. A loader does not know: below the site's own address the login cookie reaches
 * the endpoint by itself, and a nonce is enough.
 */
const identityUrlFor = (endpoint: string) =>
	`/wp-admin/admin-ajax.php?action=${
		INLINE || endpoint.startsWith(`${location.origin}/`) ? NONCE_ACTION : IDENTITY_ACTION
	}`;

/**
 * What the tab keeps, or keeps from now on: one credential, so that not every page costs a request,
 * behind its visitor's marker, so that nobody else's is ever shown. Blocked storage keeps nothing.
 */
function keep(value?: string): string | undefined {
	try {
		return value ? (sessionStorage.appInbox = value) : sessionStorage.appInbox;
	} catch {}
}
