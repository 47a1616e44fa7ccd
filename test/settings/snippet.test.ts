import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCRIPT_HOSTS, SCRIPT_ID } from '../../src/settings/schema.ts';
import { parseSnippet, SNIPPET_PROBLEMS } from '../../src/settings/snippet.ts';
import { FORMS } from '../esputnik/forms.ts';
import { escapeHtml } from '../esputnik/forms/written.ts';
import {
	CLASPO,
	ID,
	INIT,
	loader,
	OTHER_ID,
	scriptUrl,
	snippet,
	STATICS,
	TAG_MANAGER,
	twoElements,
	WEB_PUSH,
} from '../esputnik/snippets.ts';
import { render } from './snippets.ts';

it.each(FORMS)('finds it: $name', ({ pasted, id, host, init }) => {
	expect(parseSnippet(pasted)).toEqual({ found: true, scriptId: id, scriptHost: host, init });
});
it('has enough forms, each with a name of its own', () => {
	expect(FORMS.length).toBeGreaterThanOrEqual(60);
	expect(new Set(FORMS.map(({ name }) => name)).size).toBe(FORMS.length);
});

const KEY = 'stand-in-7Qm2vX9kLr4TzB8nWc3H';
const address = scriptUrl();

const NOT_FOUND: [name: string, pasted: string, reason: keyof typeof SNIPPET_PROBLEMS][] = [
	['nothing', '', 'empty'],
	['blanks', ' \n\t\u00a0&nbsp;\u200b', 'empty'],
	['the example of the vendor’s page', twoElements(INIT.older, { id: 'UUID' }), 'example'],
	['the example of the vendor’s docs', snippet(INIT.bare, { id: '0'.repeat(18) }), 'example'],
	['an example of 32 zeros', snippet(INIT.bare, { id: '0'.repeat(32) }), 'example'],
	['the example’s id alone', 'UUID', 'example'],
	['zeros with dashes', '00000000-0000-0000-0000-000000000000', 'example'],
	['an address with a placeholder', scriptUrl({ id: '<UUID>' }), 'example'],
	['an API key', KEY, 'api-key'],
	['an API key in quotes', `"${KEY}"`, 'api-key'],
	['an API key of the script id’s form, with its name', `API key: ${OTHER_ID}`, 'api-key'],
	['an API key as a variable', `ESPUTNIK_API_KEY=${KEY}`, 'api-key'],
	['an API key in Ukrainian words', `Ключ ${KEY}`, 'api-key'],
	['an API key in JSON', `{"apiKey":"${KEY}"}`, 'api-key'],
	['an API key in PHP', `define('ESPUTNIK_API_KEY','${KEY}');`, 'api-key'],
	['an API key in a command', `curl -u user:${KEY} https://esputnik.com/api/v1/x`, 'api-key'],
	['an API key below an address', `shop@example.com\n${KEY}`, 'api-key'],
	['the web push script alone', WEB_PUSH, 'web-push'],
	['the web push script, escaped', escapeHtml(WEB_PUSH), 'web-push'],
	['Claspo alone', CLASPO, 'unknown-host'],
	['Google’s', TAG_MANAGER, 'no-script'],
	['any text', 'Hello, where do I find my snippet?', 'no-script'],
	['init alone', INIT.bare, 'no-script'],
	['the API’s address', 'https://esputnik.com/api/v1/auth/contact/token', 'no-script'],
	['a dashed id within other text', 'domain=01234567-89ab-cdef-0123-456789abcdef', 'no-script'],
	['a snippet in a comment', `<!-- ${snippet()} -->`, 'no-script'],
	['another vendor’s script', `https://cdn.other.example/scripts/${ID}.js`, 'unknown-host'],
	[
		'a host that only ends like theirs',
		`https://evilcdn.esputnik.com.example/scripts/${ID}.js`,
		'unknown-host',
	],
	['a cut-off id in the address', address.replace('EF.js', '.js'), 'bad-id'],
	['a cut-off address', address.slice(0, -12), 'bad-id'],
	['an id with other letters', address.replace('F', 'G'), 'bad-id'],
	['a bare id, cut off', ID.slice(0, 31), 'bad-id'],
	['a cut-off id in the snippet', snippet(INIT.bare, { id: ID.slice(0, 30) }), 'bad-id'],
	['a snippet cut off in its id', loader().slice(0, -12), 'bad-id'],
	['a snippet cut off before its id', loader().slice(0, 200), 'bad-id'],
	['a cut-off snippet beside the web push script', WEB_PUSH + address.slice(0, -12), 'bad-id'],
	[
		'a PHP template, which fills the id in',
		`$output .= "${loader({ id: `" . $this->config->get('webtracking_id') . "` })}"`,
		'id-elsewhere',
	],
	[
		'a Blade template',
		snippet(INIT.bare, { id: `{{ config('services.esputnik.id') }}` }),
		'id-elsewhere',
	],
	[
		'a PHP template’s address',
		scriptUrl({ id: `<?php echo esc_attr( $id ); ?>` }),
		'id-elsewhere',
	],
	['an id of the environment', loader().replace(`'${ID}'`, 'process.env.ES_ID'), 'id-elsewhere'],
	['two accounts', snippet() + snippet(INIT.bare, { id: OTHER_ID }), 'several'],
	[
		'two accounts on two hosts',
		`${address} ${scriptUrl({ id: OTHER_ID, host: STATICS })}`,
		'several',
	],
];

it.each(NOT_FOUND)('says why not: %s', (_name, pasted, reason) => {
	const result = parseSnippet(pasted);
	expect(result).toEqual({ found: false, reason, message: SNIPPET_PROBLEMS[reason] });
	expect(JSON.stringify(result)).not.toContain(KEY);
});

it('each reason says what to do, and has an example here', () => {
	expect(new Set(NOT_FOUND.map(([, , reason]) => reason))).toEqual(
		new Set(Object.keys(SNIPPET_PROBLEMS))
	);
	for (const message of Object.values(SNIPPET_PROBLEMS)) {
		expect(message).toMatch(/(Copy|Paste|paste) .*\.$/);
	}
});

describe('whatever is pasted', () => {
	const part = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 20 }),
		fc.constantFrom(
			...['<script>', 'https://', 'cdn.esputnik.com', '/scripts/', ID, '.js', '&#x', '&amp;'],
			...[
				`' + n + '`,
				'}(window, ',
				'function (n) {',
				'<!--',
				'-->',
				'/*',
				'*/',
				'//',
				'=3D',
			],
			...[
				'&#1114112;',
				'&#xfffffff;',
				'\\u{ffffff}',
				'%3Cscript%ff',
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
			fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
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
		const around = fc
			.string({ unit: 'grapheme', maxLength: 60 })
			// Not what makes a comment of all that follows, or another text of it.
			.filter((text) => !/[#\\`%=&{]|<|\/[/*]/.test(text));
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
	it('a page of two megabytes takes no longer than a blink', () => {
		const filler = `${'a.'.repeat(5000)}<p>It’s // text /* ${'x'.repeat(5000)}</p>\n`;
		const started = process.cpuUsage().user;
		expect(parseSnippet(filler.repeat(130) + snippet()).found).toBe(true);
		expect((process.cpuUsage().user - started) / 1e6).toBeLessThan(5);
	});
});
