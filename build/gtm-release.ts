import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { galleryTemplate } from '../src/gtm/template.ts';
import { release } from './gtm-release/release.ts';
import { readSources } from './gtm-sources.ts';
import { GTM_TEMPLATE } from './paths.ts';

/**
 * `npm run gtm-release -- --notes "What is new"`: adds the committed template to metadata.yaml as the
 * newest version, from where the gallery takes it. `--folder` names a clone of the gallery's own
 * repository, whose commits are other ones.
 */
const { values } = parseArgs({
	options: { notes: { type: 'string' }, folder: { type: 'string', default: GTM_TEMPLATE } },
});
const outcome = await release(
	resolve(values.folder),
	galleryTemplate(await readSources()),
	values.notes ?? ''
);
if (outcome.ok) {
	console.log(outcome.message);
} else {
	console.error(outcome.message);
	process.exitCode = 1;
}
