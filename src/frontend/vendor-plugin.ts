import { SCRIPT_PLACEHOLDER } from '../settings/frontend-config.ts';

/*
 * Runs before the front end where WordPress has eSputnik's own plugin for WooCommerce, whose snippet
 * brings eSputnik's script at the end of the page. Until then a placeholder stands for that script:
 * the front end finds it, brings none of its own, and listens to it for the script's errors.
 */
const placeholder = document.querySelector(`meta[name=${SCRIPT_PLACEHOLDER}]`);
const address = placeholder?.getAttribute('src') ?? '';
/** The script, by whomever it comes; of another account too, as the front end leaves it alone as well. */
const SCRIPT = `script[src="${address}"],script[src*=".esputnik.com/scripts/"]`;

if (placeholder) {
	// Only who captures hears of an element's error.
	addEventListener(
		'error',
		({ target }) => {
			if (target instanceof Element && target.matches(SCRIPT)) {
				placeholder.dispatchEvent(new Event('error'));
			}
		},
		true
	);
	// On the window: after the front end, which may wait for the same event on the document.
	addEventListener('DOMContentLoaded', () => {
		// A consent tool or an optimiser holds the snippet back: the bell does not wait for it.
		if (window.appInbox?.status().state === 'initialised' && !document.querySelector(SCRIPT)) {
			const script = document.createElement('script');
			script.src = address;
			document.head.append(script);
		}
	});
}
