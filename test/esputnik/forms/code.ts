/** How the loader and `init` are written: as public shops have them. */
import {
	FLAT_STUB,
	ID,
	INIT,
	loader,
	onlyIfMissing,
	scriptUrl,
	snippet,
	snippetCode,
	STATICS,
	twoElements,
} from '../snippets.ts';
import { BARE, element, FLAGS, form, INIT_FLAGS, type Form } from './form.ts';

/** With other words or signs in the loader; what stands there must be known. */
function loaderWith(...changes: Array<[from: string | RegExp, to: string]>): string {
	return changes.reduce((code, [from, to]) => {
		const changed = code.replaceAll(from as string, to);
		if (changed === code) {
			throw new Error(`The loader has no ${from}.`);
		}
		return changed;
	}, loader());
}
export const behind = (code: string, init: string = INIT.bare) => element(`${code} ${init};`);

const MINIFIED = `!function(t,e,c,n){var s=e.createElement(c);s.async=1,s.src="https://cdn.esputnik.com/scripts/"+n+".js";var r=e.scripts[0];r.parentNode.insertBefore(s,r);var f=function(){f.c(arguments)};f.q=[],f.c=function(){f.q.push(arguments)},t.eS=t.eS||f}(window,document,"script","${ID}");`;

export const LINES = loader()
	.replace(/([;{,]) ?(?=var|s\.|r\.|f\.|t\[|\})/g, '$1\n        ')
	.replace('window, document', '\n    window, document');

/** How the loader is written. */
export const LOADERS: Form[] = [
	form('the vendor’s page: loader and init in two elements', twoElements(INIT.older), {
		init: BARE,
	}),
	form('one element', snippet()),
	form('from the other host', snippet(INIT.bare, { host: STATICS }), {
		host: 'statics.esputnik.com',
	}),
	form('minified', behind(MINIFIED)),
	form('over many lines', behind(LINES)),
	form('with CRLF and tabs', behind(LINES.replaceAll('\n', '\r\n').replaceAll('    ', '\t'))),
	form('in brackets', behind(loader().replace(/^!(.*\})(\(.*\));$/, '($1)$2;'))),
	form(
		'other names of the parameters',
		behind(
			loaderWith(
				[/\(t, e, c, n\)/g, '(win, doc, tag, accountId)'],
				[`' + n + '`, `' + accountId + '`],
				['e.createElement(c)', 'doc.createElement(tag)'],
				['e.scripts', 'doc.scripts'],
				[`t['eS']`, `win['eS']`]
			)
		)
	),
	form('double quotes', behind(loaderWith([/'/g, '"']))),
	form('no blanks round the pluses', behind(loaderWith([` + n + `, '+n+']))),
	form('a template literal', behind(loaderWith([/'([^']*)' \+ n \+ '\.js'/g, '`$1${n}.js`']))),
	form(
		'as Babel writes a template literal',
		behind(loaderWith([/'([^']*)' \+ n \+ '\.js'/g, '"$1".concat(n, ".js")']))
	),
	form(
		'an arrow function',
		behind(`(${loader().replace(/^!function (.*?\)) \{(.*)\}(\(.*\));$/, '$1 => {$2})$3')};`)
	),
	form(
		'a function with a name, called later',
		behind(
			loader().replace(
				/^!function (.*\})\((.*)\);$/,
				'function loadEsputnik$1\nloadEsputnik($2);'
			)
		)
	),
	form(
		'the id in a variable',
		behind(`var esId = '${ID}'; ${loader().replace(`'${ID}'`, 'esId')}`)
	),
	form(
		'the id in an object',
		behind(
			`window.shop = {"esputnikId": "${ID}"}; ${loader().replace(`'${ID}'`, 'shop.esputnikId')}`
		)
	),
	form('without a scheme', behind(loaderWith(['https://', '//']))),
	form('an id in small letters', behind(loader({ id: ID.toLowerCase() })), {
		id: ID.toLowerCase(),
	}),
	form(
		'with type and charset',
		snippet().replace('<script>', '<script type="text/javascript" charset="utf-8">')
	),
	form('in CDATA, as for XHTML', element(`/* <![CDATA[ */\n${snippetCode()}\n/* ]]> */`)),
	form('in the comment of old browsers', element(`<!--\n${snippetCode()}\n//-->`)),
];

/** How `init` is written. */
export const INITS: Form[] = [
	form('init with flags', snippet(INIT_FLAGS), { init: FLAGS }),
	form('init of the vendor’s page, the newest form', snippet(INIT.inbox), {
		init: { APP_INBOX: true, RECOMS: true, TRACKING: false },
	}),
	form('init of the vendor’s page, the older form', snippet(INIT.older)),
	form(
		'init with APP_INBOX alone',
		snippet(
			INIT.flags(
				`{APP_INBOX: true}, {getAuthTokenCallback: () => yourImplementationOfAuthCallback(), language: 'ru', }`
			)
		),
		{
			init: { APP_INBOX: true, RECOMS: true, TRACKING: true },
		}
	),
	form('init minified', behind(MINIFIED, 'eS("init",{TRACKING:!1,RECOMS:!0})'), { init: FLAGS }),
	form('init with quoted names', snippet(`eS("init", {"TRACKING": false, 'RECOMS': true})`), {
		init: FLAGS,
	}),
	form(
		'init over several lines',
		snippet(`eS (\n\t'init',\n\t{\n\t\tTRACKING :\n\t\t\tfalse,\n\t\tRECOMS: true,\n\t}\n)`),
		{ init: FLAGS }
	),
	form('init of window', snippet(`window.eS('init', {TRACKING: false})`), { init: FLAGS }),
	form('init of window, by its name', snippet(`window["eS"]('init', {TRACKING: false})`), {
		init: FLAGS,
	}),
	form(
		'init with a flag in a comment',
		snippet(`eS('init', {/* TRACKING: false, */ RECOMS: false})`),
		{
			init: { APP_INBOX: false, RECOMS: false, TRACKING: true },
		}
	),
	form(
		'init with braces before the flags',
		snippet(
			`eS('init', {custom: {TRACKING: true, a: [1, {b: 2}]}, TRACKING: false, RECOMS: true})`
		),
		{ init: FLAGS }
	),
	form(
		'init with a function before the flags',
		snippet(
			`eS('init', {getAuthTokenCallback: function () { return fetch('/t').then(function (r) { return r.text() }) }, TRACKING: false})`
		),
		{ init: FLAGS }
	),
	form(
		'init with a flag that a program knows',
		snippet(`eS('init', {TRACKING: location.host !== 'test.example', RECOMS: false})`),
		{
			init: { APP_INBOX: false, RECOMS: false, TRACKING: true },
		}
	),
	form('init in an element far away', `${element(loader())}<p>Shop</p>${element(INIT_FLAGS)}`, {
		init: FLAGS,
	}),
	form(
		'events before and after init',
		snippet(`eS('sendEvent', 'MainPage'); ${INIT_FLAGS}; eS('sendEvent', 'NotFound')`),
		{ init: FLAGS }
	),
	form('only if there is no eS yet', element(onlyIfMissing())),
	form(
		'the vendor’s Shopify app: a flat stub, and the script in the markup',
		`<script async src="${scriptUrl({ host: STATICS })}"></script>${element(`${FLAT_STUB} ${INIT.bare};`)}`,
		{ host: 'statics.esputnik.com' }
	),
	form(
		'the same with an event before init',
		`<script async src="${scriptUrl()}"></script>${element(`${FLAT_STUB} eS('sendEvent', 'MainPage'); ${INIT_FLAGS};`)}`,
		{ init: FLAGS }
	),
];
