import type { FrontendConfig } from '../settings/frontend-config.ts';
import { findCredential } from './credential.ts';
import { takeQueue } from './queue.ts';
import { report } from './status.ts';
import { tokenCallback } from './token.ts';
import { loadVendorScript } from './vendor-script.ts';

declare global {
	interface Window {
		/** The WP Consent API. */
		wp_has_consent?: (category: string) => boolean;
	}
}

/** Starts App Inbox on this page. `base`: what the endpoint's address is relative to. */
export function start(config: FrontendConfig, base: string) {
	const {
		endpoint = INLINE ? '' : 'token',
		consent = 'none',
		language = 'auto',
		features: { appInbox = true, recommendations, tracking } = {},
	} = config;
	const url = new URL(endpoint, INLINE ? location.href : base).href;
	const credential = appInbox && findCredential(config, url);

	// For a logged-in visitor at once, so that no foreign init slips by while other features wait for consent.
	let send = credential && takeQueue();
	const others = recommendations || tracking;
	const asks = others && consent !== 'none';
	const go = () => {
		// As a listener, nobody else would catch what goes wrong here.
		try {
			let allowed: boolean | undefined = !asks;
			try {
				// Without a consent tool on the page all is allowed; one that fails is taken for a no.
				allowed ||=
					(INLINE || typeof consent === 'string'
						? window.wp_has_consent?.(consent as string)
						: consent) ?? true;
			} catch {}
			if (!credential && !(allowed && others)) {
				report({ state: 'guest' });
				return;
			}
			send ||= takeQueue();
			if (!send) {
				report({ state: 'already-initialised', init: 'foreign' });
				return;
			}
			const options = credential && {
				getAuthTokenCallback: tokenCallback(url, credential),
				language:
					language === 'auto'
						? // The first subtag of the page's own language, in lower case: ISO 639-1.
							document.documentElement.lang.split(/[-_]/)[0]!.toLowerCase() || 'en'
						: language,
			};
			send((foreign) => {
				report({ state: 'initialised', init: foreign ? 'merged' : 'ours' });
				return [
					{
						// Alone, each one is said: the vendor takes what is left out for a yes.
						...((foreign
							? foreign[1]
							: { APP_INBOX: false, RECOMS: false, TRACKING: false }) as object),
						...(credential && { APP_INBOX: true }),
						...(allowed && recommendations && { RECOMS: true }),
						...(allowed && tracking && { TRACKING: true }),
					},
					{ ...(foreign?.[2] as object), ...options },
				];
			});
			loadVendorScript(config);
		} catch {}
	};
	// Consent tools have had their chance to load by then; an answer that is here already waits for nobody.
	if (asks && (INLINE || typeof consent === 'string') && document.readyState === 'loading') {
		document.addEventListener('DOMContentLoaded', go);
	} else {
		go();
	}
}
