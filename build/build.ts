import { Listr, type ListrTask } from 'listr2';
import { buildCli } from './cli.ts';
import { buildEdge } from './edge.ts';
import { buildFrontend } from './frontend.ts';
import { buildGtm } from './gtm.ts';
import { assemblePlugin, buildAdmin } from './plugin.ts';

/** Runs tasks one after the other, as a program: it says how far it is, and ends with 1 when one fails. */
export async function runTasks(tasks: ListrTask[]): Promise<void> {
	try {
		await new Listr(tasks).run();
	} catch {
		// Listr has printed which step failed and why.
		process.exitCode = 1;
	}
}

/** All that `npm run build` does; what a later step takes an earlier one has made. */
export const buildTasks: ListrTask[] = [
	{ title: 'Front end', task: buildFrontend },
	{ title: 'Tag Manager template', task: buildGtm },
	{ title: 'Token function', task: buildEdge },
	{ title: 'Command line', task: buildCli },
	{ title: 'Settings page', task: buildAdmin },
	{ title: 'WordPress plugin', task: assemblePlugin },
];
