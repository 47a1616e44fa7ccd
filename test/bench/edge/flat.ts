import { median, row, type Row } from '../row.ts';

/**
 * Whether a series of sizes in MB has stopped growing: the median of its last quarter beside that of
 * the quarter before, each of which averages over many garbage collections. A leak of 100 bytes a
 * request would show as 25 MB in a quarter of a million requests. Growth of less than 10 MB or 5 %
 * is within what V8 adds and returns as it sees fit.
 */
export function flatRow(name: string, sizes: number[], budgeted = true): Row {
	const quarter = Math.floor(sizes.length / 4);
	const third = median(sizes.slice(-2 * quarter, -quarter));
	const last = median(sizes.slice(-quarter));
	return row(
		{ name, value: last - third, unit: 'MB', baseline: third, ratio: last / third },
		budgeted ? { of: 'value', most: Math.max(10, Math.round(third / 20)) } : undefined
	);
}

/** The slope of the line through the second half of a series (least squares), per step. */
export function slope(sizes: number[]): number {
	const half = sizes.slice(Math.floor(sizes.length / 2));
	const middle = (half.length - 1) / 2;
	const mean = half.reduce((sum, size) => sum + size, 0) / half.length;
	let above = 0;
	let below = 0;
	for (const [at, size] of half.entries()) {
		above += (at - middle) * (size - mean);
		below += (at - middle) ** 2;
	}
	return above / below;
}
