/** The vendor's snippet in the forms in which it goes around. */
import fc from 'fast-check';
import { SCRIPT_HOSTS } from '../../src/settings/schema.ts';

/** The vendor's loader, called in either way. */
export function loader(address: string, call: 'bang' | 'parentheses' = 'bang'): string {
	const body = `function (t, e, c, n) {
	var s = e.createElement(c); s.async = 1; s.src = n;
	var r = e.getElementsByTagName(c)[0]; r.parentNode.insertBefore(s, r);
	var f = function () { f.c(arguments); };
	f.q = []; f.c = function () { f.q.push(arguments); };
	t.eS = t.eS || f;
}`;
	const values = `(window, document, "script", '${address}');`;
	return call === 'bang' ? `!${body}${values}` : `(${body})${values}`;
}

export const escapeHtml = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');

const digits = fc.array(fc.constantFrom(...'0123456789abcdefABCDEF'), {
	minLength: 32,
	maxLength: 32,
});
const id = fc.tuple(digits, fc.boolean()).map(([list, dashed]) => {
	const run = list.join('');
	return dashed ? run.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : run;
});
const space = fc.constantFrom('', ' ', '\n', '\t\t', '\u00a0', '  \r\n');
const quote = fc.constantFrom(
	...[`''`, `""`, '‘’', '“”', '«»', '„“'].map((pair) => ({ open: pair[0]!, close: pair[1]! }))
);
const value = fc.constantFrom('true', 'false', '!0', '!1');
const isTrue = (text: string) => text === 'true' || text === '!0';
const disguise = fc.constantFrom(
	(text: string) => text,
	escapeHtml,
	(text: string) => escapeHtml(escapeHtml(text)),
	(text: string) => text.replaceAll('/', '\\/'),
	(text: string) => text.replace(/[02468]/g, '$&\u200b')
);

/** A snippet in random form, and what must be found in it. */
export const render = fc
	.record({
		id,
		host: fc.constantFrom(...SCRIPT_HOSTS),
		scheme: fc.constantFrom('https://', 'http://', '//'),
		call: fc.constantFrom('bang' as const, 'parentheses' as const),
		element: fc.boolean(),
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
	})
	.map((form) => {
		const { open, close } = form.quote;
		const _ = form.space;
		const address = `${form.scheme}${form.host}/scripts/${form.id}.js`;
		const pairs = Object.entries(form.init ?? {}).map(
			([name, text]) => `${form.keys}${name}${form.keys}${_}:${_}${text}`
		);
		const flags = pairs.length ? `,${_}{${_}${pairs.join(`,${_}`)}${_}}` : '';
		const init = form.init ? `eS(${_}${open}init${close}${_}${flags})` : '';
		const breaks = form.second ? '</script>\n<script>' : '';
		const script = loader(address, form.call)
			.replace(/'([^']*)'/g, `${open}$1${close}`)
			.replaceAll('; ', `;${_}`);
		const text = form.element
			? `<script>${script}${breaks}${init}</script>`
			: `${script} ${init}`;
		return {
			text: form.disguise(text),
			id: form.id,
			host: form.host,
			flags:
				form.init &&
				Object.fromEntries(
					Object.entries(form.init).map(([name, given]) => [name, isTrue(given)])
				),
		};
	});
