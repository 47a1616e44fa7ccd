/** What stands around the snippet on pages, and what holds it back there. */
import {
	CLASPO,
	FLAT_STUB,
	INIT,
	OTHER_ID,
	scriptUrl,
	snippet,
	snippetCode,
	TAG_MANAGER,
	WEB_PUSH,
} from '../snippets.ts';
import { element, form, INIT_FLAGS, type Form } from './form.ts';

const commented = snippet(INIT.bare, { id: OTHER_ID });
const ANALYTICS = `<script async src="https://www.googletagmanager.com/gtag/js?id=G-ABCDEF1234"></script>`;

export const SURROUNDINGS: Form[] = [
	form(
		'the source of a whole page',
		`<!doctype html><html lang="uk"><head><title>Крамниця</title>${TAG_MANAGER}${ANALYTICS}<link rel="stylesheet" href="/theme.css?ver=0123456789abcdef0123456789abcdef"></head><body data-build="fedcba9876543210fedcba9876543210"><p>It’s 50 % off // today</p>${CLASPO}${WEB_PUSH}${snippet()}</body></html>`
	),
	form('beside Claspo', CLASPO + snippet()),
	form('before Claspo', snippet() + CLASPO),
	form('beside eSputnik’s web push', WEB_PUSH + snippet()),
	form('before eSputnik’s web push', snippet() + WEB_PUSH),
	form('beside Tag Manager', TAG_MANAGER + snippet()),
	form(
		'beside other ids of 32 digits',
		`<script>window.hash = 'fedcba9876543210fedcba9876543210'; var cart = "${OTHER_ID}";</script>${snippet()}`
	),
	form('another account in a comment of the page', `<!-- old: ${commented} -->${snippet()}`),
	form(
		'another account in a block comment',
		element(`/* ${snippetCode(INIT_FLAGS, { id: OTHER_ID })} */ ${snippetCode()}`)
	),
	form(
		'another account in a line comment',
		element(`// ${snippetCode(INIT_FLAGS, { id: OTHER_ID })}\n${snippetCode()}`)
	),
	form(
		'after signs that would hide the rest',
		`<script>var r = /[\\u0000-\\u001F]/g, s = "\\x00";</script>${snippet()}`
	),
	form('after a comment that names a script', `<!-- the <script> of eSputnik -->${snippet()}`),
	form(
		'in a comment of old browsers that all read',
		`<!--[if !IE]><!-->${snippet()}<!--<![endif]-->`
	),
	form(
		'behind an address put together, on one line',
		element(
			`var u = \`\${location.protocol}//\${location.host}/ws\`, c = "<!--"; ${snippetCode()}`
		)
	),
	form('twice', snippet() + snippet()),
	form(
		'a comment beside it',
		`<!-- eSputnik // web tracking -->\n${snippet()}\n<!-- /eSputnik -->`
	),
	form(
		'held back by a consent tool',
		snippet().replace('<script>', '<script type="text/plain" data-category="marketing">'),
		{ held: true }
	),
	form(
		'held back by an optimiser',
		snippet().replace('<script>', '<script type="rocketlazyloadscript">'),
		{ held: true }
	),
	form(
		'its element held back by a consent tool',
		`<script type="text/plain" data-cookieconsent="marketing" src="${scriptUrl()}"></script>${element(`${FLAT_STUB} ${INIT.bare};`)}`
	),
];
