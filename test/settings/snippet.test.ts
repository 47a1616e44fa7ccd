import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCRIPT_HOSTS, SCRIPT_ID } from '../../src/settings/schema.ts';
import { parseSnippet, SNIPPET_PROBLEMS } from '../../src/settings/snippet.ts';
import { escapeHtml, loader, render } from './snippets.ts';

const ID = '0123456789ABCDEF0123456789ABCDEF';
const OTHER = 'FEDCBA9876543210FEDCBA9876543210';
const DASHED = '01234567-89ab-cdef-0123-456789abcdef';
const CDN = `https://cdn.esputnik.com/scripts/${ID}.js`;
const STATICS = `https://statics.esputnik.com/scripts/${ID}.js`;

const INIT = "eS('init', {TRACKING: false, RECOMS: true});";
const FLAGS = { TRACKING: false, RECOMS: true };
const whole = `<script>${loader(CDN)}${INIT}</script>`;
const WEB_PUSH = `<script>(function (i, s, o, g, r, a, m) { i.es = i.es || {}; })(window, document,
	'script', 'https://esputnik.com/scripts/v1/public/scripts?apiKey=abc&domain=${DASHED}', 'es');
	es('pushOn');</script>`;
const GA = `<script async src="https://www.googletagmanager.com/gtag/js?id=G-ABCDEF1234"></script>`;

type Expected = [name: string, pasted: string, init?: object | null, host?: string, id?: string];
const FOUND: Expected[] = [
	['the snippet, from cdn', whole, FLAGS],
	['the snippet, from statics', `<script>${loader(STATICS)}${INIT}</script>`, FLAGS, 'statics'],
	['without its element', loader(CDN) + INIT, FLAGS],
	['with (function(){})()', `<script>${loader(CDN, 'parentheses')}${INIT}</script>`, FLAGS],
	['without init', `<script>${loader(CDN)}</script>`, null],
	['init without flags', `<script>${loader(CDN)}eS('init');</script>`, {}],
	['init with double quotes', `${loader(CDN)}eS("init",{"TRACKING":true})`, { TRACKING: true }],
	['init of window', `${loader(CDN)}window.eS('init', {RECOMS: false})`, { RECOMS: false }],
	['minified flags', `${loader(CDN)}eS("init",{TRACKING:!0,RECOMS:!1})`, { ...FLAGS, ...swap() }],
	[
		'all flags and options',
		`${loader(CDN)}eS('init', {RECOMS: true, TRACKING: false, APP_INBOX: true},
			{getAuthTokenCallback: () => fetch('/token'), language: 'ru'})`,
		{ ...FLAGS, APP_INBOX: true },
	],
	[
		'init over several lines',
		`${loader(CDN)} eS (\n'init' ,\n{ RECOMS :\ntrue })`,
		{ RECOMS: true },
	],
	[
		'init in a second element',
		`<script>${loader(CDN)}</script>\n<script>${INIT}</script>`,
		FLAGS,
	],
	['another function that ends in eS', `${loader(CDN)}myeS('init', {RECOMS: true})`, null],
	['among other scripts', `${GA}<!-- eSputnik -->${whole}${GA}`, FLAGS],
	['beside the web push script', WEB_PUSH + whole, FLAGS],
	['before the web push script', whole + WEB_PUSH, FLAGS],
	['twice', whole + whole, FLAGS],
	['twice, in other letters', `${whole}${whole.replaceAll(ID, ID.toLowerCase())}`, FLAGS],
	['from both hosts: the first', `${loader(STATICS)}${loader(CDN)}`, null, 'statics'],
	['a framework’s component', `<Script src="${CDN}" strategy="afterInteractive" />`, null],
	[
		'a framework’s inline component',
		`<Script id="es">{\`${loader(CDN)}${INIT}\`}</Script>`,
		FLAGS,
	],
	[
		'a useHead call',
		`useHead({ script: [{ src: '${STATICS}', async: true }] })`,
		null,
		'statics',
	],
	['escaped as HTML', escapeHtml(whole), FLAGS],
	['escaped as HTML twice', escapeHtml(escapeHtml(whole)), FLAGS],
	['escaped by numbers', numbered(whole, 10), FLAGS],
	['escaped by hexadecimal numbers', numbered(whole, 16), FLAGS],
	[
		'typographic quotes',
		whole.replace(/'([^']*)'/g, '‘$1’').replace(/"([^"]*)"/g, '“$1”'),
		FLAGS,
	],
	[
		'low and angle quotes',
		whole.replace(/'([^']*)'/g, '‚$1‛').replace(/"([^"]*)"/g, '«$1»'),
		FLAGS,
	],
	['no-break spaces', whole.replaceAll(' ', '\u00a0'), FLAGS],
	['no-break spaces as entities', whole.replaceAll(' ', '&nbsp;'), FLAGS],
	[
		'invisible characters',
		`\ufeff${whole.replaceAll('3', '3\u200b').replaceAll('/', '/\u00ad')}`,
		FLAGS,
	],
	['slashes escaped as in JSON', JSON.stringify({ head: whole }).replaceAll('/', '\\/'), FLAGS],
	[
		'an address in pieces',
		"s.src = 'https://' + 'cdn.esputnik.com' + '/scripts/' + '" + `${ID}.js'`,
		null,
	],
	['the address', CDN, null],
	['the address, with blanks around', `\n\t ${CDN} \n`, null],
	[
		'the address with a port and a query',
		`https://cdn.esputnik.com:443/scripts/${ID}.js?v=2#x`,
		null,
	],
	['without a scheme', `//cdn.esputnik.com/scripts/${ID}.js`, null],
	['without slashes even', `statics.esputnik.com/scripts/${ID}.js`, null, 'statics'],
	['in capitals', CDN.toUpperCase().replace('.JS', '.js').replace('/SCRIPTS', '/scripts'), null],
	['a dashed id', `https://cdn.esputnik.com/scripts/${DASHED}.js`, null, 'cdn', DASHED],
	[
		'long dashes',
		`https://cdn.esputnik.com/scripts/${DASHED.replaceAll('-', '–')}.js`,
		null,
		'cdn',
		DASHED,
	],
	['the bare id', ID, null],
	['the bare id, dashed', DASHED, null, 'cdn', DASHED],
	['the bare id in quotes', `"${ID}"`, null],
	['the bare id in quotes, with a semicolon', ` '${DASHED}'; `, null, 'cdn', DASHED],
	['the bare id in typographic quotes', `“${ID}”`, null],
];

/** What `!0` and `!1` mean, the other way round than in FLAGS. */
function swap() {
	return { TRACKING: true, RECOMS: false };
}

function numbered(text: string, base: 10 | 16) {
	const mark = base === 16 ? '&#x' : '&#';
	return text.replace(/[^a-z]/gi, (c) => `${mark}${c.charCodeAt(0).toString(base)};`);
}

it.each(FOUND)('finds it: %s', (_name, pasted, init = null, host = 'cdn', id = ID) => {
	const scriptHost = `${host}.esputnik.com`;
	expect(parseSnippet(pasted)).toEqual({ found: true, scriptId: id, scriptHost, init });
});

const NOT_FOUND: [name: string, pasted: string, reason: keyof typeof SNIPPET_PROBLEMS][] = [
	['nothing', '', 'empty'],
	['blanks', ' \n\t\u00a0&nbsp;\u200b', 'empty'],
	['the web push script alone', WEB_PUSH, 'web-push'],
	['the web push script, escaped', escapeHtml(WEB_PUSH), 'web-push'],
	['Google’s', GA, 'no-script'],
	['any text', 'Hello, where do I find my snippet?', 'no-script'],
	['init alone', INIT, 'no-script'],
	['the API’s address', 'https://esputnik.com/api/v1/auth/contact/token', 'no-script'],
	['a dashed id within other text', `domain=${DASHED}`, 'no-script'],
	['another vendor’s script', `https://cdn.other.example/scripts/${ID}.js`, 'unknown-host'],
	[
		'a host that only ends like theirs',
		`https://evilcdn.esputnik.com.example/scripts/${ID}.js`,
		'unknown-host',
	],
	['a cut-off id', CDN.replace('EF.js', '.js'), 'bad-id'],
	['a cut-off address', CDN.slice(0, -12), 'bad-id'],
	['a cut-off snippet', whole.slice(0, whole.indexOf(ID) + 20), 'bad-id'],
	['an id with other letters', CDN.replace('F', 'G'), 'bad-id'],
	['a placeholder', 'https://cdn.esputnik.com/scripts/<UUID>.js', 'bad-id'],
	['a cut-off snippet beside the web push script', WEB_PUSH + CDN.slice(0, -12), 'bad-id'],
	['two accounts', whole + whole.replaceAll(ID, OTHER), 'several'],
	['two accounts on two hosts', CDN + ' ' + STATICS.replace(ID, OTHER), 'several'],
];

it.each(NOT_FOUND)('says why not: %s', (_name, pasted, reason) => {
	expect(parseSnippet(pasted)).toEqual({
		found: false,
		reason,
		message: SNIPPET_PROBLEMS[reason],
	});
});

it('each reason says what to do, and has an example here', () => {
	expect(new Set(NOT_FOUND.map(([, , reason]) => reason))).toEqual(
		new Set(Object.keys(SNIPPET_PROBLEMS))
	);
	for (const message of Object.values(SNIPPET_PROBLEMS)) {
		expect(message).toMatch(/(Copy|Paste) .*\.$/);
	}
});

describe('whatever is pasted', () => {
	const part = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 20 }),
		fc.constantFrom(
			...['<script>', 'https://', 'cdn.esputnik.com', '/scripts/', ID, '.js', '&#x', '&amp;'],
			...[
				'&#1114112;',
				'&#xfffffff;',
				"eS('init'",
				', {TRACKING:',
				'\\/',
				'"',
				'+',
				'\0',
				'\ud800',
			]
		)
	);
	it('it never throws, and what it finds is valid', () => {
		fc.assert(
			fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
				const result = parseSnippet(parts.join(''));
				if (result.found) {
					expect(result.scriptId).toMatch(SCRIPT_ID);
					expect(SCRIPT_HOSTS).toContain(result.scriptHost);
				} else {
					expect(result.message).toBe(SNIPPET_PROBLEMS[result.reason]);
				}
			}),
			{ numRuns: 3000 }
		);
	});
	it('a valid snippet is found, however it is written and whatever surrounds it', () => {
		const around = fc.string({ unit: 'grapheme', maxLength: 60 });
		fc.assert(
			fc.property(around, render, around, (before, { text, id, host, flags }, after) => {
				expect(parseSnippet(`${before}\n${text}\n${after}`)).toEqual({
					found: true,
					scriptId: id,
					scriptHost: host,
					init: flags,
				});
			}),
			{ numRuns: 3000 }
		);
	});
});
