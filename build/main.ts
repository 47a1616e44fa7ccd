import { buildTasks, runTasks } from './build.ts';

await runTasks(buildTasks);
