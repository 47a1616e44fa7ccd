import { defaultSettings } from '../settings/schema.ts';
import { inertJson } from './escape.ts';
import { fields, fieldValues, type FieldValues } from './fields.ts';
import { permissions } from './permissions.ts';
import { loaderUrl, type GtmSettings } from './settings.ts';
import { LOADER_MARK, type Edition, type TemplateSources } from './sources.ts';

/** The template of Google's gallery: for any site, which brings App Inbox itself. */
export const galleryTemplate = (sources: TemplateSources): string =>
	template(sources, 'gallery', fieldValues({ ...defaultSettings(), identityUrl: '' }), '');

/**
 * The template of one site: loads the loader of its token function and may load nothing else. Its
 * fields start with the settings. No endpoint is in it: the loader asks the one beside itself.
 */
export const siteTemplate = (sources: TemplateSources, settings: GtmSettings): string =>
	template(sources, 'site', fieldValues(settings), loaderUrl(settings.endpoint));

function template(
	sources: TemplateSources,
	edition: Edition,
	values: FieldValues,
	loader: string
): string {
	const fill = (text: string) => text.replaceAll(LOADER_MARK, () => inertJson(loader));
	const sections = {
		TERMS_OF_SERVICE: sources.terms,
		INFO: inertJson(sources.info, 2),
		TEMPLATE_PARAMETERS: inertJson(fields(sources, edition, values), 2),
		SANDBOXED_JS_FOR_WEB_TEMPLATE: fill(sources.code[edition]),
		WEB_PERMISSIONS: inertJson(permissions(sources.permissions[edition], loader), 2),
		TESTS: fill(sources.tests[edition]),
		NOTES: sources.notes,
	};
	return `${Object.entries(sections)
		.map(([name, text]) => `___${name}___\n\n${text.trim()}`)
		.join('\n\n\n')}\n`;
}
