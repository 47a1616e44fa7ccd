/** Where the arrow keys go from an element. */
export const DIRECTIONS = ['parent', 'child', 'previous', 'next'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Whether a visitor sees anything of an element; the browser knows, tests say. */
export type Visible = (element: Element) => boolean;

/** Marks what the picker itself puts into the page. */
export const OWN_ATTRIBUTE = 'data-app-inbox-picker';

const OUTSIDE_THE_PAGE =
	'head, script, style, link, meta, template, noscript, br, wbr, area, source, track, param, #wpadminbar';

/** What stands for all that is in it: nothing can be put inside, and its parts mean nothing. */
const WHOLE = 'svg, math, select, picture, video, audio, object, canvas, iframe';

/**
 * The element that is meant when this one is pointed at, or null where it is none: below the body,
 * nothing of the picker's or of the admin bar, and a picture as a whole.
 */
export function candidateAt(pointed: Element): Element | null {
	let whole = pointed;
	for (let at = pointed.closest(WHOLE); at; at = at.parentElement?.closest(WHOLE) ?? null) {
		whole = at;
	}
	return isCandidate(whole) ? whole : null;
}

export function isCandidate(element: Element): boolean {
	const { body } = element.ownerDocument;
	return (
		element !== body &&
		Boolean(body?.contains(element)) &&
		!element.matches(`${OUTSIDE_THE_PAGE}, [${OWN_ATTRIBUTE}]`) &&
		!element.parentElement?.closest(`${WHOLE}, #wpadminbar, [${OWN_ATTRIBUTE}]`)
	);
}

/** The next candidate in a direction, or null where there is none. */
export function move(from: Element, direction: Direction, visible: Visible): Element | null {
	const counts = (element: Element) => isCandidate(element) && visible(element);
	switch (direction) {
		case 'parent': {
			const { parentElement } = from;
			return parentElement && isCandidate(parentElement) ? parentElement : null;
		}
		case 'child':
			return [...from.children].find(counts) ?? null;
		case 'previous':
			return siblings(from, 'previousElementSibling').find(counts) ?? null;
		case 'next':
			return siblings(from, 'nextElementSibling').find(counts) ?? null;
	}
}

function siblings(from: Element, way: 'previousElementSibling' | 'nextElementSibling'): Element[] {
	const found: Element[] = [];
	for (let at = from[way]; at; at = at[way]) {
		found.push(at);
	}
	return found;
}

/** Where the keys begin: the site's header, where a bell is at home, or else the first thing. */
export function firstCandidate(page: Document, visible: Visible): Element | null {
	const headers = page.querySelectorAll('header, [role="banner"]');
	const all = page.body?.querySelectorAll('*') ?? [];
	return [...headers, ...all].find((element) => isCandidate(element) && visible(element)) ?? null;
}
