import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { galleryTemplate } from '../src/gtm/template.ts';
import { readSources } from './gtm-sources.ts';
import { GTM_TEMPLATE } from './paths.ts';

/** Writes the gallery's template into the repository, where the gallery takes it from. */
await writeFile(join(GTM_TEMPLATE, 'template.tpl'), galleryTemplate(await readSources()));
console.log('gtm-template/template.tpl is written. Commit it together with its sources.');
