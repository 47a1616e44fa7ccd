import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { ROOT } from '../paths.ts';

export interface Package {
	name: string;
	version: string;
	/** As SPDX writes it; `NOASSERTION`, also SPDX's, where the package says nothing. */
	license: string;
	/** Where it is installed, below the root: the same version may be there more than once. */
	folders: string[];
}

const manifest = z.object({
	name: z.string(),
	version: z.string(),
	license: z.catch(z.string(), 'NOASSERTION'),
});

/** The packages that files belong to, each once, by name. Files of ours belong to none. */
export function packagesOf(files: string[], root = ROOT): Package[] {
	const folders = files.flatMap((file) => folderOf(file) ?? []);
	const byId = new Map<string, Package>();
	for (const folder of new Set(folders)) {
		const text = readFileSync(join(root, folder, 'package.json'), 'utf8');
		const found = manifest.parse(JSON.parse(text));
		const id = `${found.name}@${found.version}`;
		byId.set(id, { ...found, folders: [...(byId.get(id)?.folders ?? []), folder] });
	}
	return [...byId.keys()].sort().map((id) => byId.get(id)!);
}

/** The folder of the package that a file belongs to. */
export const folderOf = (file: string): string | undefined =>
	/^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0];
