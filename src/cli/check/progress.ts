import { Listr } from 'listr2';
import { LINKS, type Finding, type Link } from './finding.ts';

/** Shows on a terminal which checks are still running, and takes that away when all are done. */
export async function showProgress(checks: Record<Link, Promise<Finding>>): Promise<void> {
	const tasks = LINKS.map((link) => ({
		title: link,
		task: async (_: unknown, task: { skip: (message: string) => void }) => {
			const { status } = await checks[link];
			if (status === 'fail') {
				// Only so that it gets its cross.
				throw new Error(link);
			}
			if (status === 'skip') {
				task.skip(link);
			}
		},
	}));
	await new Listr(tasks, {
		concurrent: true,
		exitOnError: false,
		rendererOptions: { clearOutput: true },
	}).run();
}
