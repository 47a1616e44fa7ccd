import { expect, it } from 'vitest';
import { fillForm } from './form.ts';
import { sampleTemplate } from './sample-template.ts';

const { parameters } = sampleTemplate({
	parameters: [
		{
			type: 'GROUP',
			name: 'group',
			groupStyle: 'NO_ZIPPY',
			subParams: [
				{
					type: 'TEXT',
					name: 'id',
					valueValidators: [
						{ type: 'NON_EMPTY', errorMessage: 'Give an id.' },
						{ type: 'REGEX', args: ['[0-9a-f]+'], errorMessage: 'Hexadecimal.' },
						{ type: 'STRING_LENGTH', args: [2, 4] },
					],
				},
				{
					type: 'SELECT',
					name: 'language',
					defaultValue: 'auto',
					selectItems: [
						{ value: 'auto', displayValue: 'Auto' },
						{ value: 'uk', displayValue: 'Ukrainian' },
					],
				},
			],
		},
		{ type: 'LABEL', name: 'label' },
		{ type: 'CHECKBOX', name: 'more', checkboxText: 'More' },
		{
			type: 'TEXT',
			name: 'count',
			enablingConditions: [{ paramName: 'more', paramValue: true, type: 'EQUALS' }],
			valueValidators: [{ type: 'POSITIVE_NUMBER' }],
		},
	],
});

it('fills in defaults, and leaves out what is switched off', () => {
	expect(fillForm(parameters, { id: 'abc' })).toEqual({
		data: { id: 'abc', language: 'auto', more: false },
		faults: [],
	});
	expect(fillForm(parameters, { id: 'abc', more: true, count: '3' }).data).toMatchObject({
		more: true,
		count: '3',
	});
});
it.each([
	[{}, 'id', 'Give an id.'],
	[{ id: 'xyz' }, 'id', 'Hexadecimal.'],
	[{ id: 'abc\n' }, 'id', 'Hexadecimal.'],
	[{ id: ' abc' }, 'id', 'Hexadecimal.'],
	[{ id: 'abcde' }, 'id', 'The value breaks the rule STRING_LENGTH.'],
	[{ id: 'abc', language: 'fr' }, 'language', 'Choose one of Auto, Ukrainian.'],
	[{ id: 'abc', more: 'true' }, 'more', 'A checkbox is true or false.'],
	[{ id: 'abc', more: true, count: '-1' }, 'count', 'The value breaks the rule POSITIVE_NUMBER.'],
	[{ id: 'abc', colour: 'red' }, 'colour', 'The template has no such field.'],
])('%j has a fault', (values, field, message) => {
	expect(fillForm(parameters, values).faults).toEqual([{ field, message }]);
});
it('leaves a {{variable}} to the page', () => {
	expect(fillForm(parameters, { id: '{{id}}' }).faults).toEqual([]);
});
