import Table from 'cli-table3';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Cell } from './cells.ts';

/** After the compatibility matrix: its tables, as the run found them. */
export default class MatrixTable implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]) {
		const cells = modules.flatMap((module) => [...module.children.allTests()].flatMap(cellOf));
		for (const name of new Set(cells.map(({ table }) => table))) {
			console.log(`\n${name}\n${draw(cells.filter(({ table }) => table === name))}`);
		}
	}
}

function cellOf(test: TestCase): Cell[] {
	const { cell } = test.meta();
	const failed = test.result().state === 'failed';
	return cell ? [failed ? { ...cell, text: 'FAILED' } : cell] : [];
}

function draw(cells: Cell[]): string {
	const namesOf = (axis: 'row' | 'column') => [...new Set(cells.map((cell) => cell[axis]))];
	const columns = namesOf('column').sort();
	const reasons = [...new Set(cells.map(({ text }) => text).filter(isReason))];
	const shown = (row: string, column: string) => {
		const text = cells.find((cell) => cell.row === row && cell.column === column)?.text ?? '';
		return isReason(text) ? `not (${reasons.indexOf(text) + 1})` : text;
	};

	const table = new Table({
		head: ['', ...columns],
		style: { head: [], border: [], compact: true },
	});
	table.push(...namesOf('row').map((row) => [row, ...columns.map((name) => shown(row, name))]));
	return [table.toString(), ...reasons.map((text, index) => `(${index + 1}) ${text}`)].join('\n');
}

/** A sentence has no room in a cell: it stands below the table. */
const isReason = (text: string) => text.startsWith('not');
