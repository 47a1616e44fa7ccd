import type { FrontendConfig } from '../settings/frontend-config.ts';

declare global {
	interface Window {
		/** `getIdentity` for those who cannot hand over a function, as Google Tag Manager cannot. */
		appInboxGetIdentity?: FrontendConfig['getIdentity'];
	}
}

/**
 * The signed identity of a visitor on a site that is not WordPress: how to get it, a fresh one if
 * need be; '' when the visitor has logged out, or somebody else has logged in. Undefined for a guest.
 */
export function identityOf(
	config: FrontendConfig
): ((fresh?: boolean) => Promise<string | undefined>) | undefined {
	const getIdentity = config.getIdentity ?? functionOfPage();
	let value = jwtIn(config.identity);
	if (!value && !getIdentity) {
		return;
	}
	let subject = value && subjectOf(value);
	return async (fresh) => {
		if (getIdentity && (fresh || !value)) {
			value = ''; // A question that fails is asked again.
			const answer = await getIdentity();
			const next = jwtIn(answer);
			if (!next && answer && String(answer).trim()) {
				throw new TypeError(); // An error page, mostly: the next answer may be better.
			}
			// The bell on this page is of whoever came first. For somebody else there is the next page.
			if (next && (subject ||= subjectOf(next)) === subjectOf(next)) {
				value = next;
			}
		}
		return value;
	};
}

function functionOfPage() {
	const { appInboxGetIdentity: get } = window;
	// An element with that id is there under its name too.
	return typeof get === 'function' ? get : undefined;
}

/**
 * What a header takes, without the blanks that programs print round it, and no number or list that only
 * reads like it; else ''. The token function looks closer.
 */
const jwtIn = (value: unknown) =>
	(typeof value === 'string' && /^[\w.-]+$/.exec(value.trim())?.[0]) || '';

/** Whom a JWT is about, to be compared only; '' where that cannot be read. */
function subjectOf(jwt: string): string {
	try {
		const claims = jwt.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
		const { sub, email, phone } = JSON.parse(atob(claims));
		return JSON.stringify(sub ?? [email, phone]);
	} catch {
		return '';
	}
}
