import { SCRIPT_HOSTS, SCRIPT_ID, type Settings } from './schema.ts';
import { initFlags, type InitFlags } from './snippet-init.ts';
import { plainCode, plainText } from './snippet-text.ts';
import { __ } from './text.ts';

/** What a pasted text contains, or why it contains nothing for us. */
export type SnippetResult =
	| {
			found: true;
			scriptId: Settings['scriptId'];
			scriptHost: Settings['scriptHost'];
			/** What the text's own `eS('init', …)` switches on; null where it has no such call. */
			init: InitFlags | null;
	  }
	| { found: false; reason: keyof typeof SNIPPET_PROBLEMS; message: string };

/** Why nothing was found, and what to do about it. */
export const SNIPPET_PROBLEMS = {
	empty: __(
		'Nothing is pasted yet. Copy the snippet from eSputnik, Settings → Web tracking.',
		'app-inbox-for-esputnik'
	),
	example: __(
		'This is the example from eSputnik’s documentation: it has no id of an account. Copy the snippet of your own account from eSputnik, Settings → Web tracking.',
		'app-inbox-for-esputnik'
	),
	'api-key': __(
		'This looks like an API key, and a key does not belong here: it was not kept. The token function alone gets it. Copy the snippet from eSputnik, Settings → Web tracking, instead.',
		'app-inbox-for-esputnik'
	),
	'web-push': __(
		'This is eSputnik’s web push script, which has no App Inbox. Copy the tracking snippet from Settings → Web tracking instead.',
		'app-inbox-for-esputnik'
	),
	'unknown-host': __(
		'This script does not come from eSputnik: its scripts are at cdn.esputnik.com and statics.esputnik.com. Copy the snippet from eSputnik, Settings → Web tracking.',
		'app-inbox-for-esputnik'
	),
	'id-elsewhere': __(
		'This is eSputnik’s snippet without its id: the id stands elsewhere, and is filled in when a page is shown. Open a page of your site, show its source (Ctrl+U), copy all of it and paste that here.',
		'app-inbox-for-esputnik'
	),
	'bad-id': __(
		'The snippet is cut off or changed: its id must have 32 digits and letters from A to F. Copy the whole snippet again.',
		'app-inbox-for-esputnik'
	),
	several: __(
		'There are snippets of two different eSputnik accounts here. Paste only the one that you want.',
		'app-inbox-for-esputnik'
	),
	'no-script': __(
		'There is no eSputnik script in this text. Copy the whole snippet from eSputnik, Settings → Web tracking.',
		'app-inbox-for-esputnik'
	),
} as const;

/**
 * Finds the script in whatever people paste: the vendor's snippet as a page, a theme's option, a
 * template, a program or a letter has it, with all that stands around it; the script's address; or its
 * bare id.
 *
 * The vendor's loader puts the address together from the host and a parameter (see `Loaded`), so that
 * the id stands where the loader is called. What is commented out does not count.
 */
export function parseSnippet(pasted: string): SnippetResult {
	const text = plainText(pasted);
	if (text === '') {
		return problem('empty');
	}
	const bare = text.replace(/^["'`]|["'`];?$/g, '').trim();
	if (SCRIPT_ID.test(bare) || isExample(bare)) {
		return isExample(bare) ? problem('example') : found({ host: SCRIPT_HOSTS[0], id: bare });
	}
	if (CUT_OFF_ID.test(bare)) {
		return problem('bad-id');
	}
	const code = plainCode(text);
	const scripts = [...scriptsIn(code)];
	const ours = scripts.filter(({ host }) => isScriptHost(host));
	const [first, ...others] = ours.filter(({ id }) => kindOf(id) === 'id');
	if (first) {
		return others.some(({ id }) => bareDigits(id) !== bareDigits(first.id))
			? problem('several')
			: found(first, initFlags(code));
	}
	for (const reason of ['example', 'id-elsewhere', 'bad-id'] as const) {
		if (ours.some(({ id }) => kindOf(id) === reason)) {
			return problem(reason);
		}
	}
	if (/\/scripts\/v1\/public\/scripts\?/i.test(code)) {
		return problem('web-push');
	}
	if (scripts.some(({ id }) => kindOf(id) === 'id')) {
		return problem('unknown-host');
	}
	return problem(looksLikeKey(bare) ? 'api-key' : 'no-script');
}

const problem = (reason: keyof typeof SNIPPET_PROBLEMS): SnippetResult => ({
	found: false,
	reason,
	message: SNIPPET_PROBLEMS[reason],
});

const found = ({ host, id }: Loaded, init: InitFlags | null = null): SnippetResult => ({
	found: true,
	scriptId: id,
	scriptHost: host as Settings['scriptHost'],
	init,
});

/** An id that is typed, or was not copied to its end: no key as yet. */
const CUT_OFF_ID = /^(?=.*\d)[0-9a-f-]{8,36}$/i;

const isScriptHost = (host: string) => (SCRIPT_HOSTS as readonly string[]).includes(host);

const bareDigits = (id: string) => id.replaceAll('-', '').toLowerCase();

/** A script that the text loads: `id` as it stands there, whatever it is; '' where the text ends before. */
interface Loaded {
	host: string;
	id: string;
}

/** The address of a script up to its id, with or without a scheme and a port. */
const ADDRESS = /(?<![a-z0-9.-])([a-z0-9.-]+)(?::\d+)?\/scripts\//gi;

/** What follows it: an expression in a template or between texts, or the id itself, and `.js`. */
const IN_TEMPLATE = /^\$\{([^{}]{1,80})\}\.js/;
const BETWEEN_TEXTS = /^["'`]\s*(?:\+|\.concat\()([^+,;]{1,80})[+,]\s*["'`]\.js/;
const WRITTEN_OUT =
	/^([^\s"'`/?#]{0,80}?|<\?[\s\S]{1,200}?\?>|\{\{[\s\S]{1,200}?\}\})\.js(?![a-z])/i;

function* scriptsIn(code: string): Generator<Loaded> {
	for (const match of code.matchAll(ADDRESS)) {
		const host = match[1]!.toLowerCase();
		const start = match.index + match[0].length;
		const rest = code.slice(start, start + 200);
		const [, expression] = IN_TEMPLATE.exec(rest) ?? BETWEEN_TEXTS.exec(rest) ?? [];
		if (expression !== undefined) {
			yield { host, id: valueOf(expression.trim(), code, start) };
		} else if (!/^v\d/.test(rest)) {
			// The web push script has its own version there.
			yield { host, id: WRITTEN_OUT.exec(rest)?.[1] ?? '' };
		}
	}
}

/** The value of an expression: what the function around is called with, or what is assigned to it. */
function valueOf(expression: string, code: string, at: number): string {
	const given = argumentFor(expression, code, at);
	if (given === '') {
		return '';
	}
	const text = given ?? expression;
	const [, , literal] = /^(["'`])(.*)\1$/s.exec(text) ?? [];
	return literal !== undefined && !MADE_LATER.test(literal)
		? literal
		: (assigned(text, code) ?? `{${text}}`);
}

/**
 * What the loader gets for the parameter of this name where it is called, right behind its end or by its
 * name; '' where the text ends before, undefined where it is no parameter.
 */
function argumentFor(name: string, code: string, at: number): string | undefined {
	const before = code.slice(Math.max(0, at - 2000), at);
	const around = [...before.matchAll(FUNCTION)]
		.map(([, own = '', ordinary, arrow]) => ({
			own,
			position: (ordinary ?? arrow!)
				.split(',')
				.map((part) => part.trim())
				.indexOf(name),
		}))
		.findLast(({ position }) => position >= 0);
	if (!around) {
		return;
	}
	const after = code.slice(at);
	const call =
		CALL_BEHIND.exec(after) ??
		(around.own
			? new RegExp(`${around.own.replaceAll('$', '\\$')}\\s*\\(([^()]*)\\)`).exec(after)
			: null);
	return call?.[1]!.split(',')[around.position]?.trim() ?? '';
}

const FUNCTION = /function\s*([\w$]*)\s*\(([^()]*)\)|\(([\w$\s,]*)\)\s*=>/g;
const CALL_BEHIND = /\}\s*\)?\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/;

/** What stands in a text until a program fills it in. */
const MADE_LATER = /<\?|\{\{|\{%|\$\{|\$\w|["']\s*\.|%s/;

/** The text that is assigned to a name anywhere: as a variable, a constant or a property. */
function assigned(expression: string, code: string): string | undefined {
	const name = /([A-Za-z_][\w]*)[^\w]*$/.exec(expression)?.[1];
	if (name) {
		const value = `(?::\\s*\\w+\\s*=|[:=]|=>|["']\\s*,)\\s*["'\`]([0-9a-f-]{32,36})["'\`]`;
		return new RegExp(`(?<![\\w])${name}["'\\]]*\\s*${value}`, 'i').exec(code)?.[1];
	}
}

/** What the text in the place of the id is. */
function kindOf(id: string): 'id' | 'example' | 'id-elsewhere' | 'bad-id' {
	if (isExample(id)) {
		return 'example';
	}
	if (SCRIPT_ID.test(id)) {
		return 'id';
	}
	return /^[<{[]|[$%]/.test(id) ? 'id-elsewhere' : 'bad-id';
}

/** The documentation's `UUID` and its zeros, and what else people write in such a place. */
const isExample = (id: string) =>
	/^[<{[]*(uuid|guid|x{8,}|your[\w-]*id)[>}\]]*$|^(?=.{8})0[0-]*$/i.test(id);

/**
 * Its form is not published: something long of letters and digits and nothing else, or whatever is
 * called a key.
 */
function looksLikeKey(text: string): boolean {
	if (text.length > 300 || /<script/i.test(text)) {
		return false;
	}
	const tokens = text.match(/[A-Za-z0-9_-]{16,}={0,2}/g) ?? [];
	const named = /key|ключ|klucz|token|secret|basic|password|-u /i.test(text);
	return tokens.some(
		(token) =>
			/\d/.test(token) &&
			/[a-z]/i.test(token) &&
			(named || (token.length >= 20 && !SCRIPT_ID.test(token)))
	);
}
