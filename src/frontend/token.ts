import { CREDENTIAL_HEADER } from '../settings/frontend-config.ts';
import type { GetCredential } from './credential.ts';
import { ADVICE, report } from './status.ts';
import { isSameVisitor } from './visitor.ts';

/** For one call of the vendor's, all requests and pauses together. */
const DEADLINE_MS = 10_000;
const RETRIES = 2;

/**
 * The `getAuthTokenCallback` that the vendor script calls whenever it wants a token: single-flight,
 * resolves '' when there is none to be had, never rejects, and keeps no token: eSputnik changes it
 * at each use, so that a remembered one is a dead one.
 */
export function tokenCallback(endpoint: string, credential: GetCredential): () => Promise<string> {
	let flight: Promise<string> | undefined;
	// An async function: what goes wrong on the way is never thrown, and its promise is the browser's own.
	return () => (flight ??= fly());

	async function fly() {
		let token!: string | void;
		report({ token: 'pending' });
		try {
			token = await Promise.race([
				fetchToken(endpoint, credential, Date.now() + DEADLINE_MS),
				pause(DEADLINE_MS),
			]);
		} catch {}
		flight = undefined;
		if (!isSameVisitor()) {
			report({ state: 'guest', token: 'none' });
			return '';
		}
		const none = token === '' ? 'unknown-contact' : 'failed';
		report({ token: token ? 'received' : none });
		return token || '';
	}
}

/**
 * A token, '' for an unknown contact, undefined when there is none to be had. Rejects where a 200 is
 * not what it should be: whoever answers so will not do better in a second.
 */
async function fetchToken(
	endpoint: string,
	credential: GetCredential,
	/** Milliseconds since 1970. */
	deadline: number
): Promise<string | undefined> {
	let fresh: boolean | undefined;
	let answer: Response;
	for (let retries = RETRIES; Date.now() < deadline; retries--) {
		try {
			const jwt = await credential(fresh);
			fresh &&= false;
			// Asked now: somebody else may have logged in while the credential was on its way.
			if (!isSameVisitor()) {
				return;
			}
			// A text, as everywhere here: eSputnik's WooCommerce plugin puts a fetch of its own before the
			// browser's, which fails with a URL object. Without cookies no server asks for a password.
			answer = await fetch(endpoint, {
				method: 'POST',
				headers: { Authorization: `Bearer ${jwt}` },
				credentials: 'omit',
			});
			// The answer to another credential is somebody else's.
			if (answer.ok && jwt!.endsWith(answer.headers.get(CREDENTIAL_HEADER) || '')) {
				// Of anything but a string, undefined. Not awaited here, where it would be tried again.
				return answer.json().then((body) => body.token?.trim?.());
			}
			// eslint-disable-next-line no-bitwise -- 401 or 403, in the fewest bytes.
			if (fresh === undefined && (answer.status | 2) === 403) {
				fresh = true;
				continue;
			}
		} catch (error) {
			// An answer of WordPress that has no credential; or the network's fault, which may be over soon.
			answer = error as Response;
		}
		const { status } = answer;
		report({ message: [answer.url || answer, status, ADVICE].join(' ') });
		if (retries < 1 || (status < 500 && status !== 429)) {
			return;
		}
		const after = answer.headers?.get('Retry-After') as string;
		await pause(1000 * +after || Date.parse(after) - Date.now() || 999 * Math.random());
	}
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
