import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from './git.ts';
import type { Plan } from './plan.ts';

/**
 * Writes the files, builds, and if that goes well commits and tags; else everything is as before.
 * Nothing is pushed: that is somebody's decision.
 */
export async function release(root: string, plan: Plan, build: () => Promise<void>): Promise<void> {
	const files = Object.keys(plan.texts);
	const before = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
	const head = await git(root, 'rev-parse', 'HEAD');
	try {
		await write(root, plan.texts);
		await build();
		await git(root, 'commit', '--quiet', '-m', `Release ${plan.version}`, '--', ...files);
		await git(root, 'tag', '-a', plan.tag, '-m', `Version ${plan.version}`);
	} catch (error) {
		// Without its tag the commit is no release either.
		await git(root, 'reset', '--quiet', head);
		await write(root, Object.fromEntries(files.map((file, index) => [file, before[index]!])));
		throw error;
	}
}

async function write(root: string, texts: Plan['texts']): Promise<void> {
	for (const [file, text] of Object.entries(texts)) {
		await writeFile(join(root, file), text);
	}
}
