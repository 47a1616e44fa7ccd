/** One line of the result: a measure, what it is measured beside, and whether it keeps its budget. */
export interface Row {
	name: string;
	value: number;
	unit: string;
	/** The same measure of what it stands beside, in the same run. */
	baseline: number | null;
	ratio: number | null;
	/** `ratio ≥ 0.8`, `value ≤ 0`; null: for information only. */
	budget: string | null;
	ok: boolean | null;
}

export interface Options {
	soakMinutes: number;
	seed: number;
}

/** A part of the benchmark: measures, says how far it is, and answers its rows. */
export interface Part {
	title: string;
	run: (options: Options, onProgress: (text: string) => void) => Promise<Row[]>;
}

type Budget = { of: 'value' | 'ratio' } & ({ least: number } | { most: number });

/** The ratio, where none is given, is that of the value to its baseline. */
export function row(
	measured: { name: string; value: number; unit: string; baseline?: number; ratio?: number },
	budget?: Budget
): Row {
	const { name, value, unit, baseline = null } = measured;
	const ratio = measured.ratio ?? (baseline === null ? null : value / baseline);
	const whole: Row = { name, value, unit, baseline, ratio, budget: null, ok: null };
	if (!budget) {
		return whole;
	}
	// A measure that could not be had keeps no budget.
	const judged = (budget.of === 'value' ? value : ratio) ?? NaN;
	return 'least' in budget
		? { ...whole, budget: `${budget.of} ≥ ${budget.least}`, ok: judged >= budget.least }
		: { ...whole, budget: `${budget.of} ≤ ${budget.most}`, ok: judged <= budget.most };
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1
		? sorted[middle]!
		: ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
