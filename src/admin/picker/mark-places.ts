import { POSITIONS } from '../../settings/index.ts';
import type { Flow } from './flow.ts';
import type { Position } from './preview-bell.ts';

export interface Point {
	x: number;
	y: number;
}

type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

/** From the middle of one mark to the middle of another, in pixels: so far apart they never touch. */
export const APART = 32;
const HALF = APART / 2;

/**
 * Where the marks of the four positions stand: before an element, in it at both ends, and after it.
 * They stay on the stage, and spread beyond a small element rather than overlap, or cover its words. The bell stands at
 * one of the positions already, so its mark goes there, and others step aside.
 */
export function markPlaces(
	element: Box,
	stage: { width: number; height: number },
	flow: Flow,
	bell?: { position: Position; at: Point }
): Record<Position, Point> {
	const { width, height } = stage;
	const { top, bottom } = element;
	const [left, right] = flow.isRtl
		? [width - element.right, width - element.left]
		: [element.left, element.right];

	// What stands in it keeps clear of what stands above and below it, however flat it is.
	const start = flow.outside === 'x' ? left : left + APART;
	const [first, last] = flow.inside === 'x' ? ends(start, right) : [start + HALF, start + HALF];
	const line =
		flow.outside === 'x'
			? [
					Math.min(left - HALF, first - APART),
					first,
					last,
					Math.max(right + HALF, last + APART),
				]
			: [left + HALF, first, last];
	const [beforeX, firstX, lastX, afterX] = fit(line, width, flow.inside === 'y');

	const isRow = flow.outside === 'x' && flow.inside === 'x';
	const level =
		isRow && isShort(element)
			? belowOrAbove(element, height)
			: clamp((Math.max(top, 0) + Math.min(bottom, height)) / 2, height);
	const [beforeY, afterY] =
		flow.outside === 'y' ? fit([top - HALF, bottom + HALF], height) : [level, level];
	const [firstY, lastY] = flow.inside === 'y' ? fit(ends(top, bottom), height) : [level, level];

	const places: Record<Position, Point> = {
		beforebegin: { x: beforeX!, y: beforeY! },
		afterbegin: { x: firstX!, y: firstY! },
		beforeend: { x: lastX!, y: lastY! },
		afterend: { x: afterX ?? beforeX!, y: afterY! },
	};
	if (flow.isRtl) {
		POSITIONS.forEach((each) => (places[each].x = width - places[each].x));
	}
	if (bell) {
		places[bell.position] = bell.at;
		stepAside(places, bell.position, stage);
	}
	return places;
}

/** A word or two, which the marks would cover. */
const isShort = ({ left, right, top, bottom }: Box) =>
	right - left < 3 * APART && bottom - top < 2 * APART;

/** Clear of the bell as well, which stands in the element's own line. */
function belowOrAbove({ top, bottom }: Box, height: number): number {
	const clear = HALF + 8;
	const below = clamp(bottom + clear, height);
	return below < bottom + clear ? clamp(top - clear, height) : below;
}

/** Just inside of both ends, or beside each other around the middle. */
function ends(from: number, to: number): [number, number] {
	const middle = (from + to) / 2;
	return [Math.min(from + HALF, middle - HALF), Math.max(to - HALF, middle + HALF)];
}

/**
 * Moves them onto the stage and apart, in their order. The second and the third are those in the
 * element, which may stand one below the other.
 */
function fit(wished: number[], size: number, isColumn = false): number[] {
	const gap = (index: number) => (index === 2 && isColumn ? 0 : APART);
	const line = wished.map((at) => Math.min(at, size - HALF));
	for (let index = line.length - 2; index >= 0; index--) {
		line[index] = Math.min(line[index]!, line[index + 1]! - gap(index + 1));
	}
	line[0] = Math.max(line[0]!, HALF);
	for (let index = 1; index < line.length; index++) {
		line[index] = Math.max(line[index]!, line[index - 1]! + gap(index));
	}
	return line;
}

const clamp = (at: number, size: number) => Math.max(HALF, Math.min(at, size - HALF));

/** Those that would cover the bell go to the nearest free place. */
function stepAside(
	places: Record<Position, Point>,
	bell: Position,
	{ width, height }: { width: number; height: number }
) {
	const isFree = (at: Point, mover: Position) =>
		at.x === clamp(at.x, width) &&
		at.y === clamp(at.y, height) &&
		POSITIONS.every((other) => other === mover || !touch(at, places[other]));
	for (const position of POSITIONS) {
		const { x, y } = places[position];
		if (position !== bell && touch(places[position], places[bell])) {
			places[position] =
				STEPS.map(([dx, dy]) => ({ x: x + dx, y: y + dy })).find((at) =>
					isFree(at, position)
				) ?? places[position];
		}
	}
}

const touch = (one: Point, other: Point) =>
	Math.abs(one.x - other.x) < APART && Math.abs(one.y - other.y) < APART;

const OFFSETS = Array.from({ length: 17 }, (_, index) => (index - 8) * (APART / 4));
const STEPS = OFFSETS.flatMap((dx) => OFFSETS.map((dy) => [dx, dy] as const)).sort(
	([ax, ay], [bx, by]) => Math.hypot(ax, ay) - Math.hypot(bx, by)
);
