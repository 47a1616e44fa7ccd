import { isSameVisitor, type GetCredential } from './credential.ts';
import { report } from './status.ts';

/** For one call of the vendor's, all requests and pauses together. */
const DEADLINE_MS = 10_000;
const RETRIES = 2;

/**
 * The `getAuthTokenCallback` that the vendor script calls whenever it wants a token: single-flight,
 * resolves '' when there is none to be had, never rejects, and keeps no token: eSputnik changes it
 * at each use, so that a remembered one is a dead one.
 */
export function tokenCallback(endpoint: URL, credential: GetCredential): () => Promise<string> {
	let flight: Promise<string> | undefined;
	return () => {
		if (!flight) {
			report({ token: 'pending' });
			flight = Promise.race([fetchToken(endpoint, credential), pause(DEADLINE_MS)]).then(
				(token) => {
					flight = undefined;
					if (!isSameVisitor()) {
						report({ state: 'guest' });
						return '';
					}
					const none = token === '' ? 'unknown-contact' : 'failed';
					report({ token: token ? 'received' : none });
					return token || '';
				}
			);
		}
		return flight;
	};
}

/** A token, '' for an unknown contact, undefined when there is none to be had. Never rejects. */
async function fetchToken(endpoint: URL, credential: GetCredential) {
	// Ends the requests too, where the browser has it (Safari from 16 on).
	const signal = AbortSignal.timeout?.(DEADLINE_MS);
	let fresh = false;
	for (let retries = RETRIES; ; retries--) {
		let wait = 999 * Math.random();
		try {
			const headers = await credential(fresh);
			// Asked now: somebody else may have logged in while the credential was on its way.
			if (!headers || !isSameVisitor()) {
				return;
			}
			const answer = await fetch(endpoint, { method: 'POST', headers, signal });
			const { status } = answer;
			if (status === 200) {
				const { token } = await answer.json();
				return typeof token === 'string' ? token : undefined;
			}
			if ((status === 401 || status === 403) && !fresh) {
				fresh = true;
				retries++;
				continue;
			}
			if (status < 500 && status !== 429) {
				return;
			}
			const after = answer.headers.get('Retry-After')!;
			wait = 1000 * +after || Date.parse(after) - Date.now() || wait;
		} catch {
			// The network's fault, which may be over soon.
		}
		if (!retries) {
			return;
		}
		await pause(wait);
	}
}

const pause = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms));
