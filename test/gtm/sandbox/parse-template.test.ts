import { describe, expect, it } from 'vitest';
import { parseTemplate } from './parse-template.ts';
import { logging, sampleText } from './sample-template.ts';

it('reads every section', () => {
	const template = parseTemplate(
		sampleText({
			code: 'data.gtmOnSuccess();',
			permissions: [logging()],
			setup: 'const a = 1;',
			scenarios: [{ name: 'One', code: 'runCode();\nassertThat(a).isEqualTo(1);' }],
		})
	);
	expect(template).toMatchObject({
		info: { displayName: 'Sample' },
		code: 'data.gtmOnSuccess();',
		setup: 'const a = 1;',
		scenarios: [{ name: 'One', code: 'runCode();\nassertThat(a).isEqualTo(1);' }],
		notes: 'A sample.',
	});
});
it('takes a marker inside a string or a longer line as text', () => {
	const text = sampleText({
		info: { description: '___TESTS___ </script>' },
		code: "const text = '___NOTES___';",
	});
	expect(parseTemplate(text).info.description).toBe('___TESTS___ </script>');
	expect(parseTemplate(text).code).toBe("const text = '___NOTES___';");
});
it('reads lines that end as in Windows', () => {
	expect(parseTemplate(sampleText().replaceAll('\n', '\r\n')).notes).toBe('A sample.');
});

describe('refuses, with the section’s name', () => {
	const tests = (yaml: string) =>
		sampleText().replace(/(?<=___TESTS___\n)[^]*(?=___NOTES___)/, `\n${yaml}\n`);
	const field = (parameter: unknown) => sampleText({ parameters: [parameter] });

	it.each([
		['nothing', '', 'The sections are missing'],
		[
			'text before the first section',
			`hello\n${sampleText()}`,
			'text before the first section',
		],
		['a section that is missing', sampleText().replace('___NOTES___', ''), 'in this order'],
		['a section that is there twice', `${sampleText()}\n___NOTES___\n`, 'NOTES, NOTES'],
		['an unknown section', `${sampleText()}\n___MORE___\n`, 'NOTES, MORE'],
		[
			'sections in another order',
			sampleText()
				.replace('___INFO___', '___NOTES___')
				.replace('___NOTES___\n\nA', '___INFO___\n\nA'),
			'in this order',
		],
		['no terms', sampleText().replace('gallery-tos', 'tos'), 'TERMS_OF_SERVICE lacks'],
		[
			'JSON with a comma too many',
			sampleText().replace('"UTILITY"', '"UTILITY",'),
			'INFO is not JSON',
		],
		[
			'an unknown category',
			sampleText({ info: { categories: ['TAG_MANAGEMENT'] } }),
			'categories.0',
		],
		['no category', sampleText({ info: { categories: [] } }), 'categories'],
		['a key that Tag Manager does not have', sampleText({ info: { colour: 1 } }), 'colour'],
		['a field of no type', field({ type: 'COLOUR', name: 'a' }), 'TEMPLATE_PARAMETERS'],
		[
			'a field whose name is none',
			field({ type: 'TEXT', name: 'a b' }),
			'letters, digits and _',
		],
		[
			'an unknown validator',
			field({ type: 'TEXT', name: 'a', valueValidators: [{ type: 'URL' }] }),
			'valueValidators',
		],
		[
			'a list with nothing in it',
			field({ type: 'SELECT', name: 'a', selectItems: [] }),
			'selectItems',
		],
		[
			'a permission of another shape',
			sampleText({ permissions: [{ publicId: 'logging' }] }),
			'WEB_PERMISSIONS',
		],
		[
			'a permission that is not required',
			sampleText({ permissions: [{ ...logging(), isRequired: false }] }),
			'isRequired',
		],
		['a wrong indent', tests('scenarios:\n- name: A\n   code: B'), 'TESTS is not YAML'],
		['a tab', tests('scenarios:\n- name: A\n\tcode: B'), 'TESTS is not YAML'],
		[
			'text that leaves its block',
			tests('scenarios:\n- name: A\n  code: |-\n    runCode();\n  fail();'),
			'TESTS is not YAML',
		],
		['a key that is there twice', tests('scenarios: []\nscenarios: []'), 'TESTS is not YAML'],
		['no scenarios', tests('setup: a'), 'scenarios'],
		['a scenario without code', tests('scenarios:\n- name: A'), 'scenarios.0.code'],
		[
			'two scenarios of one name',
			tests('scenarios:\n- {name: A, code: a}\n- {name: A, code: b}'),
			'two scenarios of one name',
		],
	])('%s', (_name, text, message) => {
		expect(() => parseTemplate(text)).toThrow(message);
	});
});
