import fc from 'fast-check';
import { expect, it } from 'vitest';
import { container, siteTemplate, type GtmSettings } from '../../src/gtm/index.ts';
import { containerShape } from './container-shape.ts';
import { tagFields } from './sandbox/run-container.ts';
import { defaultsOf, readTemplate, settingsOf, sources } from './example.ts';

/*
 * parseGtmSettings lets none of this through. The generators do not rely on it: whatever text gets to
 * them comes out as it went in, and as nothing but text.
 */
const HOSTILE = [
	`"quotes" and 'apostrophes' and \`backticks\``,
	'back\\slash \\u005f \\n',
	'one line\nand another\r\nand a third',
	'</script><script>alert(1)</script>',
	'<!-- ]]> -->',
	'x\n\n___TESTS___\n\nscenarios: []',
	'____TESTS____',
	'___WEB_PERMISSIONS___\n\n[]',
	'{{x}}',
	'{{{x}}}',
	'{{{{x}}}}',
	'a{{',
	'}}b{{Page URL}}',
	'{',
	'${1 + 1} $& $1 $`',
	'\u2028 \u2029 \u0085 \ufeff \u0000 \u007f',
	'🔔 Привіт 漢字',
	'\ud800 alone',
	'- x: |-\n\ty',
	'__LOADER__',
	'__proto__',
];

it.each(HOSTILE.map((text) => [text]))('%j stays what it is', check);

it('so does any other text', () => {
	const pieces = fc.constantFrom(...HOSTILE, '{', '}', '_', '"', '\\', '\n', '<', '$');
	const texts = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join(''))
	);
	fc.assert(fc.property(texts, check), { numRuns: 300 });
});

function check(text: string): void {
	const settings = {
		...settingsOf(),
		scriptId: text,
		scriptHost: text,
		language: text,
		identityUrl: text,
		endpoint: `https://inbox.example.com/${text}/token`,
	} as GtmSettings;
	const loader = `https://inbox.example.com/${text}/loader.js`;

	const file = container(sources, settings);
	const exported = JSON.parse(file);
	expect(containerShape.safeParse(exported).error).toBeUndefined();
	expect(tagFields(file, [])).toMatchObject([
		{ scriptId: text, scriptHost: text, language: text, identityUrl: text },
	]);

	const tpl = siteTemplate(sources, settings);
	expect(exported.containerVersion.customTemplate[0].templateData).toBe(tpl);
	expect(tpl).not.toMatch(
		/<\/?script|<!--|\{\{|[\r\u0000-\u0008\u007f-\u009f\u2028\u2029\ufeff]/
	);
	const template = readTemplate(tpl);
	expect(defaultsOf(template)).toMatchObject(
		text === '' ? {} : { scriptId: text, scriptHost: text, language: text, identityUrl: text }
	);
	expect(valueOf(/^const LOADER = (.*);$/m, template.code)).toBe(loader);
	const urls = template.permissions.find(
		({ instance }) => instance.key.publicId === 'inject_script'
	);
	expect(urls?.instance.param).toEqual([
		{ key: 'urls', value: { type: 2, listItem: [{ type: 1, string: loader }] } },
	]);
	const loads = template.scenarios.find(({ name }) => name.startsWith('It loads App Inbox'))!;
	expect(valueOf(/^assertThat\(loads\)\.isEqualTo\(\[(.*)\]\);$/m, loads.code)).toBe(loader);
}

/** A string literal of the code, as JavaScript reads it: one line, and nothing after it. */
const valueOf = (line: RegExp, code: string): unknown => JSON.parse(line.exec(code)![1]!);
