import { readSources } from '../../build/gtm-sources.ts';
import { parseGtmSettings, type GtmSettings } from '../../src/gtm/index.ts';
import { parseTemplate, type Template } from './sandbox/parse-template.ts';
import type { Field, Parameter } from './sandbox/template-shape.ts';

export const SCRIPT_ID = '0123456789ABCDEF0123456789ABCDEF';
export const ENDPOINT = 'https://inbox.example.com/app-inbox/token';
export const LOADER = 'https://inbox.example.com/app-inbox/loader.js';

export const sources = await readSources();

/** The settings of a shop, some of them others. */
export function settingsOf(some: Record<string, unknown> = {}): GtmSettings {
	const parsed = parseGtmSettings({ scriptId: SCRIPT_ID, endpoint: ENDPOINT, ...some });
	if (!parsed.ok) {
		throw new Error(JSON.stringify(parsed.errors));
	}
	return parsed.settings;
}

/**
 * Reads a template, in which nothing may look like a section's mark but those of its seven sections:
 * not even in the middle of a line, since nobody knows how Tag Manager looks for them.
 */
export function readTemplate(tpl: string): Template {
	const marks = tpl.match(/___[A-Z_]*[A-Z]___/g) ?? [];
	if (marks.length !== 7) {
		throw new Error(`There are ${marks.length} marks of sections: ${marks.join()}.`);
	}
	return parseTemplate(tpl);
}

/** All fields, out of their groups. */
export const fieldsOf = (parameters: Parameter[]): Field[] =>
	parameters.flatMap((parameter) =>
		parameter.type === 'GROUP' ? fieldsOf(parameter.subParams) : [parameter]
	);

/** The defaults of all fields that have one. */
export const defaultsOf = ({ parameters }: Template): Record<string, unknown> =>
	Object.fromEntries(
		fieldsOf(parameters).flatMap((field) =>
			'defaultValue' in field ? [[field.name, field.defaultValue]] : []
		)
	);
