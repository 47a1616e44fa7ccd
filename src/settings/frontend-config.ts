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
	/**
	 * Where WordPress gives a credential to whoever is logged in, as a path or URL of the page's own
	 * site: a nonce for the session, or a signed JWT.
	 */
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

/** The admin-ajax.php actions that answer with a credential: core's nonce and our signed JWT. */
export const NONCE_ACTION = 'rest-nonce';
export const IDENTITY_ACTION = 'app_inbox_identity';
