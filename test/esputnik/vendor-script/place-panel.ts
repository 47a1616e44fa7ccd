const EDGE = 12;
const GAP = 10;

/**
 * Puts the panel below the bell, or above it where there is more room, with the edges of both in
 * line at the side where a line of text ends, and always within the window.
 */
export function placePanel(panel: HTMLElement, bell: HTMLElement): void {
	const { clientWidth, clientHeight } = document.documentElement;
	const at = bell.getBoundingClientRect();
	const width = Math.min(376, clientWidth - 2 * EDGE);
	const wished = getComputedStyle(bell).direction === 'rtl' ? at.left : at.right - width;
	const left = Math.max(EDGE, Math.min(wished, clientWidth - width - EDGE));
	const below = clientHeight - at.bottom - GAP - EDGE;
	const above = at.top - GAP - EDGE;
	const isBelow = below >= 360 || below >= above;
	Object.assign(panel.style, {
		width: `${width}px`,
		left: `${left}px`,
		top: isBelow ? `${at.bottom + GAP}px` : 'auto',
		bottom: isBelow ? 'auto' : `${clientHeight - at.top + GAP}px`,
		maxHeight: `${Math.max(200, Math.min(520, isBelow ? below : above))}px`,
	});
}
