import { IDENTITY_URL, type FrontendConfig } from '../settings/frontend-config.ts';
import { identityOf } from './identity.ts';
import { isGuest, meetVisitor, reloadForOthers } from './visitor.ts';

/**
 * Gets the credential, a JWT about the visitor; none when it turns out to be a guest. `fresh` asks for a
 * new one instead of the one kept. Rejects with the `Response` that had none, or with the network's error.
 */
export type GetCredential = (fresh?: boolean) => Promise<string | undefined>;

/** In milliseconds: WordPress's credentials live for a quarter of an hour, and the last minute is spared. */
const KEPT_FOR = 14 * 60_000;

/** How to get the credential of the logged-in visitor; undefined for a guest. */
export function findCredential(config: FrontendConfig): GetCredential | undefined {
	const { identityUrl = IDENTITY_URL } = config;
	const getIdentity = INLINE ? undefined : identityOf(config);
	const marker = meetVisitor();
	/** Two sites in folders of a host share the tab's storage, and one's address may end like the other's. */
	const key = marker + identityUrl;
	if (!getIdentity && !marker) {
		// Whoever was here before may have left a credential that is good for some minutes yet.
		keep(keep() && ' ');
		return;
	}
	reloadForOthers();
	if (getIdentity) {
		return async (fresh) => (await getIdentity(fresh)) || isGuest();
	}
	return async (fresh) => {
		const now = Date.now();
		const [kept, until] = (keep() || '').split(key);
		if (!fresh && now < +until!) {
			return kept;
		}
		// No two questions are equal, for who joins equal ones would give several people one marker.
		const answer = await fetch(`${identityUrl}&${Math.random()}`, { method: 'POST' });
		if (answer.status === 204) {
			return isGuest();
		}
		// A JWT has the marker of its login in it as it is: whatever stands between here and WordPress,
		// and whatever it adds, nobody else's is ever taken.
		const jwt = (await answer.text()).match(`[\\w.-]+${marker}[\\w.-]+`)?.[0];
		if (jwt) {
			keep(jwt + key + (now + KEPT_FOR));
			return jwt;
		}
		throw answer;
	};
}

/**
 * What the tab keeps, or keeps from now on: one credential, so that not every page costs a request,
 * before whose it is and when it ends. Blocked storage keeps nothing.
 */
function keep(value?: string): string | undefined {
	try {
		return value ? (sessionStorage.appInbox = value) : sessionStorage.appInbox;
	} catch {}
}
