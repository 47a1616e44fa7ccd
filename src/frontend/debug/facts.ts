import { IDENTITY_URL, type FrontendConfig } from '../../settings/frontend-config.ts';
import { isStub } from '../../settings/es-stub.ts';
import type { Status } from '../status.ts';

/** What can be seen of App Inbox on a page, by its owner. Never a token, a credential or a cookie. */
export interface Facts {
	/** Undefined where our script has not run. */
	status: Status | undefined;
	config: FrontendConfig | undefined;
	/** Addresses of eSputnik's script elements. */
	vendorScripts: string[];
	/** `none`: no `window.eS`; `stub`: a snippet's, whose queue nobody has taken yet; `vendor`: eSputnik's own. */
	es: 'none' | 'stub' | 'vendor';
	/** What the WP Consent API says; `no tool` where there is none. */
	consent: 'no tool' | 'allowed' | 'refused';
	/** In the order in which they were begun. */
	requests: Asked[];
	/** Directives of the page's content security policy that stopped something of ours. */
	violated: string[];
}

export interface Asked {
	what: 'script' | 'credential' | 'token';
	/** 0 where the browser does not say, or there was no answer. */
	status: number;
	ms: number;
}

/** `violations`: what the page's policy has blocked so far. */
export function readFacts(
	config: FrontendConfig | undefined,
	violations: Violation[],
	page: Window & typeof globalThis = window
): Facts {
	const { document, eS } = page;
	// What a consent tool holds back has another type, and is no script yet.
	const scripts = [...document.scripts].filter(({ type }) => RUNS.test(type));
	return {
		status: page.appInbox?.status(),
		config,
		vendorScripts: scripts.map(({ src }) => src).filter((src) => isVendorScript(src, config)),
		es: readEs(eS),
		consent: readConsent(page, config?.consent),
		requests: readRequests(page, config),
		violated: [
			...new Set(
				violations
					.filter(({ blockedURI }) => isOurs(blockedURI, config, page))
					.map(({ effectiveDirective }) => effectiveDirective)
			),
		],
	};
}

function readEs(eS: Window['eS']): Facts['es'] {
	if (!eS) {
		return 'none';
	}
	return isStub(eS) ? 'stub' : 'vendor';
}

export type Violation = Pick<SecurityPolicyViolationEvent, 'blockedURI' | 'effectiveDirective'>;

const RUNS = /^(|module|(text|application)\/javascript)$/i;

/** Of an account of eSputnik's, or of this very account, wherever that comes from. Others have twins of it. */
const isVendorScript = (url: string, config?: FrontendConfig) =>
	/\.esputnik\.com\/scripts\/[0-9a-f-]{32,36}\.js/i.test(url) ||
	Boolean(config?.scriptId && url.includes(`/scripts/${config.scriptId}.js`));

function readConsent(page: Window, consent: FrontendConfig['consent'] = 'none'): Facts['consent'] {
	if (typeof consent === 'boolean') {
		return consent ? 'allowed' : 'refused';
	}
	if (!page.wp_has_consent) {
		return 'no tool';
	}
	try {
		return consent === 'none' || page.wp_has_consent(consent) ? 'allowed' : 'refused';
	} catch {
		return 'refused';
	}
}

/** From the browser's own book of what a page has loaded, which knows no contents. */
function readRequests(page: Window & typeof globalThis, config?: FrontendConfig): Asked[] {
	const entries = page.performance.getEntriesByType?.('resource') ?? [];
	return (entries as PerformanceResourceTiming[]).flatMap((entry) => {
		const what = kindOf(entry.name, config, page);
		return what
			? [{ what, status: entry.responseStatus ?? 0, ms: Math.round(entry.duration) }]
			: [];
	});
}

function kindOf(
	url: string,
	config: FrontendConfig | undefined,
	page: Window
): Asked['what'] | undefined {
	if (isVendorScript(url, config)) {
		return 'script';
	}
	const full = (address: string) => new URL(address, page.document.baseURI).href;
	if (url.startsWith(full(config?.identityUrl ?? IDENTITY_URL))) {
		return 'credential';
	}
	return config?.endpoint && url === full(config.endpoint) ? 'token' : undefined;
}

const isOurs = (blocked: string, config: FrontendConfig | undefined, page: Window) =>
	blocked === 'inline' ||
	/esputnik/i.test(blocked) ||
	kindOf(blocked, config, page) !== undefined;
