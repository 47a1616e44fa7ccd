import type { FrontendConfig } from '../settings/frontend-config.ts';

/**
 * Sees to it that the page has the vendor script: inserts its element as the vendor's snippet does,
 * before the first script of the document, unless there is one already. `onBlocked`
 * is called when it cannot be loaded.
 */
export function loadVendorScript(
	{ scriptId, scriptHost = 'cdn.esputnik.com' }: FrontendConfig,
	onBlocked: () => void
) {
	const host = /^http/.test(scriptHost) ? scriptHost : `https://${scriptHost}`;
	// The dot leaves out eSputnik's web push script, which is another thing.
	let script: HTMLScriptElement | null = document.querySelector(
		`script[src*=".esputnik.com/scripts/"],script[src*="${scriptId}"]`
	);
	if (!script) {
		script = document.createElement('script');
		script.async = true;
		script.src = `${host}/scripts/${scriptId}.js`;
		// There is one: ours.
		document.scripts[0]!.before(script);
	}
	script.addEventListener('error', onBlocked);
}
