import type { FrontendConfig } from '../settings/frontend-config.ts';
import { report, type Status } from './status.ts';

/** How things stand once init is sent: the script may have failed before. */
export let sent: Status['state'] = 'initialised';

/**
 * How the page gets the vendor script: the returned function inserts its element, unless there is one
 * already. Reports one that cannot be loaded, whoever brings it.
 */
export function watchVendorScript({
	scriptId,
	// WordPress prints whole origins only: it knows which they are, and the page need not.
	scriptHost = INLINE ? 'https://cdn.esputnik.com' : 'cdn.esputnik.com',
}: FrontendConfig) {
	/*
	 * Of any account, as there is one init a page; or of ours at whatever address. The dot leaves out
	 * eSputnik's web push script, which is another thing; the folder, our own config where an optimiser
	 * has made a data: URL of it; the type, what a consent tool or an optimiser still holds back.
	 */
	const isIt = (element: HTMLScriptElement) =>
		element.matches?.(`[src*=".esputnik.com/scripts/"],[src*="/scripts/${scriptId}"]`) &&
		/^$|javascript$/i.test(element.type);
	// Only who captures hears of an element's error.
	addEventListener(
		'error',
		({ target }) => {
			if (isIt(target as HTMLScriptElement)) {
				report({ state: (sent = 'blocked') });
			}
		},
		true
	);
	return () => {
		if (![...document.scripts].some(isIt)) {
			// Created by a script, it is async by itself.
			const script = document.createElement('script');
			const scheme = INLINE || /^http/.test(scriptHost) ? '' : 'https://';
			script.src = `${scheme}${scriptHost}/scripts/${scriptId}.js`;
			document.head.append(script);
		}
	};
}
