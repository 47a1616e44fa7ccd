import { container } from './container.ts';
import type { GtmSettings } from './settings.ts';
import type { TemplateSources } from './sources.ts';
import { siteTemplate } from './template.ts';

/** The two files for a site by their names: either is enough, and neither needs the other. */
export const gtmFiles = (
	sources: TemplateSources,
	settings: GtmSettings
): { 'template.tpl': string; 'container.json': string } => ({
	'template.tpl': siteTemplate(sources, settings),
	'container.json': container(sources, settings),
});

export { consentChoices, consentOf, consentType } from './consent.ts';
export { container, IDENTITY_KEY } from './container.ts';
export { parseGtmSettings, type GtmSettings } from './settings.ts';
export type { TemplateSources } from './sources.ts';
export { galleryTemplate, siteTemplate } from './template.ts';
