export const svg = (inner: string, attributes = '') =>
	`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 24 24"${attributes}>${inner}</svg>`;

export const PATH = '<path d="M12 3a6 6 0 0 0-6 6v5l-2 3h16l-2-3V9a6 6 0 0 0-6-6z"/>';

export const HOSTILE: [name: string, source: string][] = [
	['a script', svg(`<script>alert(1)</script>${PATH}`)],
	['a script by reference', svg(`<script href="https://evil.example/x.js"/>${PATH}`)],
	['a script in capitals', svg(`<SCRIPT>alert(1)</SCRIPT>${PATH}`)],
	['a handler on the root', svg(PATH, ' onload="alert(1)"')],
	['a handler on a shape', svg(PATH.replace('<path', '<path onclick=alert(1)'))],
	['a handler without blanks', svg(PATH.replace('<path ', '<path/onmouseover=alert(1) '))],
	['a javascript: link', svg(`<a href="javascript:alert(1)">${PATH}</a>`)],
	['a hidden javascript: link', svg(`<a xlink:href="java&#10;script:alert(1)">${PATH}</a>`)],
	['foreign HTML', svg(`<foreignObject><img src=x onerror=alert(1)></foreignObject>${PATH}`)],
	['an iframe', svg(`<iframe src="https://evil.example"></iframe>${PATH}`)],
	['use from elsewhere', svg(`<use href="https://evil.example/a.svg#x"/>${PATH}`)],
	['use from elsewhere, old spelling', svg(`<use xlink:href="//evil.example/a.svg#x"/>${PATH}`)],
	['use of a data URL', svg(`<use href="data:image/svg+xml,<svg onload=alert(1)>#x"/>${PATH}`)],
	['an image from elsewhere', svg(`<image href="https://evil.example/pixel.gif"/>${PATH}`)],
	[
		'a filter image from elsewhere',
		svg(`<filter id="f"><feImage href="https://evil.example/p"/></filter>${PATH}`),
	],
	['an imported style sheet', svg(`<style>@import "https://evil.example/x.css";</style>${PATH}`)],
	['a style that loads', svg(`<style>path{fill:url(https://evil.example/p#x)}</style>${PATH}`)],
	[
		'a style attribute that loads',
		svg(PATH.replace('<path', '<path style="fill:url(//evil.example/p)"')),
	],
	['a style that hides the page', svg(`<style>body{display:none}</style>${PATH}`)],
	[
		'an attribute that loads',
		svg(PATH.replace('<path', '<path fill="url(https://evil.example/p#x)"')),
	],
	[
		'an escaped url()',
		svg(PATH.replace('<path', '<path fill="\\75rl(https://evil.example/p#x)"')),
	],
	[
		'an animated link',
		svg(`<a><animate attributeName="href" to="javascript:alert(1)"/>${PATH}</a>`),
	],
	['a set link', svg(`<set attributeName="onload" to="alert(1)"/>${PATH}`)],
	[
		'an outside entity',
		`<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg(`<text>&x;</text>${PATH}`)}`,
	],
	[
		'an entity with a script',
		`<!DOCTYPE svg [<!ENTITY x "<svg onload='alert(1)'></svg>">]>${svg(`&x;${PATH}`)}`,
	],
	['a broken-out title', svg(`<title><img src=x onerror=alert(1)></title>${PATH}`)],
	['a broken-out style', svg(`<style><!--</style><img src=x onerror=alert(1)>-->${PATH}`)],
	['HTML behind the picture', `${svg(PATH)}<img src=x onerror=alert(1)><svg></svg>`],
	[
		'a style sheet instruction',
		`<?xml-stylesheet href="https://evil.example/x.css"?>${svg(PATH)}`,
	],
];

/** Clean ones, as the settings page stores them: nobody has anything to take out. */
export const CLEAN: string[] = [
	svg(PATH),
	svg(PATH, ' width="24" height="24" fill="none" stroke="currentColor" stroke-width="2"'),
	svg(
		'<title>Bell &amp; clapper</title><defs><linearGradient id="g" gradientUnits="userSpaceOnUse" gradientTransform="rotate(90)"><stop offset="0" stop-color="#f00"/></linearGradient><clipPath id="c" clipPathUnits="objectBoundingBox"><rect width="1" height="1"/></clipPath><path id="p" d="M0 0h9"/></defs><use xlink:href="#p" fill="url(#g)" clip-path="url(\'#c\')"/><use href="#p"/>'
	),
	svg(
		'<filter id="f" x="-10%"><feGaussianBlur stdDeviation="2" in="SourceAlpha"/><feMerge><feMergeNode/></feMerge></filter><g filter="url(#f)"><text x="1" text-anchor="middle" font-family="Arial, sans-serif">Привіт</text><animateTransform attributeName="transform" type="rotate" values="0;9;0" dur="1s" repeatCount="indefinite"/></g>'
	),
];

/** What must be in no icon, whether it is read as XML or as HTML. */
export function dangers(source: string, parser = new DOMParser()): string[] {
	const found: string[] = [];
	for (const document of [
		parser.parseFromString(source, 'image/svg+xml'),
		parser.parseFromString(source, 'text/html'),
	]) {
		for (const element of document.querySelectorAll('*')) {
			if (
				/^(script|foreignobject|iframe|image|img|style|a|animate|set|parsererror)$/i.test(
					element.localName
				)
			) {
				found.push(element.localName);
			}
			for (const { name, value } of element.attributes) {
				if (/^on|^style$/i.test(name) || /evil|javascript|data:|alert/i.test(value)) {
					found.push(`${name}=${value}`);
				}
			}
		}
	}
	return found;
}
