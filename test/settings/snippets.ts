/** Snippets in random form, made of the vendor's. */
import fc from 'fast-check';
import { SCRIPT_HOSTS } from '../../src/settings/schema.ts';
import { escapeHtml } from '../esputnik/forms/written.ts';
import { CLASPO, loader, OTHER_ID, snippet, TAG_MANAGER, WEB_PUSH } from '../esputnik/snippets.ts';

const digits = (signs: string) =>
	fc
		.array(fc.constantFrom(...signs), { minLength: 32, maxLength: 32 })
		.map((list) => list.join(''))
		// Zeros are an example, and no account's.
		.filter((id) => !/^0+$/.test(id));
const id = fc
	.tuple(fc.oneof(digits('0123456789ABCDEF'), digits('0123456789abcdef')), fc.boolean())
	.map(([run, dashed]) =>
		dashed ? run.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : run
	);
const space = fc.constantFrom('', ' ', '\n', '\t\t', '\u00a0', '  \r\n');
const quote = fc.constantFrom(
	...[`''`, `""`, '``', '‘’', '“”', '«»', '„“'].map((pair) => ({
		open: pair[0]!,
		close: pair[1]!,
	}))
);
const value = fc.constantFrom('true', 'false', '!0', '!1');
const name = fc.constantFrom('n', 'id', 'accountId', '_e', '$0');
const isTrue = (text: string) => text === 'true' || text === '!0';
const json = (text: string) => JSON.stringify({ head: text });
const disguise = fc.constantFrom(
	(text: string) => text,
	escapeHtml,
	(text: string) => escapeHtml(escapeHtml(text)),
	json,
	(text: string) => json(json(text)).replaceAll('/', '\\/'),
	(text: string) => json(text).replaceAll('<', '\\u003c').replaceAll("'", '\\u0027'),
	(text: string) => escapeHtml(json(text)),
	(text: string) => text.replaceAll('/', '\\/'),
	(text: string) => text.replace(/[02468]/g, '$&\u200b'),
	(text: string) => `echo '${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}';`,
	encodeURIComponent
);
const beside = fc.constantFrom(
	'',
	CLASPO,
	WEB_PUSH,
	TAG_MANAGER,
	`<!-- ${snippet(undefined, { id: OTHER_ID })} -->`
);

/** A snippet in random form, and what must be found in it. */
export const render = fc
	.record({
		id,
		host: fc.constantFrom(...SCRIPT_HOSTS),
		scheme: fc.constantFrom('https:', 'http:', ''),
		call: fc.constantFrom('bang' as const, 'parentheses' as const),
		name,
		second: fc.boolean(),
		init: fc.option(
			fc.record(
				{ APP_INBOX: value, RECOMS: value, TRACKING: value },
				{ requiredKeys: [], noNullPrototype: true }
			)
		),
		space,
		quote,
		keys: fc.constantFrom('', '"', "'"),
		disguise,
		beside,
	})
	.map((form) => {
		const { open, close } = form.quote;
		const _ = form.space;
		const pairs = Object.entries(form.init ?? {}).map(
			([flag, text]) => `${form.keys}${flag}${form.keys}${_}:${_}${text}`
		);
		const flags = pairs.length ? `,${_}{${_}${pairs.join(`,${_}`)}${_}}` : '';
		const init = form.init ? `eS(${_}${open}init${close}${_}${flags})` : '';
		const breaks = form.second ? '</script>\n<script>' : '';
		const script = loader({ id: form.id, host: `${form.scheme}//${form.host}` })
			.replace(/^!(.*\})(\(.*\));$/, form.call === 'bang' ? '!$1$2;' : '($1)$2;')
			.replace(/\bn\b(?= \+|\) \{)/g, () => form.name)
			.replace(/'([^']*)'/g, `${open}$1${close}`)
			.replaceAll('; ', `;${_}`);
		const text = `${form.beside}<script>${script}${breaks}${init}</script>`;
		return {
			text: form.disguise(text),
			id: form.id,
			host: form.host,
			flags: form.init && {
				APP_INBOX: false,
				RECOMS: true,
				TRACKING: true,
				...Object.fromEntries(
					Object.entries(form.init).map(([flag, given]) => [flag, isTrue(given)])
				),
			},
		};
	});
