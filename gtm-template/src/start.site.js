const injectScript = require('injectScript');

const LOADER = __LOADER__;

run((ready, failed) => {
	if (isOnPage()) {
		ready();
		return;
	}
	const loaded = () => {
		if (isOnPage()) {
			ready();
		} else {
			failed(
				LOADER +
					' is not App Inbox. Make this template anew with the address of your token function.'
			);
		}
	};
	const blocked = () =>
		failed(
			LOADER +
				' cannot be loaded. Open it in the browser: does the token function run, does an ad blocker or the page’s content security policy keep it out?'
		);
	// The address again, as the cache token: two tags load it once.
	injectScript(LOADER, loaded, blocked, LOADER);
});
