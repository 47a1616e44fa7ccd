import { OWN_ATTRIBUTE } from './candidates.ts';

/** Whether things stand beside or below each other. */
export type Axis = 'x' | 'y';

export interface Flow {
	/** Around the element. */
	outside: Axis;
	/** In it. */
	inside: Axis;
	isRtl: boolean;
}

/** How the page lays out an element among its neighbours, and what is in it. */
export function flowOf(element: Element): Flow {
	const container = element.parentElement ?? element;
	const first = [...element.children].find((child) => !child.hasAttribute(OWN_ATTRIBUTE));
	return {
		outside: axisIn(container, element),
		inside: axisIn(element, first),
		isRtl: styleOf(container).direction === 'rtl',
	};
}

function axisIn(container: Element, child: Element | undefined): Axis {
	const { display, flexDirection, gridTemplateColumns } = styleOf(container);
	if (display.endsWith('flex')) {
		return flexDirection.startsWith('column') ? 'y' : 'x';
	}
	if (display.endsWith('grid')) {
		return gridTemplateColumns.includes(' ') ? 'x' : 'y';
	}
	const style = child && styleOf(child);
	return !style || /^(inline|none)/.test(style.display) || /left|right/.test(style.float)
		? 'x'
		: 'y';
}

const styleOf = (element: Element): CSSStyleDeclaration =>
	element.ownerDocument.defaultView!.getComputedStyle(element);
