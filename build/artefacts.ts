import { buildTasks, runTasks } from './build.ts';
import { packArtefacts } from './release/artefacts.ts';
import { VERSION } from './version.ts';

/** `npm run artefacts`: everything that people download, the same bytes for the same commit. */
await runTasks([...buildTasks, { title: 'Artefacts', task: () => packArtefacts(VERSION) }]);
