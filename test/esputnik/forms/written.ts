/** The same snippet, copied from where it is written: programs, templates, options, letters. */
import { ID, scriptUrl, snippet, snippetCode } from '../snippets.ts';
import { behind, LINES } from './code.ts';
import { FLAGS, form, INIT_FLAGS, type Change, type Form } from './form.ts';

/** What is written round it by programs. */
const json = (text: string) => JSON.stringify(text);
export const escapeHtml = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
const numbered = (text: string, base: 10 | 16) =>
	text.replace(
		/[^a-z]/gi,
		(c) => `&#${base === 16 ? 'x' : ''}${c.charCodeAt(0).toString(base)};`
	);
const phpString = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
const base = snippet(INIT_FLAGS);
const code = snippetCode(INIT_FLAGS);

/** The same on the page, copied from where it is written. */
const from = (name: string, pasted: string, change: Change = {}) =>
	form(name, base, { pasted, init: FLAGS, ...change });

export const PROGRAMS: Form[] = [
	from(
		'JSON: a theme’s option',
		json({ header_code: base, footer: '' } as never).replaceAll('/', '\\/')
	),
	from(
		'JSON: a theme’s option, as PHP escapes tags',
		`{"head":${json(base).replaceAll('<', '\\u003c').replaceAll('>', '\\u003E').replaceAll('/', '\\/').replaceAll("'", '\\u0027')}}`
	),
	from(
		'JSON: over many lines',
		json({ head: behind(LINES.replace('\n', '\n\t'), INIT_FLAGS) } as never)
	),
	from(
		'JSON: a Tag Manager export',
		JSON.stringify(
			{
				exportFormatVersion: 2,
				containerVersion: {
					tag: [
						{
							type: 'html',
							name: 'eSputnik',
							parameter: [{ type: 'TEMPLATE', key: 'html', value: base }],
						},
					],
				},
			},
			null,
			'\t'
		).replaceAll('<', '\\u003c')
	),
	from('JSON in JSON', json({ data: json({ head: base } as never) } as never)),
	from('serialised by PHP', `a:1:{s:4:"head";s:${base.length}:"${base}";}`),
	from(
		'a PHP string',
		`<?php\nadd_action( 'wp_head', function () {\n\techo '${phpString(base)}';\n} );`
	),
	from('a PHP string in double quotes', `$output .= "${base.replaceAll('"', '\\"')}\\n";`),
	from('a PHP heredoc', `echo <<<HTML\n${base}\nHTML;`),
	from(
		'Blade',
		`@section('scripts')\n{{-- eSputnik --}}\n@verbatim\n${base}\n@endverbatim\n@endsection`
	),
	from('Twig', `{% block head %}\n{# eSputnik #}\n${base}\n{% endblock %}`),
	from('React', `<script dangerouslySetInnerHTML={{ __html: \`${code}\` }} />`),
	from(
		'React, as a string',
		`<script dangerouslySetInnerHTML={{ __html: ${json(code)} }}></script>`
	),
	from(
		'Next.js',
		`<Script id="esputnik" strategy="afterInteractive">\n{\`\n${code}\n\`}\n</Script>`
	),
	from(
		'Next.js, by the address',
		`const ES_ID = '${ID}';\n<Script src={\`https://cdn.esputnik.com/scripts/\${ES_ID}.js\`} strategy="afterInteractive" onLoad={() => window.eS('init', { TRACKING: false })} />`
	),
	from(
		'Next.js, by the address put together',
		`const esputnikId: string = "${ID}";\n<Script src={'https://cdn.esputnik.com/scripts/' + esputnikId + '.js'} />`,
		{ init: null }
	),
	from(
		'Vue: a helper for the head',
		`useHead({ script: [{ src: 'https://cdn.esputnik.com/scripts/${ID}.js', async: true }] })`,
		{ init: null }
	),
	from(
		'Nuxt: innerHTML',
		`export default defineNuxtConfig({ app: { head: { script: [{ innerHTML: ${json(code)}, tagPosition: 'bodyClose' }] } } });`
	),
	from(
		'within a template literal',
		`const html = \`\n${base.replace('</script>', '<\\/script>')}\n\`;`
	),
	from(
		'inserted by a program',
		`var tag = document.createElement('script');\ntag.text = ${json(code)};\ndocument.body.appendChild(tag);`
	),
	from('without its element', code),
	from(
		'the address in pieces',
		`s.src = 'https://' + 'cdn.esputnik.com' + '/scripts/' + '${ID}' + '.js'; ${INIT_FLAGS}`
	),
	from(
		'a data: address',
		`<script src="data:text/javascript,${encodeURIComponent(code)}"></script>`
	),
	from(
		'for a framework, from a file of settings',
		`ESPUTNIK_ID=${ID}\nESPUTNIK_URL=https://cdn.esputnik.com/scripts/${ID}.js`,
		{ init: null }
	),
];

/** What people's programs do to any text. */
export const TEXTS: Form[] = [
	from('escaped as HTML', escapeHtml(base)),
	from('escaped as HTML twice', escapeHtml(escapeHtml(base))),
	from('escaped by numbers', numbered(base, 10)),
	from('escaped by hexadecimal numbers', numbered(base, 16)),
	from('smart quotes', base.replace(/'([^']*)'/g, '‘$1’')),
	from('double smart quotes', base.replace(/'([^']*)'/g, '“$1”')),
	from('low and angle quotes', base.replace(/'([^']*)'/g, '«$1»').replace('«init»', '„init“')),
	from('no-break spaces', base.replaceAll(' ', '\u00a0')),
	from('no-break spaces as entities', base.replaceAll(' ', '&nbsp;')),
	from(
		'soft hyphens and zero-width spaces',
		base.replaceAll('/', '/\u00ad').replaceAll('3', '3\u200b')
	),
	from(
		'marks of direction',
		base.replace(/'([^']*)'/g, "\u2068'$1'\u2069").replaceAll('"', '\u061c"')
	),
	from('a byte order mark', `\ufeff${base}`),
	from('in a fence of Markdown', `Hi! Here is the code:\n\n\`\`\`html\n${base}\n\`\`\`\n`),
	from(
		'quoted in a letter',
		`On Monday the support wrote:\n> Hello,\n> put this into the <head>:\n>\n> ${base.replaceAll('; ', ';\n> ')}\n> Best regards`
	),
	from(
		'the source of a letter',
		`Content-Transfer-Encoding: quoted-printable\n\n${base.replaceAll('=', '=3D').replace(/(.{70})/g, '$1=\r\n')}`
	),
	from(
		'a letter in HTML',
		`<p>Hello,</p><pre>${escapeHtml(base).replaceAll('\n', '<br>')}</pre><p>--<br>Support</p>`
	),
	from('the address', scriptUrl(), { init: null }),
	from(
		'the address with a port, a query and blanks',
		`\n https://cdn.esputnik.com:443/scripts/${ID}.js?v=2#x \n`,
		{ init: null }
	),
	from('the address without a scheme', `//statics.esputnik.com/scripts/${ID}.js`, {
		init: null,
		host: 'statics.esputnik.com',
	}),
	from('the bare id', ID, { init: null }),
	from('the bare id in quotes, with a semicolon', ` '${ID}'; `, { init: null }),
];
