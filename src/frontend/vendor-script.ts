import type { FrontendConfig } from '../settings/frontend-config.ts';
import { report } from './status.ts';

/**
 * Sees to it that the page has the vendor script: inserts its element as the vendor's snippet does,
 * before the first script of the document, unless there is one already, or its placeholder
 * (vendor-plugin.ts). Reports a script that cannot be loaded.
 */
export function loadVendorScript({
	scriptId,
	// WordPress prints whole origins only: it knows which they are, and the page need not.
	scriptHost = INLINE ? 'https://cdn.esputnik.com' : 'cdn.esputnik.com',
}: FrontendConfig) {
	// The dot leaves out eSputnik's web push script, which is another thing; the folder, our own config
	// where an optimiser has made a data: URL of it.
	let script = document.querySelector(
		`[src*=".esputnik.com/scripts/"],[src*="/scripts/${scriptId}"]`
	) as HTMLScriptElement | null;
	if (!script) {
		// Created by a script, it is async by itself.
		script = document.createElement('script');
		const scheme = INLINE || /^http/.test(scriptHost) ? '' : 'https://';
		script.src = `${scheme}${scriptHost}/scripts/${scriptId}.js`;
		// There is one: ours.
		document.scripts[0]!.before(script);
	}
	script.addEventListener('error', () => report({ state: 'blocked' }));
}
