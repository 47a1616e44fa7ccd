import { POSITIONS, type Settings } from '../../settings/index.ts';
import { sanitizeIcon } from '../sanitize-icon.ts';
import { ICONS } from '../sections/icons.ts';
import { OWN_ATTRIBUTE } from './candidates.ts';

export type Position = Settings['placement']['position'];

/** Elements that show nothing of what is put into them. */
const CLOSED =
	'area, audio, br, canvas, embed, hr, iframe, img, input, math, meter, object, picture, progress, select, svg, textarea, video';

/** The positions at which a bell would be seen. */
export function possiblePositions(element: Element): readonly Position[] {
	const closed =
		element.matches(CLOSED) ||
		(element.shadowRoot && !element.shadowRoot.querySelector('slot:not([name])'));
	return closed ? ['beforebegin', 'afterend'] : POSITIONS;
}

/** The wished position, or the nearest one that shows the bell. */
export function possiblePosition(element: Element, wished: Position): Position {
	if (possiblePositions(element).includes(wished)) {
		return wished;
	}
	return wished === 'afterbegin' ? 'beforebegin' : 'afterend';
}

/** Puts a bell into the page where the real one will be, and gives back how to take it out again. */
export function showPreviewBell(element: Element, position: Position, icon: string): () => void {
	const page = element.ownerDocument;
	const bell = page.createElement('span');
	bell.setAttribute(OWN_ATTRIBUTE, 'bell');
	bell.setAttribute('aria-hidden', 'true');
	// Through the style object, which a page's content security policy lets pass.
	for (const [property, value] of Object.entries(LOOK)) {
		bell.style.setProperty(property, value, 'important');
	}
	const drawing = page.importNode(drawingOf(icon), true);
	for (const [property, value] of Object.entries(DRAWING_LOOK)) {
		drawing.style.setProperty(property, value, 'important');
	}
	bell.append(drawing);
	element.insertAdjacentElement(position, bell);
	return () => bell.remove();
}

const LOOK = {
	all: 'initial',
	display: 'inline-flex',
	'flex-shrink': '0',
	color: 'inherit',
	'vertical-align': 'middle',
	background: 'rgba(34, 113, 177, 0.2)',
	outline: '2px solid #2271b1',
	'border-radius': '4px',
};

const DRAWING_LOOK = { width: '24px', height: '24px', display: 'block' };

function drawingOf(icon: string): SVGSVGElement {
	const result = sanitizeIcon(icon);
	const source = result.ok && result.svg !== '' ? result.svg : ICONS.bell;
	return new DOMParser().parseFromString(source, 'image/svg+xml')
		.documentElement as unknown as SVGSVGElement;
}
