import { Listr } from 'listr2';
import { buildTasks } from './build.ts';

try {
	await new Listr(buildTasks).run();
} catch {
	// Listr has printed which step failed and why.
	process.exitCode = 1;
}
