/**
 * `npm run bench`: measures everything that has a budget, each beside its baseline in the same run,
 * prints one table, writes dist/bench.json, and ends with 1 when a budget is broken.
 */
import { relative } from 'node:path';
import { Argument, Command, InvalidArgumentError } from 'commander';
import { Listr } from 'listr2';
import { ROOT } from '../../build/paths.ts';
import { memory } from './edge/memory.ts';
import { start } from './edge/start.ts';
import { throughput } from './edge/throughput.ts';
import { save } from './document.ts';
import { bytes } from './front-end/bytes.ts';
import { speed } from './front-end/speed.ts';
import { machine, REPORT, toTable, writeReport } from './report.ts';
import type { Options, Part, Row } from './row.ts';
import { soak } from './soak.ts';
import { cost } from './wordpress/cost.ts';
import { load } from './wordpress/load.ts';

const PARTS: Record<string, Part[]> = {
	'front-end': [bytes, speed],
	edge: [throughput, start, memory],
	soak: [soak],
	wordpress: [cost],
	load: [load],
};

const command = new Command('bench')
	.description('Measures what has a budget. Other work on the same machine spoils the numbers.')
	.addArgument(new Argument('[parts...]', 'default: all').choices(Object.keys(PARTS)))
	.option('--soak-minutes <number>', 'how long the soak lasts', positive, 10)
	.option('--seed <number>', 'of the soak: the same seed makes the same faults', positive, 1)
	.option('--save', 'put what was measured into docs/benchmarks.md')
	.helpOption('--help', 'show this')
	.parse();

const options = command.opts<Options & { save?: true }>();
const named = command.processedArgs[0] as string[];
const parts = Object.keys(PARTS).filter((name) => named.length === 0 || named.includes(name));
const measured = new Map<string, Row[]>(parts.map((name) => [name, []]));
const failures: string[] = [];

await new Listr(
	parts
		.flatMap((name) => PARTS[name]!.map((part) => ({ name, ...part })))
		.map(({ name, title, run }) => ({
			title,
			task: async (_: unknown, task: { output: string }) => {
				try {
					const rows = await run(options, (text) => (task.output = text));
					measured.get(name)!.push(...rows);
				} catch (error) {
					failures.push(`${title}: ${(error as Error).message}`);
					throw error;
				}
			},
		})),
	// What one part cannot measure is no reason to miss the others.
	{ exitOnError: false }
).run();

const rows = [...measured.values()].flat();
await writeReport(rows, failures);
console.log(toTable(rows));
failures.forEach((failure) => console.error(failure));
if (options.save && failures.length === 0) {
	await save(measured, machine());
}
console.log(`All rows are in ${relative(ROOT, REPORT)}.`);
process.exitCode = failures.length > 0 || rows.some(({ ok }) => ok === false) ? 1 : 0;

function positive(text: string): number {
	const number = Number(text);
	if (!(number > 0)) {
		throw new InvalidArgumentError('It must be a number above 0.');
	}
	return number;
}
