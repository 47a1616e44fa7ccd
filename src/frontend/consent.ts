/**
 * Runs beside the front end where tracking or recommendations wait for a consent: a consent that is
 * withdrawn stops at once what can be stopped, the events that pages send. What eSputnik's script does
 * by itself ends with the page, as a consent that is given later begins with the next one.
 */
const category = document.currentScript?.dataset.consent;
let denied = false;
let muted: Window['eS'];

/** Puts a stand-in before the function alone: eSputnik's script and snippets use its properties. */
function mute() {
	if (denied && window.eS && window.eS !== muted) {
		window.eS = muted = new Proxy(window.eS, {
			apply: (eS, self, command) =>
				command[0] === 'sendEvent' ? undefined : Reflect.apply(eS, self, command),
		});
	}
}

document.addEventListener('wp_listen_for_consent_change', (event) => {
	const { detail } = event as CustomEvent<Record<string, string> | undefined>;
	denied ||= !!category && detail?.[category] === 'deny';
	mute();
});
// An optimiser may let the front end come later, with an eS of its own.
document.addEventListener('app-inbox:status', mute);
