import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../build/paths.ts';
import { figure, verdict, type Machine } from './report.ts';
import type { Row } from './row.ts';

const DOCUMENT = join(ROOT, 'docs/benchmarks.md');

/** Puts what was measured into the documentation, each part in place of what it had there. */
export async function save(measured: Map<string, Row[]>, machine: Machine): Promise<void> {
	let document = await readFile(DOCUMENT, 'utf8');
	for (const [part, rows] of measured) {
		document = withPart(document, part, rows, machine);
	}
	await writeFile(DOCUMENT, document);
}

/** The Markdown with this part's section replaced, or added at the end; the others stay. */
export function withPart(document: string, part: string, rows: Row[], machine: Machine): string {
	const [head, ...sections] = document.split(/^(?=## )/m);
	const section = toSection(part, rows, machine);
	const index = sections.findIndex((text) => text.startsWith(`## ${part}\n`));
	sections.splice(index < 0 ? sections.length : index, index < 0 ? 0 : 1, section);
	return [head!, ...sections].map((text) => text.trimEnd()).join('\n\n') + '\n';
}

function toSection(part: string, rows: Row[], { cpu, cores, node, date, commit }: Machine): string {
	const [digits, changed] = [commit.slice(0, 7), commit.endsWith('+')];
	return [
		`## ${part}`,
		'',
		`${cores} × ${cpu}, Node ${node}, ${date.slice(0, 10)}${digits && `, commit ${digits}`}${changed ? ' with changes' : ''}.`,
		'',
		'| what | value | baseline | ratio | budget | |',
		'| --- | --- | --- | --- | --- | --- |',
		...rows.map(
			({ name, value, unit, baseline, ratio, budget, ok }) =>
				`| ${name} | ${figure(value)} ${unit} | ${baseline === null ? '' : `${figure(baseline)} ${unit}`} | ${ratio?.toFixed(2) ?? ''} | ${budget ?? ''} | ${verdict(ok)} |`
		),
	]
		.join('\n')
		.replace(/ {2,}\|/g, ' |');
}
