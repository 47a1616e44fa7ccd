import Table from 'cli-table3';
import { LINKS, type Finding, type Link, type Status } from './finding.ts';

/** One line of the report. */
export interface Row {
	id: string;
	finding: Finding;
}

/** In the order of the chain; what the deployed function said follows the link that asked it. */
export const rowsOf = (findings: Record<Link, Finding>): Row[] =>
	LINKS.flatMap((link) => [
		{ id: link, finding: findings[link] },
		...(findings[link].parts ?? []).map(({ id, finding }) => ({
			id: `${link}/${id}`,
			finding,
		})),
	]);

/** For programs: the same shape as the token function's own `POST /check`. */
export const toJson = (rows: Row[]): string =>
	JSON.stringify({
		checks: rows.map(({ id, finding: { status, message, next } }) => ({
			id,
			status,
			message: (next ? `${message} ${next}` : message).replaceAll('\n', ' '),
		})),
	});

export interface Look {
	/** Characters in a line. */
	columns: number;
	colors: boolean;
}

/** For people. */
export function toTable(rows: Row[], { columns, colors }: Look): string {
	const nameWidth = Math.max(...rows.map(({ id }) => id.length));
	const widths = [MARK_WIDTH, nameWidth].map((width) => width + GAP);
	// Less would be a column of syllables; then lines break at the terminal's edge.
	const textWidth = Math.max(20, columns - widths[0]! - widths[1]!);
	const table = new Table({
		chars: NO_LINES,
		colWidths: [...widths, textWidth],
		style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
		wordWrap: true,
	});
	const paint = (status: Status, text: string) =>
		colors ? `\u001b[${COLORS[status][0]}m${text}\u001b[${COLORS[status][1]}m` : text;
	for (const { id, finding } of rows) {
		const { status, message, next } = finding;
		const text = breakable(next ? `${message}\n→ ${next}` : message, textWidth);
		table.push([paint(status, `${MARKS[status]} ${status}`), id, text]);
	}
	const lines = table
		.toString()
		.split('\n')
		.map((line) => line.trimEnd());
	return `${lines.join('\n')}\n\n${summary(rows, paint)}\n`;
}

const MARK_WIDTH = '✔ pass'.length;
const GAP = 2;
const MARKS = { pass: '✔', fail: '✖', skip: '–' } as const;
/** Green, red, dim, and each one's end. (Node's own styleText asks other conditions in each version.) */
const COLORS = { pass: [32, 39], fail: [31, 39], skip: [2, 22] } as const;

/** Blanks are enough between so few columns. */
const NO_LINES = Object.fromEntries(
	[
		...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left'],
		...['bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
	].map((name) => [name, ''])
);

/** The table cuts words off that are longer than a line, such as addresses. */
const breakable = (text: string, width: number) =>
	text.replace(/\S+/g, (word) => word.match(new RegExp(`.{1,${width - 1}}`, 'gu'))!.join('\n'));

function summary(rows: Row[], paint: (status: Status, text: string) => string): string {
	const count = (status: Status) =>
		rows.filter(({ finding }) => finding.status === status).length;
	const parts = [
		paint('pass', `${count('pass')} passed`),
		...(count('fail') > 0 ? [paint('fail', `${count('fail')} failed`)] : []),
		...(count('skip') > 0 ? [paint('skip', `${count('skip')} skipped`)] : []),
	];
	return `${parts.join(', ')}.`;
}
