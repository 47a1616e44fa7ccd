import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { ROOT } from '../paths.ts';

export interface Package {
	name: string;
	version: string;
	/** As SPDX writes it. */
	license: string;
}

const manifest = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** The packages that files belong to, each once, by name. Files of ours belong to none. */
export function packagesOf(files: string[]): Package[] {
	const folders = files.flatMap(
		(file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []
	);
	const packages = [...new Set(folders)].map((folder) =>
		manifest.parse(JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')))
	);
	const byId = new Map(packages.map((found) => [`${found.name}@${found.version}`, found]));
	return [...byId.keys()].sort().map((id) => byId.get(id)!);
}
