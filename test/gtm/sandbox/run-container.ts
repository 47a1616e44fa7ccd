import { z } from 'zod';
import { readDataLayer } from './data-layer.ts';
import { fillForm } from './form.ts';
import type { GtmPage } from './page.ts';
import { parseTemplate } from './parse-template.ts';
import { runTemplate, type TagRun } from './run-template.ts';
import { TemplateError } from './template-error.ts';

/**
 * Does what Tag Manager does with an exported container on a page that begins: fills the tags'
 * references from constants and the data layer, and fires each tag once. Triggers are not weighed;
 * each of them has to be one that fires on every page.
 */
export function runContainer(text: string, page: GtmPage): TagRun[] {
	const { containerVersion } = containerSchema.parse(JSON.parse(text));
	const { tag, trigger, variable, customTemplate } = containerVersion;
	const everyPage = [...BUILT_IN, ...trigger.map(({ triggerId }) => triggerId)];
	return tag.map(({ name, type, parameter, firingTriggerId }) => {
		const custom = customTemplate.find(
			({ containerId, templateId }) => type === `cvt_${containerId}_${templateId}`
		);
		if (
			(!custom && type !== CUSTOM_HTML) ||
			!firingTriggerId.every((id) => everyPage.includes(id))
		) {
			throw new TemplateError(
				`The tag “${name}” has no template or no trigger in this container. Give both the same ids as the tag.`
			);
		}
		if (!custom) {
			const { html } = resolve(valuesOf(parameter), variable, page.window.dataLayer);
			page.insertHtml(String(html));
			return { outcome: 'success', logs: [], problems: [] };
		}
		const template = parseTemplate(custom.templateData);
		const { data } = checkedForm(template, valuesOf(parameter));
		return runTemplate(template, {
			page,
			data: resolve(data, variable, page.window.dataLayer),
		});
	});
}

/** The fields of each tag on a page with this data layer, whatever the template's form says about them. */
export function tagFields(text: string, dataLayer: unknown): Record<string, unknown>[] {
	const { tag, variable } = containerSchema.parse(JSON.parse(text)).containerVersion;
	return tag.map(({ parameter }) => resolve(valuesOf(parameter), variable, dataLayer));
}

/** A tag's form as it is saved, with its references. */
export function checkedForm(
	{ parameters }: ReturnType<typeof parseTemplate>,
	values: Record<string, unknown>
) {
	const { data, faults } = fillForm(parameters, values);
	if (faults.length > 0) {
		throw new TemplateError(
			`The tag’s form cannot be saved. ${faults.map(({ field, message }) => `${field}: ${message}`).join(' ')}`
		);
	}
	return { data };
}

/** The type of the tags that are no template's. */
const CUSTOM_HTML = 'html';

/** All Pages and Initialization, which every container has. */
const BUILT_IN = ['2147479553', '2147479573'];

const parameterSchema = z.object({
	type: z.enum(['TEMPLATE', 'BOOLEAN', 'INTEGER']),
	key: z.string(),
	value: z.string(),
});
const containerSchema = z.object({
	exportFormatVersion: z.literal(2),
	containerVersion: z.object({
		tag: z.array(
			z.object({
				name: z.string(),
				type: z.string(),
				parameter: z.array(parameterSchema),
				firingTriggerId: z.array(z.string()).min(1),
			})
		),
		trigger: z.array(
			z.object({ triggerId: z.string(), type: z.enum(['INIT', 'CONSENT_INIT', 'PAGEVIEW']) })
		),
		variable: z.array(
			z.object({
				name: z.string(),
				type: z.enum(['c', 'v']),
				parameter: z.array(parameterSchema),
			})
		),
		customTemplate: z.array(
			z.object({ containerId: z.string(), templateId: z.string(), templateData: z.string() })
		),
	}),
});
type Typed = z.infer<typeof parameterSchema>;
type Variable = z.infer<typeof containerSchema>['containerVersion']['variable'][number];

const valuesOf = (parameters: Typed[]): Record<string, unknown> =>
	Object.fromEntries(
		parameters.map(({ type, key, value }) => {
			switch (type) {
				case 'BOOLEAN':
					return [key, value === 'true'];
				case 'INTEGER':
					return [key, Number(value)];
				default:
					return [key, value];
			}
		})
	);

/**
 * What a tag's fields are on a page. A value that is one reference gets the variable's value as it is, a
 * longer one its text. Constants may refer to other variables; what comes out of a variable is only text.
 */
function resolve(data: Record<string, unknown>, variables: Variable[], dataLayer: unknown) {
	const valueOf = (name: string, outer: string[]): unknown => {
		const variable = variables.find((one) => one.name === name);
		if (!variable) {
			throw new TemplateError(`There is no variable “${name}”. Put it into the container.`);
		}
		if (outer.includes(name)) {
			throw new TemplateError(`The variable “${name}” refers to itself. Give it a value.`);
		}
		const own = valuesOf(variable.parameter);
		return variable.type === 'c'
			? filled(own.value, [...outer, name])
			: readDataLayer(dataLayer, String(own.name), Number(own.dataLayerVersion));
	};
	const filled = (value: unknown, outer: string[]): unknown => {
		if (typeof value !== 'string') {
			return value;
		}
		const references = [...value.matchAll(REFERENCE)];
		return references.length === 1 && references[0]![0] === value
			? valueOf(references[0]![1]!, outer)
			: value.replace(REFERENCE, (_all, name) => String(valueOf(name, outer)));
	};
	return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, filled(value, [])]));
}

/** Whatever a name may contain: stricter than Tag Manager, which wants a name that it knows. */
const REFERENCE = /\{\{(.+?)\}\}/gs;
