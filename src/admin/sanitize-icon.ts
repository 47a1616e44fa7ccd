import { __ } from '@wordpress/i18n';
import DOMPurify from 'dompurify';
import {
	ICON_ATTRIBUTES,
	ICON_ELEMENTS,
	ICON_LINKS,
	ICON_NAMESPACES,
} from '../settings/icon-parts.ts';

/** A picture that can be put into any page, or why it is none. */
export type IconResult =
	/** `removed` names what was taken out because it could run or load something. */
	{ ok: true; svg: string; removed: string[] } | { ok: false; message: string };

/**
 * Makes an SVG harmless for the site that shows it, wherever it came from: no scripts, no handlers,
 * nothing that loads from elsewhere, no foreign HTML, and no CSS, which would leak into the page.
 * CSS that an icon needs, as Illustrator writes it, becomes presentation attributes. An empty text is
 * an empty icon. plugin/includes/icon.php does so again to what is stored.
 */
export function sanitizeIcon(source: string): IconResult {
	const text = source.trim();
	if (text === '') {
		return { ok: true, svg: '', removed: [] };
	}
	const [drawing] = /<svg[\s>][\s\S]*<\/svg>/i.exec(text) ?? [];
	if (!drawing) {
		return { ok: false, message: notAnSvg() };
	}
	const body = DOMPurify.sanitize(drawing, {
		// Styles go only after they have become attributes.
		ALLOWED_TAGS: [...ICON_ELEMENTS, 'style'],
		ALLOWED_ATTR: [
			...ICON_ATTRIBUTES,
			...ICON_LINKS,
			...ICON_NAMESPACES,
			...['class', 'style'],
		],
		ADD_FORBID_CONTENTS: ['metadata'],
		ALLOW_DATA_ATTR: false,
		ALLOW_ARIA_ATTR: false,
		RETURN_DOM: true,
	}) as HTMLElement;
	const removed = new Set(DOMPurify.removed.map(nameOfRemoved).filter(isTelling));
	const svg = body.querySelector('svg');
	if (!svg) {
		return { ok: false, message: notAnSvg() };
	}
	replaceCss(svg);
	for (const name of removeReferences(svg)) {
		removed.add(name);
	}
	if (!svg.querySelector(DRAWN)) {
		return { ok: false, message: nothingDrawn() };
	}
	return { ok: true, svg: new XMLSerializer().serializeToString(svg), removed: [...removed] };
}

const DRAWN = 'path,circle,ellipse,line,polygon,polyline,rect,text,use';

const notAnSvg = () =>
	__(
		'This is not an SVG picture: it starts with <svg and ends with </svg>. Open the file in a text editor and copy all of it, or choose the file.',
		'app-inbox-for-esputnik'
	);

const nothingDrawn = () =>
	__(
		'This SVG draws nothing that can be shown safely. Export the picture again as plain SVG with shapes instead of an embedded image.',
		'app-inbox-for-esputnik'
	);

const nameOfRemoved = (entry: (typeof DOMPurify.removed)[number]): string =>
	('element' in entry ? entry.element.nodeName : (entry.attribute?.name ?? '')).toLowerCase();

/** Of all that DOMPurify takes out (editors' notes, mostly) what the owner should know about. */
const isTelling = (name: string) =>
	/^on|href$|^(script|foreignobject|image|iframe|embed|object|animate|set|a)$/.test(name);

/** Turns style sheets and style attributes into presentation attributes, and drops them. */
function replaceCss(svg: SVGElement) {
	for (const sheet of svg.querySelectorAll('style')) {
		const css = (sheet.textContent ?? '').replace(COMMENT, '').replace(AT_RULE, '');
		sheet.remove();
		for (const [, selector = '', declarations = ''] of css.matchAll(RULE)) {
			for (const element of selected(svg, selector)) {
				applyDeclarations(element, declarations);
			}
		}
	}
	for (const element of [svg, ...svg.querySelectorAll('[style]')]) {
		applyDeclarations(element, element.getAttribute('style') ?? '');
		element.removeAttribute('style');
	}
	for (const element of [svg, ...svg.querySelectorAll('[class]')]) {
		element.removeAttribute('class'); // Nothing refers to it any more, and the page's CSS might.
	}
}

const COMMENT = /\/\*[\s\S]*?\*\//g;

/** At-rules load something or depend on the reader's screen; they go, with the rules inside them. */
const AT_RULE = /@[^{};]*(;|\{(?:[^{}]|\{[^{}]*\})*\})/g;

const RULE = /([^{}@;]+)\{([^{}]*)\}/g;

function selected(svg: SVGElement, selector: string): Iterable<Element> {
	try {
		return svg.querySelectorAll(selector);
	} catch {
		return [];
	}
}

const PRESENTATION = /^(fill|stroke|stop|clip|opacity|display|visibility|color$|font|text|mask)/;

function applyDeclarations(element: Element, declarations: string) {
	for (const declaration of declarations.split(';')) {
		const colon = declaration.indexOf(':');
		const property = declaration.slice(0, colon).trim().toLowerCase();
		const value = declaration
			.slice(colon + 1)
			.replace(/!important/i, '')
			.trim();
		if (PRESENTATION.test(property) && /^[a-z-]+$/.test(property) && value !== '') {
			element.setAttribute(property, value);
		}
	}
}

/** Takes out whatever points outside of the picture itself; answers the attributes' names. */
function* removeReferences(svg: SVGElement): Generator<string> {
	for (const element of [svg, ...svg.querySelectorAll('*')]) {
		for (const { name, value } of [...element.attributes]) {
			const link = /(^|:)href$|^src$/i.test(name);
			if (link ? !/^#[\w.-]+$/.test(value.trim()) : pointsOutside(value)) {
				element.removeAttribute(name);
				yield name;
			}
		}
	}
}

/** `url(#shadow)` is the only call that may stand in a value; a backslash could hide another. */
const pointsOutside = (value: string) =>
	/\\|url\s*\(|image(-set)?\s*\(|src\s*\(|\/\/|@import|javascript:/i.test(
		value.replace(/url\(\s*(["']?)#[\w.-]+\1\s*\)/gi, '')
	) && !/^https?:\/\/www\.w3\.org\//.test(value);
