/**
 * The stand-in for the script that eSputnik serves to websites, of our own writing. It is loaded as
 * `/scripts/<ID>.js` and finds the API beside itself, so it works below any base path.
 */
import { createClient } from './client.ts';
import { startInbox, type WidgetConfig } from './inbox.ts';
import { takeOver } from './queue.ts';

interface Flags {
	APP_INBOX?: boolean;
	RECOMS?: boolean;
	TRACKING?: boolean;
}

interface Options {
	getAuthTokenCallback?: unknown;
	language?: unknown;
}

/** For tests: what reached the script. Never a token. */
export interface Evidence {
	/** Every `init`, the refused ones too: its flags as given, its options' names, its language. */
	inits: Array<Flags & { options: string[]; language?: unknown }>;
	/** How many came after the first. */
	refused: number;
	/** How often the callback was called. */
	tokensAsked: number;
	/** What the page did wrong, in sentences. */
	problems: string[];
}

declare const ESPUTNIK_CONFIG: WidgetConfig;

const page = window as unknown as { __esputnik?: Evidence };
const source = (document.currentScript as HTMLScriptElement | null)?.src ?? '';
const base = source.replace(/\/scripts\/[^/]*$/, '');

const evidence: Evidence = { inits: [], refused: 0, tokensAsked: 0, problems: [] };

if (page.__esputnik) {
	page.__esputnik.problems.push('The script was loaded more than once.');
	console.warn('eSputnik (stand-in): the script was loaded more than once.');
} else {
	page.__esputnik = evidence;
	takeOver(window, { init, sendEvent });
}

function init(flags: Flags = {}, options: Options = {}): void {
	evidence.inits.push({
		...flags,
		options: Object.keys(options),
		...('language' in options && { language: options.language }),
	});
	if (evidence.inits.length > 1) {
		evidence.refused++;
		console.warn('eSputnik (stand-in): init was called more than once; this one is ignored.');
		return;
	}
	// Documented: these two are on when they are left out.
	const { APP_INBOX = false, RECOMS = true, TRACKING = true } = flags;
	if (TRACKING) {
		sendEvent('PageView');
	}
	if (RECOMS) {
		fetch(`${base}/recoms`).catch(() => undefined);
	}
	if (APP_INBOX) {
		const client = createClient(`${base}/appinbox/v1/messages`, () => askToken(options));
		const language = typeof options.language === 'string' ? options.language : '';
		if (!language) {
			complain('The option language is missing. It is a code such as uk.');
		}
		startInbox(client, language, ESPUTNIK_CONFIG);
	}
}

function sendEvent(name: unknown): void {
	new Image().src = `${base}/track?event=${encodeURIComponent(String(name))}`;
}

/** A token, or '' where the page has none for this visitor. */
async function askToken({ getAuthTokenCallback }: Options): Promise<string> {
	if (typeof getAuthTokenCallback !== 'function') {
		complain('The option getAuthTokenCallback is missing. It is a function.');
		return '';
	}
	evidence.tokensAsked++;
	try {
		const promise: unknown = getAuthTokenCallback();
		if (typeof (promise as PromiseLike<unknown> | undefined)?.then !== 'function') {
			complain('getAuthTokenCallback did not return a promise.');
			return '';
		}
		const token: unknown = await promise;
		if (typeof token !== 'string') {
			complain('The promise of getAuthTokenCallback did not resolve to a string.');
			return '';
		}
		return token;
	} catch {
		complain('getAuthTokenCallback failed. It resolves to an empty string for no token.');
		return '';
	}
}

function complain(problem: string): void {
	evidence.problems.push(problem);
	console.error(`eSputnik (stand-in): ${problem}`);
}
