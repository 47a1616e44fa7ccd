import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** WordPress's last default theme without blocks. The newer ones on npm are block themes. */
export const CLASSIC_THEME = 'twentytwentyone';

/** Unpacks it, from Debian's package, which is not installed by that. */
export async function fetchClassicTheme(themes: string): Promise<void> {
	const work = path.join(themes, `../${CLASSIC_THEME}.debian`);
	const name = `wordpress-theme-${CLASSIC_THEME}`;
	const run = (program: string, argv: string[]) =>
		promisify(execFile)(program, argv, { cwd: work, timeout: 120_000 });
	await mkdir(work);
	try {
		// As root, apt would hand the download to a user who may not enter this folder.
		await run('apt-get', ['-q', '-o', 'APT::Sandbox::User=root', 'download', name]);
		const [file] = (await readdir(work)).filter((entry) => entry.endsWith('.deb'));
		await run('dpkg-deb', ['-x', file!, '.']);
		await cp(
			path.join(work, 'usr/share/wordpress/wp-content/themes', CLASSIC_THEME),
			path.join(themes, CLASSIC_THEME),
			{ recursive: true }
		);
	} catch (error) {
		throw new Error(`Debian's package ${name} is wanted: apt-get update. ${String(error)}`);
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}
