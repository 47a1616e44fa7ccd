// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { sanitizeIcon } from '../../src/admin/sanitize-icon.ts';

const svg = (inner: string, attributes = '') =>
	`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 24 24"${attributes}>${inner}</svg>`;

const PATH = '<path d="M12 3a6 6 0 0 0-6 6v5l-2 3h16l-2-3V9a6 6 0 0 0-6-6z"/>';

const HOSTILE: [name: string, source: string][] = [
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

/** What must be in no icon, whether it is read as XML or as HTML. */
function dangers(source: string): string[] {
	const found: string[] = [];
	for (const document of [
		new DOMParser().parseFromString(source, 'image/svg+xml'),
		new DOMParser().parseFromString(source, 'text/html'),
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

describe('hostile SVGs', () => {
	it.each(HOSTILE)('takes out %s', (_name, source) => {
		const result = sanitizeIcon(source);
		if (!result.ok) {
			expect(result.message).toContain('SVG');
			return;
		}
		expect(dangers(result.svg)).toEqual([]);
		expect(result.svg).toMatch(/^<svg[\s>][\s\S]*<\/svg>$/);
	});

	it('keeps the drawing of nearly all of them', () => {
		const kept = HOSTILE.filter(([, source]) => {
			const result = sanitizeIcon(source);
			return result.ok && result.svg.includes('M12 3a6 6');
		});
		expect(kept.length).toBeGreaterThanOrEqual(HOSTILE.length - 2);
	});

	it('says what was taken out', () => {
		const source = svg(`<script>1</script>${PATH}`, ' onload="alert(1)"');
		expect(sanitizeIcon(source)).toMatchObject({ removed: ['onload', 'script'] });
	});
});

describe('benign SVGs', () => {
	const sanitized = (source: string) => {
		const result = sanitizeIcon(source);
		expect(result).toMatchObject({ ok: true, removed: [] });
		return result.ok ? result.svg : '';
	};

	it('keeps paths, view box, colours and size', () => {
		const source =
			'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><path d="M6 8a6 6 0 0 1 12 0"/><circle cx="12" cy="12" r="2"/></svg>';
		const clean = sanitized(source);
		for (const part of source.match(/[\w-]+="[^"]*"/g) ?? []) {
			expect(clean).toContain(part);
		}
	});

	it('keeps gradients and their use within the picture', () => {
		const clean = sanitized(
			svg(
				`<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/></linearGradient><path id="p" d="M0 0h9"/></defs><use xlink:href="#p" fill="url(#g)"/>`
			)
		);
		expect(clean).toContain('linearGradient');
		expect(clean).toContain('xlink:href="#p"');
		expect(clean).toContain('fill="url(#g)"');
		expect(dangers(clean)).toEqual([]);
	});

	it('turns an editor’s style sheet into attributes', () => {
		const clean = sanitized(
			svg(
				`<style>/* Generator: Illustrator */.cls-1{fill:#fa0;stroke:none}@media print{.cls-1{fill:#000}}</style><path class="cls-1" style="opacity:.5" d="M0 0h9"/>`
			)
		);
		expect(clean).toContain('fill="#fa0"');
		expect(clean).toContain('opacity=".5"');
		expect(clean).not.toMatch(/style|class/);
	});

	it('drops prolog, comments and editors’ notes', () => {
		const clean = sanitized(
			`<?xml version="1.0" encoding="UTF-8"?>\n<!-- by hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n${svg(
				`<metadata>about</metadata>${PATH}`,
				' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:version="1.0"'
			)}\n`
		);
		expect(clean).toMatch(/^<svg /);
		expect(clean).not.toMatch(/inkscape|metadata|about/);
		expect(clean).toContain('M12 3a6 6');
	});

	it('adds the namespace that a picture file needs', () => {
		expect(sanitized(`<svg viewBox="0 0 24 24">${PATH}</svg>`)).toContain(
			'xmlns="http://www.w3.org/2000/svg"'
		);
	});

	it('changes nothing the second time', () => {
		const once = sanitized(svg(PATH, ' fill="currentColor"'));
		expect(sanitized(once)).toBe(once);
	});
});

it('takes nothing for an empty icon, and refuses what is no drawing', () => {
	expect(sanitizeIcon(' \n')).toEqual({ ok: true, svg: '', removed: [] });
	expect(sanitizeIcon('bell.svg')).toMatchObject({ ok: false });
	expect(sanitizeIcon('<svg><path d="M0 0h9"/>')).toMatchObject({ ok: false });
	expect(sanitizeIcon(svg(''))).toMatchObject({ ok: false });
	expect(sanitizeIcon(svg('<image href="data:image/png;base64,AAAA"/>'))).toMatchObject({
		ok: false,
	});
});
