import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleEdge, RUNTIMES, type RuntimeName } from '../../build/edge.ts';
import { runServer, type ServerProcess } from './server-process.ts';

export const LOADER = '/* the loader — “so” */';

export interface Bundle {
	file: string;
	remove: () => Promise<void>;
}

/** A runtime's entry as the build bundles it, but with a loader and a version of the tests. */
export async function bundleForTests(runtime: RuntimeName = 'node'): Promise<Bundle> {
	const folder = await mkdtemp(join(tmpdir(), 'app-inbox-edge-'));
	const file = join(folder, RUNTIMES[runtime]);
	await bundleEdge(runtime, file, LOADER, '1.2.3');
	return { file, remove: () => rm(folder, { recursive: true }) };
}

export const runNode = (file: string, env: Record<string, string>): ServerProcess =>
	runServer(process.execPath, [file], { PORT: '0', ...env });
