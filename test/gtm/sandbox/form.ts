import type { Condition, Field, Parameter, Validator } from './template-shape.ts';

type Values = Record<string, unknown>;

/** What the tag gets, and what the form says under its fields. */
export interface FilledForm {
	data: Values;
	faults: { field: string; message: string }[];
}

/**
 * Fills a tag's form as Tag Manager does: defaults, fields that a condition switches off left out,
 * validators. A value with a {{variable}} is known only on the page, and is not validated.
 */
export function fillForm(parameters: Parameter[], given: Values): FilledForm {
	const fields = parameters.flatMap(flatten);
	const faults: FilledForm['faults'] = [];
	for (const name of Object.keys(given)) {
		if (!fields.some(({ field }) => field.name === name)) {
			faults.push({ field: name, message: 'The template has no such field.' });
		}
	}
	const all = Object.fromEntries(
		fields.map(({ field }) => [field.name, given[field.name] ?? defaultOf(field)])
	);
	const data: Values = {};
	for (const { field, conditions } of fields) {
		if (conditions.every((group) => isEnabled(group, all))) {
			const value = all[field.name];
			data[field.name] = value;
			const message = faultOf(field, value, all);
			if (message !== undefined) {
				faults.push({ field: field.name, message });
			}
		}
	}
	return { data, faults };
}

type Placed = { field: Exclude<Field, { type: 'LABEL' }>; conditions: Condition[][] };

function flatten(parameter: Parameter): Placed[] {
	const own = parameter.enablingConditions ? [parameter.enablingConditions] : [];
	if (parameter.type === 'LABEL') {
		return [];
	}
	return parameter.type === 'GROUP'
		? parameter.subParams
				.flatMap(flatten)
				.map(({ field, conditions }) => ({ field, conditions: [...own, ...conditions] }))
		: [{ field: parameter, conditions: own }];
}

const defaultOf = (field: Placed['field']) =>
	field.defaultValue ?? (field.type === 'CHECKBOX' ? false : undefined);

/** One condition that holds is enough. */
const isEnabled = (conditions: Condition[], values: Values) =>
	conditions.some(({ paramName, paramValue, type }) => {
		const value = values[paramName];
		const isPresent = value !== undefined && value !== '';
		switch (type) {
			case 'EQUALS':
				return value === paramValue;
			case 'NOT_EQUALS':
				return value !== paramValue;
			case 'PRESENT':
				return isPresent;
			default:
				return !isPresent;
		}
	});

const isVariable = (value: unknown) => typeof value === 'string' && /\{\{.+\}\}/.test(value);

function faultOf(field: Placed['field'], value: unknown, all: Values): string | undefined {
	if (isVariable(value)) {
		return undefined;
	}
	if (field.type === 'SELECT' || field.type === 'RADIO') {
		const items = field.type === 'SELECT' ? field.selectItems : field.radioItems;
		if (!items.some((item) => item.value === value)) {
			return `Choose one of ${items.map((item) => item.displayValue).join(', ')}.`;
		}
	}
	if (field.type === 'CHECKBOX' && typeof value !== 'boolean') {
		return 'A checkbox is true or false.';
	}
	const failed = (field.valueValidators ?? []).find(
		(validator) =>
			isEnabled(validator.enablingConditions ?? [ALWAYS], all) && !passes(validator, value)
	);
	return failed && (failed.errorMessage ?? `The value breaks the rule ${failed.type}.`);
}

const ALWAYS: Condition = { paramName: '', type: 'NOT_PRESENT' };

function passes({ type, args = [] }: Validator, value: unknown): boolean {
	const text = value === undefined ? '' : String(value);
	switch (type) {
		case 'NON_EMPTY':
			return Array.isArray(value) ? value.length > 0 : text !== '';
		case 'REGEX':
			return new RegExp(`^(?:${args[0]})$`).test(text);
		case 'STRING_LENGTH':
			return (
				text.length >= Number(args[0] ?? 0) && text.length <= Number(args[1] ?? Infinity)
			);
		case 'POSITIVE_NUMBER':
			return Number(text) > 0;
	}
}
