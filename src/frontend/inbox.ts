import type { FrontendConfig } from '../settings/frontend-config.ts';
import { findCredential } from './credential.ts';
import { pageLanguage } from './language.ts';
import { takeQueue } from './queue.ts';
import { report } from './status.ts';
import { tokenCallback } from './token.ts';
import { sent, watchVendorScript } from './vendor-script.ts';

declare global {
	interface Window {
		/** The WP Consent API. */
		wp_has_consent?: (category: string) => boolean;
	}
}

/** Starts App Inbox on this page. `base`: what the endpoint's address is relative to. */
export function start(config: FrontendConfig, base: string) {
	const {
		endpoint,
		consent = 'none',
		language = 'auto',
		script,
		features: { appInbox = true, recommendations, tracking } = {},
	} = config;
	const url = INLINE ? endpoint! : new URL(endpoint ?? 'token', base).href;
	const credential = appInbox && findCredential(config);

	const loadVendorScript = watchVendorScript(config);
	const others = recommendations || tracking;
	const asks = others && consent !== 'none';
	/** The site's own snippet stays: our init waits for it, so that what it says counts, whoever is first. */
	const joins = script === 'site';
	// For a logged-in visitor at once, so that no foreign init slips by while something is waited for.
	let send = credential && takeQueue();
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
			// Beside the site's own snippet a guest is none of our business.
			if (!credential && ((joins && window.eS) || !(allowed && others))) {
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
				language: language === 'auto' ? pageLanguage() : language,
			};
			send((foreign) => {
				report({
					state: sent,
					init: foreign ? 'merged' : 'ours',
				});
				const {
					// The older form of init has the options among the flags: they are left out of them.
					/* eslint-disable @typescript-eslint/no-unused-vars */
					getAuthTokenCallback: _callback,
					language: _language,
					/* eslint-enable */
					...flags
				}: Record<string, unknown> = {
					// Alone, each one is said: the vendor takes what is left out for a yes.
					...((foreign
						? foreign[1]
						: { APP_INBOX: false, RECOMS: false, TRACKING: false }) as object),
					...(credential && { APP_INBOX: true }),
					...(allowed && recommendations && { RECOMS: true }),
					...(allowed && tracking && { TRACKING: true }),
				};
				return [flags, { ...(foreign?.[2] as object), ...options }];
			});
			loadVendorScript();
		} catch {}
	};
	// Consent tools and snippets have had their chance by then; an answer that is here already waits for
	// nobody.
	if (
		(joins || (asks && (INLINE || typeof consent === 'string'))) &&
		document.readyState === 'loading'
	) {
		addEventListener('DOMContentLoaded', go);
	} else if (INLINE || !joins) {
		go();
	} else {
		// In Tag Manager the tag that brings the snippet may be the next one.
		setTimeout(go);
	}
}
