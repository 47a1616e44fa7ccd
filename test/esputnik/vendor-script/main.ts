/**
 * The stand-in for the script that eSputnik serves to websites, of our own writing. It is loaded as
 * `/scripts/<ID>.js` and finds the API beside itself, so it works below any base path.
 */
import { createClient } from './client.ts';
import { startInbox, type WidgetConfig } from './inbox.ts';
import { takeOver, type Way } from './queue.ts';
import { knowVisitor } from './visitor.ts';

/** What the server knows about the account and gives the script with it. */
export interface ScriptConfig extends WidgetConfig {
	scriptId: string;
	orgId: number;
	takesOver: Way;
}

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

declare const ESPUTNIK_CONFIG: ScriptConfig;

const page = window as unknown as { __esputnik?: Evidence; _esConfig?: { orgId: number } };
const source = (document.currentScript as HTMLScriptElement | null)?.src ?? '';
const base = source.replace(/\/scripts\/[^/]*$/, '');

const evidence: Evidence = { inits: [], refused: 0, tokensAsked: 0, problems: [] };

if (page.__esputnik) {
	page.__esputnik.problems.push('The script was loaded more than once.');
	console.warn('eSputnik (stand-in): the script was loaded more than once.');
} else {
	page.__esputnik = evidence;
	page._esConfig = { orgId: ESPUTNIK_CONFIG.orgId };
	knowVisitor();
	// Documented: no flag of init keeps this event from being sent with each page.
	sendEvent('PageView');
	takeOver(window, { init, sendEvent }, ESPUTNIK_CONFIG.takesOver);
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
	// Documented: on when it is left out. TRACKING as well, but what it adds nobody outside knows.
	const { APP_INBOX = false, RECOMS = true } = flags;
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
