import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../build/paths.ts';

/** The sources of this repository as they are now, with its packages; what is built there stays there. */
export function copySources(to: string): void {
	const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
	const files = execFileSync('git', ['-C', ROOT, ...list], { encoding: 'utf8' }).split('\0');
	for (const file of files.filter((name) => name !== '')) {
		// One that is deleted and not committed is still in the list.
		if (existsSync(join(ROOT, file))) {
			cpSync(join(ROOT, file), join(to, file));
		}
	}
	symlinkSync(join(ROOT, 'node_modules'), join(to, 'node_modules'));
}
