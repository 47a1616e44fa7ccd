import { Listr } from 'listr2';
import { buildTasks } from './build.ts';
import { packArtefacts } from './release/artefacts.ts';
import { VERSION } from './version.ts';

/** `npm run artefacts`: everything that people download, the same bytes for the same commit. */
try {
	await new Listr([
		...buildTasks,
		{ title: 'Artefacts', task: () => packArtefacts(VERSION) },
	]).run();
} catch {
	// Listr has printed which step failed and why.
	process.exitCode = 1;
}
