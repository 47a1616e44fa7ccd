import { strToU8, zipSync } from 'fflate';

/** What the token function's folder is called once it is unpacked: /opt/app-inbox, where its files expect to be. */
export const UNPACKED = 'app-inbox';

/** A folder as a zip. The same files, by their paths in it, give the same bytes: one order, and one date for all. */
export function zipOf(name: string, files: Record<string, string | Uint8Array>) {
	const paths = Object.keys(files).sort();
	const entries = paths.map((path) => {
		const file = files[path]!;
		return [`${name}/${path}`, typeof file === 'string' ? strToU8(file) : file];
	});
	return zipSync(Object.fromEntries(entries), { level: 9, mtime: new Date(2000, 0, 1) });
}
