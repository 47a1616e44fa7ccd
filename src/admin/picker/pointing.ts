import { candidateAt, type Direction } from './candidates.ts';

export interface Hands {
	/** The pointer is over this element, or over none. */
	onPoint: (element: Element | null) => void;
	onTake: (element: Element) => void;
	onMove: (direction: Direction) => void;
	/** Takes what the keys have come to. */
	onEnter: () => void;
	onEscape: () => void;
}

/** What would make the page do something. Scrolling and zooming stay as they are. */
const SWALLOWED = [
	'pointerdown',
	'pointerup',
	'mousedown',
	'mouseup',
	'dblclick',
	'auxclick',
	'submit',
	'dragstart',
	'touchstart',
	'touchend',
	'focusin',
	'keyup',
	'keypress',
] as const;

/**
 * Lets a page be pointed at instead of used: nothing in it is followed or opened. Gives back how to
 * make it a usual page again.
 */
export function pointInto(page: Document, hands: Hands): () => void {
	const view = page.defaultView!;
	const heard = new AbortController();
	const listen = (type: string, handle: (event: Event) => void) =>
		view.addEventListener(type, handle, {
			capture: true,
			passive: false,
			signal: heard.signal,
		});

	for (const type of SWALLOWED) {
		listen(type, (event) => {
			event.stopImmediatePropagation();
			// A touch goes on to scroll; a pressed mouse would select text and take the focus.
			if (!/^(touch|pointer|focus)/.test(type)) {
				event.preventDefault();
			}
		});
	}
	listen('pointermove', (event) => {
		event.stopImmediatePropagation();
		if ((event as PointerEvent).pointerType !== 'touch') {
			hands.onPoint(targetOf(event));
		}
	});
	listen('click', (event) => {
		event.stopImmediatePropagation();
		event.preventDefault();
		const element = targetOf(event);
		if (element) {
			hands.onTake(element);
		}
	});
	listen('keydown', (event) => {
		event.stopImmediatePropagation();
		takeKey(event as KeyboardEvent, page, hands);
	});
	page.documentElement.addEventListener('mouseleave', () => hands.onPoint(null), {
		signal: heard.signal,
	});
	const undress = dress(page);
	return () => {
		heard.abort();
		undress();
	};
}

/** A key pressed on the page, or on what stands for it outside. */
export function takeKey(
	event: Pick<KeyboardEvent, 'key' | 'preventDefault'>,
	page: Document,
	hands: Hands
) {
	const direction = directionOf(event.key, page);
	if (direction) {
		event.preventDefault();
		hands.onMove(direction);
	} else if (event.key === 'Enter' || event.key === ' ') {
		event.preventDefault();
		hands.onEnter();
	} else if (event.key === 'Escape') {
		event.preventDefault();
		hands.onEscape();
	}
}

function directionOf(key: string, page: Document): Direction | null {
	const isRtl = page.defaultView?.getComputedStyle(page.documentElement).direction === 'rtl';
	switch (key) {
		case 'ArrowUp':
			return 'parent';
		case 'ArrowDown':
			return 'child';
		case 'ArrowLeft':
			return isRtl ? 'next' : 'previous';
		case 'ArrowRight':
			return isRtl ? 'previous' : 'next';
		default:
			return null;
	}
}

/** From another window, so that `instanceof` would not know it. */
function targetOf({ target }: Event): Element | null {
	return target && (target as Node).nodeType === Node.ELEMENT_NODE
		? candidateAt(target as Element)
		: null;
}

/** An embedded page would keep the pointer to itself. */
const dress = (page: Document) =>
	addStyle(
		page,
		'*, *::before, *::after { cursor: crosshair !important; } iframe, object, embed { pointer-events: none !important; }'
	);

/** The page as its visitors see it. */
export const hideAdminBar = (page: Document) =>
	page.body.classList.contains('admin-bar')
		? addStyle(
				page,
				'#wpadminbar { display: none !important; } html { margin-top: 0 !important; --wp-admin--admin-bar--height: 0px !important; }'
			)
		: () => {};

/** Not as an element, which would count among the page's own and which its policy may forbid. */
function addStyle(page: Document, css: string): () => void {
	const view = page.defaultView as (Window & typeof globalThis) | null;
	if (!view || !('adoptedStyleSheets' in page)) {
		return () => {}; // It works without, only less well.
	}
	const sheet = new view.CSSStyleSheet();
	sheet.replaceSync(css);
	page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
	return () => {
		page.adoptedStyleSheets = page.adoptedStyleSheets.filter((other) => other !== sheet);
	};
}

/** Whether a visitor sees the element, or at least something in it. */
export function isVisible(element: Element): boolean {
	const { width, height } = element.getBoundingClientRect();
	const style = element.ownerDocument.defaultView?.getComputedStyle(element);
	if (style?.display === 'none' || style?.visibility === 'hidden') {
		return false;
	}
	return (width > 0 && height > 0) || [...element.children].some(isVisible);
}
