const addConsentListener = require('addConsentListener');
const callInWindow = require('callInWindow');
const copyFromWindow = require('copyFromWindow');
const getCookieValues = require('getCookieValues');
const isConsentGranted = require('isConsentGranted');
const logToConsole = require('logToConsole');

const CONSENT_TYPES = [
	'none',
	'ad_storage',
	'analytics_storage',
	'functionality_storage',
	'personalization_storage',
];

/*
 * The bell never waits. Tracking and recommendations wait for the consent type that the tag names: a
 * customer gets the bell at once, and the other two with the first page after a yes; for a guest
 * there is nothing to do before the yes, so all of it waits, and begins on this very page.
 */
const run = (bringAppInbox) => {
	const problem = findProblem();
	if (problem) {
		complain(problem);
		data.gtmOnFailure();
		return;
	}
	const others = data.recommendations === true || data.tracking === true;
	const asks = others && data.consent !== 'none';
	if (!asks || isConsentGranted(data.consent) || (data.appInbox === true && isCustomer())) {
		bringAppInbox(
			() => {
				start(asks);
				data.gtmOnSuccess();
			},
			(why) => {
				complain(why);
				data.gtmOnFailure();
			}
		);
		return;
	}
	let waits = true;
	addConsentListener(data.consent, (type, yes) => {
		if (yes && waits) {
			waits = false;
			bringAppInbox(() => start(asks), complain);
		}
	});
	explain('waits for the consent ' + data.consent + '.');
	// The tag has done what it could. It may never hear a yes.
	data.gtmOnSuccess();
};

/* What is wrong with the fields, after their variables are filled in. */
const findProblem = () => {
	if (!isScriptId(trimmed(data.scriptId))) {
		return 'the script id of this tag is not one. It has 32 digits and letters from A to F: copy it from your eSputnik snippet.';
	}
	if (data.appInbox !== true && data.recommendations !== true && data.tracking !== true) {
		return 'nothing is switched on. Tick App Inbox, recommendations or tracking in this tag.';
	}
	if (!isIdentity(identity())) {
		return 'the identity is no signed JWT. Let the variable in this tag give the JWT that your back end signs, or nothing for a guest.';
	}
	if (!isPath(identityUrl())) {
		return 'the identity address is no path of this site. Let it begin with one slash, as in /blog/?app-inbox=identity, or leave it empty.';
	}
	if (CONSENT_TYPES.indexOf(data.consent) === -1) {
		return 'this tag waits for a consent that is not known. Choose one from the list again.';
	}
};

const start = (asks) => {
	const config = {
		scriptId: trimmed(data.scriptId),
		scriptHost: data.scriptHost,
		language: data.language,
		features: {
			appInbox: data.appInbox === true,
			recommendations: data.recommendations === true,
			tracking: data.tracking === true,
		},
	};
	if (data.keepSnippet === true) {
		config.script = 'site';
	}
	if (identity()) {
		config.identity = identity();
	}
	if (identityUrl()) {
		config.identityUrl = identityUrl();
	}
	if (asks) {
		// Not the answer from before: a banner may have changed it while App Inbox was on its way.
		config.consent = isConsentGranted(data.consent);
	}
	// A second call, of another tag or beside the WordPress plugin, does nothing.
	callInWindow('appInbox.init', config);
	if (data.debug === true) {
		const status = callInWindow('appInbox.status');
		if (status) {
			explain(status.state + '. ' + status.message);
		}
	}
};

const isOnPage = () => typeof copyFromWindow('appInbox.init') === 'function';

/* Of a guest nothing: variables give undefined, null, false or an empty text for it. */
const identity = () => trimmed(data.identity) || undefined;

/* Where a WordPress in a folder of this host signs who is logged in. */
const identityUrl = () => trimmed(data.identityUrl) || undefined;

/*
 * The page's own function is called by the front end: what it promises would not get through to here.
 * The cookie is a WordPress's at this host; the front end asks that one who the visitor is.
 */
const isCustomer = () =>
	identity() !== undefined ||
	typeof copyFromWindow('appInboxGetIdentity') === 'function' ||
	getCookieValues('app_inbox_user').some((marker) => marker !== '');

const trimmed = (value) => (typeof value === 'string' ? value.trim() : value);

const isScriptId = (id) => typeof id === 'string' && isHexadecimal(id.split('-'));

const isHexadecimal = (parts) => {
	const lengths = parts.map((part) => part.length).join('-');
	const digits = parts.join('').split('');
	return (
		(lengths === '32' || lengths === '8-4-4-4-12') &&
		digits.filter((digit) => '0123456789abcdefABCDEF'.indexOf(digit) === -1).length === 0
	);
};

/* Three parts, the first of which is JSON: in Base64 its { becomes an e. */
const isIdentity = (value) =>
	value === undefined ||
	(typeof value === 'string' && value.charAt(0) === 'e' && value.split('.').length === 3);

/* Two slashes would begin the name of another host; so does a backslash, which browsers take for one. */
const isPath = (value) =>
	value === undefined ||
	(typeof value === 'string' &&
		value.charAt(0) === '/' &&
		['/', '\\'].indexOf(value.charAt(1)) === -1);

/* Tag Manager shows these in its preview only. */
const complain = (why) => logToConsole('App Inbox: ' + why);
const explain = (what) => {
	if (data.debug === true) {
		complain(what);
	}
};
