import { parseDocument } from 'yaml';
import type { z } from 'zod';
import {
	infoSchema,
	parametersSchema,
	permissionsSchema,
	testsSchema,
	type Info,
	type Parameter,
	type Permission,
	type Scenario,
} from './template-shape.ts';
import { TemplateError } from './template-error.ts';

/** In the order in which Google Tag Manager writes and reads them. */
const SECTIONS = [
	'TERMS_OF_SERVICE',
	'INFO',
	'TEMPLATE_PARAMETERS',
	'SANDBOXED_JS_FOR_WEB_TEMPLATE',
	'WEB_PERMISSIONS',
	'TESTS',
	'NOTES',
] as const;
type Section = (typeof SECTIONS)[number];

export interface Template {
	info: Info;
	parameters: Parameter[];
	code: string;
	permissions: Permission[];
	setup: string;
	scenarios: Scenario[];
	notes: string;
}

/**
 * Reads a .tpl file.
 *
 * @throws a TemplateError that names the section and what is wrong in it.
 */
export function parseTemplate(text: string): Template {
	const sections = splitSections(text);
	if (!sections.TERMS_OF_SERVICE.includes('developers.google.com/tag-manager/gallery-tos')) {
		throw new TemplateError(
			'TERMS_OF_SERVICE lacks the link to the gallery’s terms: Google Tag Manager refuses such a file. Copy the paragraph from a template that it exported.'
		);
	}
	const tests = typed('TESTS', testsSchema, parseYaml(sections.TESTS));
	return {
		info: typed('INFO', infoSchema, parseJson('INFO', sections.INFO)),
		parameters: typed(
			'TEMPLATE_PARAMETERS',
			parametersSchema,
			parseJson('TEMPLATE_PARAMETERS', sections.TEMPLATE_PARAMETERS)
		),
		code: sections.SANDBOXED_JS_FOR_WEB_TEMPLATE,
		permissions: typed(
			'WEB_PERMISSIONS',
			permissionsSchema,
			parseJson('WEB_PERMISSIONS', sections.WEB_PERMISSIONS)
		),
		setup: tests.setup ?? '',
		scenarios: tests.scenarios,
		notes: sections.NOTES,
	};
}

/** A marker counts only as a whole line: inside a JSON string it is text. */
function splitSections(text: string): Record<Section, string> {
	const pieces = text.split(/^___([A-Z_]+)___\r?$/m);
	const before = pieces.shift() ?? '';
	if (before.trim() !== '') {
		throw new TemplateError(
			'There is text before the first section. Start the file with ___TERMS_OF_SERVICE___.'
		);
	}
	const names = pieces.filter((_piece, index) => index % 2 === 0);
	if (names.join() !== SECTIONS.join()) {
		throw new TemplateError(
			`The sections are ${names.join(', ') || 'missing'}. Write each of these once, in this order: ${SECTIONS.join(', ')}.`
		);
	}
	return Object.fromEntries(
		SECTIONS.map((name, index) => [name, (pieces[index * 2 + 1] ?? '').trim()])
	) as Record<Section, string>;
}

function parseJson(section: Section, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new TemplateError(
			`${section} is not JSON (${(error as Error).message}). Write it with a serialiser.`
		);
	}
}

function parseYaml(text: string): unknown {
	const document = parseDocument(text, { strict: true, uniqueKeys: true });
	const [problem] = [...document.errors, ...document.warnings];
	if (problem) {
		throw new TemplateError(
			`TESTS is not YAML (${problem.message.split('\n')[0]}). One wrong indent fails the whole import: write it with a serialiser.`
		);
	}
	return document.toJS();
}

function typed<T>(section: Section, schema: z.ZodType<T>, value: unknown): T {
	const result = schema.safeParse(value);
	if (!result.success) {
		const faults = result.error.issues.map(
			({ path, message }) => `${path.join('.') || 'the whole section'}: ${message}`
		);
		throw new TemplateError(
			`${section} has not the shape that Google Tag Manager imports. Correct ${faults.join('; ')}.`
		);
	}
	return result.data;
}
