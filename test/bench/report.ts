import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { DIST, ROOT } from '../../build/paths.ts';
import type { Row } from './row.ts';

export const REPORT = join(DIST, 'bench.json');

export async function writeReport(rows: Row[], failures: string[]): Promise<void> {
	const report = { machine: machine(), failures, rows };
	await mkdir(DIST, { recursive: true });
	await writeFile(REPORT, `${JSON.stringify(report, null, '\t')}\n`);
}

/** What the numbers hold for. */
export const machine = () => ({
	cpu: cpus()[0]?.model ?? 'unknown',
	cores: cpus().length,
	node: process.version,
	date: new Date().toISOString(),
	commit: commit(),
});

export type Machine = ReturnType<typeof machine>;

/** Marked with a plus where files differ from the commit; empty outside of a repository. */
function commit(): string {
	try {
		const git = (...args: string[]) =>
			execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim();
		return git('rev-parse', 'HEAD') + (git('status', '--porcelain') ? '+' : '');
	} catch {
		return '';
	}
}

export function toTable(rows: Row[]): string {
	const table = new Table({
		head: ['what', 'value', 'unit', 'baseline', 'ratio', 'budget', ''],
		colAligns: ['left', 'right', 'left', 'right', 'right', 'left', 'left'],
		style: { head: [], border: [], compact: true },
	});
	for (const { name, value, unit, baseline, ratio, budget, ok } of rows) {
		table.push([
			name,
			figure(value),
			unit,
			baseline === null ? '' : figure(baseline),
			ratio === null ? '' : ratio.toFixed(2),
			budget ?? '',
			verdict(ok),
		]);
	}
	return table.toString();
}

export const verdict = (ok: boolean | null) =>
	({ true: 'kept', false: 'BROKEN', null: '' })[`${ok}`];

/** Three digits are more than such measures can promise. */
export const figure = (value: number) =>
	Number.isInteger(value) || Math.abs(value) >= 100
		? Math.round(value).toLocaleString('en')
		: value.toPrecision(3);
