/**
 * Builds an element from its attributes and children. The browser is given no HTML to parse anywhere in
 * the widget, so that pages that enforce Trusted Types can show it.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
	name: K,
	attributes: Record<string, string> = {},
	...children: Array<Node | string>
): HTMLElementTagNameMap[K] {
	const made = document.createElement(name);
	for (const [attribute, value] of Object.entries(attributes)) {
		made.setAttribute(attribute, value);
	}
	made.append(...children);
	return made;
}

/** A line drawing of 24 by 24 in the text's colour, for the eye only. */
export function icon(...paths: string[]): SVGElement {
	const svg = svgElement('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' });
	svg.append(...paths.map((d) => svgElement('path', { d })));
	return svg;
}

function svgElement(name: string, attributes: Record<string, string>): SVGElement {
	const made = document.createElementNS('http://www.w3.org/2000/svg', name) as SVGElement;
	for (const [attribute, value] of Object.entries(attributes)) {
		made.setAttribute(attribute, value);
	}
	return made;
}

/** A web address that is safe to link to; '' for anything else, such as `javascript:`. */
export function webAddress(value: string): string {
	try {
		const url = new URL(value, document.baseURI);
		return value && /^https?:$/.test(url.protocol) ? url.href : '';
	} catch {
		return '';
	}
}
