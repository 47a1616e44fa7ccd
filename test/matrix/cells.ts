import type { TaskMeta } from 'vitest';

/** A place in one of the compatibility tables, and what the run found there. */
export interface Cell {
	table: string;
	row: string;
	column: string;
	/** `ok`, with what there is to say, or `not`, with the reason. */
	text: string;
}

declare module 'vitest' {
	interface TaskMeta {
		cell?: Cell;
	}
}

/** A table's name, and a way for each of its tests to say what is in its cell. */
export function createTable(table: string) {
	const texts = new Map<string, string>();
	return {
		say(task: { meta: TaskMeta }, row: string, column: string, text: string) {
			task.meta.cell = { table, row, column, text };
			texts.set(`${row}, ${column}`, text);
		},

		/** Of so many cells, those that were not tried and do not say why. */
		silent: (count: number): string[] => [
			...[...texts].flatMap(([cell, text]) =>
				/^(ok|not( run)?: .+)/.test(text) ? [] : [cell]
			),
			...(texts.size < count ? [`${count - texts.size} of ${count} cells`] : []),
		],
	};
}
