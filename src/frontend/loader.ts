/** What the token function serves as `loader.js`: the front end, and its report for `?app-inbox-debug`. */
import { watch } from './debug/index.ts';
import { base } from './index.ts';

if (/[?&]app-inbox-debug\b/.test(location.search) && window.appInbox) {
	const { init } = window.appInbox;
	window.appInbox.init = (config) => {
		watch(() => ({ ...config, endpoint: new URL(config.endpoint ?? 'token', base).href }));
		init(config);
	};
}
