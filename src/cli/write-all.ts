import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes files into a folder, all of them or none; those of the same name are replaced. Answers with
 * the paths, or with what is in the way.
 */
export async function writeAll(
	folder: string,
	contents: Record<string, string>
): Promise<{ ok: true; files: string[] } | { ok: false; problem: string }> {
	const files = Object.entries(contents).map(([name, text]) => {
		const path = join(folder, name);
		return { name, path, text, unfinished: `${path}.${process.pid}.tmp` };
	});
	try {
		await mkdir(folder, { recursive: true });
		for (const { name, path, text, unfinished } of files) {
			if (await isFolder(path)) {
				return {
					ok: false,
					problem: `--out contains a folder of the name ${name}: move it away.`,
				};
			}
			await writeFile(unfinished, text);
		}
		// From here on nothing but a broken disk is in the way.
		for (const { path, unfinished } of files) {
			await rename(unfinished, path);
		}
		return { ok: true, files: files.map(({ path }) => path) };
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return {
			ok: false,
			problem: `--out cannot be written to: ${REASONS[code ?? ''] ?? `the system says ${code}`}.`,
		};
	} finally {
		await Promise.allSettled(files.map(({ unfinished }) => rm(unfinished, { force: true })));
	}
}

const isFolder = (path: string) =>
	stat(path).then(
		(found) => found.isDirectory(),
		() => false
	);

const REASONS: Record<string, string> = {
	EACCES: 'this user may not write there. Name another folder',
	EEXIST: 'it is a file. Name a folder',
	ENOSPC: 'the disk is full. Make room or name another folder',
	ENOTDIR: 'a part of the path is a file. Name a folder',
	EPERM: 'this user may not write there. Name another folder',
	EROFS: 'it can only be read. Name another folder',
};
