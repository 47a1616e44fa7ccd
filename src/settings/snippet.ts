import { SCRIPT_HOSTS, SCRIPT_ID, type Settings } from './schema.ts';
import { __ } from './text.ts';

/** What a pasted text contains, or why it contains nothing for us. */
export type SnippetResult =
	| {
			found: true;
			scriptId: Settings['scriptId'];
			scriptHost: Settings['scriptHost'];
			/** The flags of the snippet's own `eS('init', …)`; null where it has no such call. */
			init: { APP_INBOX?: boolean; RECOMS?: boolean; TRACKING?: boolean } | null;
	  }
	| { found: false; reason: keyof typeof SNIPPET_PROBLEMS; message: string };

/** Why nothing was found, and what to do about it. */
export const SNIPPET_PROBLEMS = {
	empty: __(
		'Nothing is pasted yet. Copy the snippet from eSputnik, Settings → Web tracking.',
		'app-inbox-for-esputnik'
	),
	'web-push': __(
		'This is eSputnik’s web push script, which has no App Inbox. Copy the tracking snippet from Settings → Web tracking instead.',
		'app-inbox-for-esputnik'
	),
	'unknown-host': __(
		'This script does not come from eSputnik. Copy the snippet from eSputnik, Settings → Web tracking.',
		'app-inbox-for-esputnik'
	),
	'bad-id': __(
		'The script’s address is cut off or changed: its id must have 32 digits and letters from A to F. Copy the whole snippet again.',
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
 * Finds the script in whatever people paste: the vendor's snippet of any version, minified or not,
 * as it is or as a web page, a chat or a word processor left it; the script's URL; or its bare id.
 */
export function parseSnippet(pasted: string): SnippetResult {
	const text = plainText(pasted);
	if (text === '') {
		return problem('empty');
	}
	const bare = text.replace(/^["']|["'];?$/g, '').trim();
	if (SCRIPT_ID.test(bare)) {
		return { found: true, scriptId: bare, scriptHost: SCRIPT_HOSTS[0], init: null };
	}
	const scripts = [
		...text.matchAll(/(?<![a-z0-9.-])([a-z0-9.-]+)(?::\d+)?\/scripts\/([^\s"'`<>?#/]*?)\.js/gi),
	].map(([, host = '', id = '']) => ({ host: host.toLowerCase(), id }));
	const ours = scripts.filter(({ host }) => isScriptHost(host));
	const valid = ours.filter(({ id }) => SCRIPT_ID.test(id));
	const [first] = valid;
	if (!first) {
		if (ours.length > 0 || namesScriptHost(text)) {
			return problem('bad-id');
		}
		if (/\/scripts\/v1\/public\/scripts\?/i.test(text)) {
			return problem('web-push');
		}
		return problem(scripts.some(({ id }) => SCRIPT_ID.test(id)) ? 'unknown-host' : 'no-script');
	}
	if (valid.some(({ id }) => bareDigits(id) !== bareDigits(first.id))) {
		return problem('several');
	}
	return {
		found: true,
		scriptId: first.id,
		scriptHost: first.host as Settings['scriptHost'],
		init: initFlags(text),
	};
}

const problem = (reason: keyof typeof SNIPPET_PROBLEMS): SnippetResult => ({
	found: false,
	reason,
	message: SNIPPET_PROBLEMS[reason],
});

const isScriptHost = (host: string) => (SCRIPT_HOSTS as readonly string[]).includes(host);

const namesScriptHost = (text: string) =>
	SCRIPT_HOSTS.some((host) => text.toLowerCase().includes(`${host}/scripts/`));

const bareDigits = (id: string) => id.replaceAll('-', '').toLowerCase();

function initFlags(text: string) {
	const call = /\beS\s*\(\s*["']init["']\s*(?:,\s*\{([^}]*)\})?/.exec(text);
	if (!call) {
		return null;
	}
	const flags: { APP_INBOX?: boolean; RECOMS?: boolean; TRACKING?: boolean } = {};
	const pairs = (call[1] ?? '').matchAll(
		/["']?\b(APP_INBOX|RECOMS|TRACKING)\b["']?\s*:\s*(true|false|!0|!1)/g
	);
	for (const [, name, value] of pairs) {
		flags[name as keyof typeof flags] = value === 'true' || value === '!0';
	}
	return flags;
}

/** Undoes what web pages, chats, JSON and word processors do to code. */
function plainText(pasted: string): string {
	return decodeEntities(decodeEntities(pasted))
		.replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '')
		.replace(/[\u2018\u2019\u201A\u201B\u2032]/g, "'")
		.replace(/[\u201C-\u201F\u2033\u00AB\u00BB]/g, '"')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(/\\(["'/])/g, '$1')
		.replace(/(["'])\s*\+\s*\1/g, '')
		.trim();
}

const ENTITIES: Record<string, string> = {
	lt: '<',
	gt: '>',
	amp: '&',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	lsquo: "'",
	rsquo: "'",
	ldquo: '"',
	rdquo: '"',
	laquo: '"',
	raquo: '"',
	sol: '/',
	colon: ':',
	period: '.',
	lpar: '(',
	rpar: ')',
	lbrace: '{',
	lcub: '{',
	rbrace: '}',
	rcub: '}',
	excl: '!',
	equals: '=',
	comma: ',',
	semi: ';',
};

/** The handful of entities that code of this kind gets; whatever else looks like one stays. */
const decodeEntities = (text: string) =>
	text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
		if (name) {
			return ENTITIES[name.toLowerCase()] ?? whole;
		}
		const point = decimal ? Number(decimal) : parseInt(hex, 16);
		return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
	});
