import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import * as z from 'zod/mini';
import { BUNDLED, ROOT } from './paths.ts';

/** How all that bundles packages is bundled; their licences are handed on by build/licences.ts. */
export const BUNDLE = {
	bundle: true,
	metafile: true,
	absWorkingDir: ROOT,
	minify: true,
	legalComments: 'none',
} as const satisfies BuildOptions;

/** What an esbuild bundle is made of: the files of which something is left in it. */
export const inputsOf = ({ outputs }: Metafile): string[] =>
	Object.values(outputs)
		.flatMap(({ inputs }) => Object.entries(inputs))
		.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
		.map(([file]) => file);

/** Notes beside the bundles what one is made of; the list of parts of a release is made of these. */
export async function noteBundle(name: string, inputs: string[]): Promise<void> {
	await mkdir(BUNDLED, { recursive: true });
	const text = JSON.stringify([...new Set(inputs)].sort(), null, '\t');
	await writeFile(join(BUNDLED, `${name}.json`), `${text}\n`);
}

/** All notes by the bundles' names. The settings page's is webpack's. */
export async function readBundled(): Promise<Map<string, string[]>> {
	const notes = new Map<string, string[]>();
	for (const file of (await readdir(BUNDLED)).sort()) {
		const text = await readFile(join(BUNDLED, file), 'utf8');
		notes.set(file.replace(/\.json$/, ''), z.array(z.string()).parse(JSON.parse(text)));
	}
	return notes;
}
