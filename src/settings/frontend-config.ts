import type { Settings } from './schema.ts';

/**
 * What `appInbox.init` takes, on every page and from Google Tag Manager too. WordPress prints it
 * the same for every visitor, so nothing in it may say who the visitor is.
 */
export interface FrontendConfig {
	scriptId: string;
	/** A host, asked over https; or, for tests, a whole origin such as `http://127.0.0.1:9400`. */
	scriptHost?: string;
	/** `site`: a snippet of the site's own loads the script; ours comes only where there is none. */
	script?: Settings['script'];
	features?: Partial<Settings['features']>;
	/** `auto`: the page's own language. */
	language?: string;
	/** Default: `token` beside `loader.js`. */
	endpoint?: string;
	/** Where WordPress signs who is logged in, as a path of the page's own site. Default: `/?app-inbox=identity`. */
	identityUrl?: string;
	/** On sites that are not WordPress: a signed JWT that says who the visitor is … */
	identity?: string;
	/**
	 * … or a function that gets a fresh one. Where a config can have no functions, as in Google Tag
	 * Manager, the page's own `window.appInboxGetIdentity` takes its place.
	 */
	getIdentity?: () => string | Promise<string>;
	/**
	 * What tracking and recommendations wait for: a category of the WP Consent API, or, on other sites,
	 * the visitor's own yes or no.
	 */
	consent?: Settings['consent'] | boolean;
}

/** The marker cookie: an opaque value for each login, set and cleared by WordPress. */
export const MARKER_COOKIE = 'app_inbox_user';

/** What WordPress answers at the site's front address: with the visitor's JWT, and with the keys for it. */
export const IDENTITY_URL = '/?app-inbox=identity';
export const KEYS_URL = '/?app-inbox=keys';

/**
 * In each answer of the token endpoint that has a token, the last characters of the credential to which
 * it belongs: what joins requests or keeps answers, against every rule, gives nobody another's token.
 */
export const CREDENTIAL_HEADER = 'credential';
export const CREDENTIAL_HEADER_LENGTH = 16;
