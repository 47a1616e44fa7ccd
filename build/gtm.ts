import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import { galleryTemplate } from '../src/gtm/template.ts';
import { readSources } from './gtm-sources.ts';
import { GTM_SOURCES, GTM_TPL } from './paths.ts';

/** The gallery's template, and for bundles that make templates of sites what these are made of. */
export async function buildGtm(): Promise<void> {
	const sources = await readSources();
	await mkdir(dirname(GTM_TPL), { recursive: true });
	await writeFile(GTM_TPL, galleryTemplate(sources));
	await writeFile(GTM_SOURCES, JSON.stringify(sources));
}

/** Puts the template's sources into a bundle. */
export const virtualGtmSources = (): Plugin => ({
	name: 'virtual-gtm-sources',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^virtual:gtm-sources$/ }, ({ path }) => ({
			path,
			namespace: 'gtm-sources',
		}));
		onLoad({ filter: /./, namespace: 'gtm-sources' }, async () => ({
			contents: JSON.stringify(await readSources()),
			loader: 'json',
		}));
	},
});
