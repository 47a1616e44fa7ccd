import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsJsonSchema } from '../../src/settings/json-schema.ts';
import { LANGUAGES } from '../../src/settings/languages.ts';
import {
	CONSENTS,
	defaultSettings,
	POSITIONS,
	SCRIPT_HOSTS,
	SCRIPTS,
	settingsSchema,
} from '../../src/settings/schema.ts';
import { accepts, asPhp, eachSchema, type Schema } from './wordpress-schema.ts';

const schema = settingsJsonSchema() as unknown as Schema;
const zodAccepts = (value: unknown) => settingsSchema.safeParse(value).success;

const ID = '0123456789ABCDEF0123456789ABCDEF';
const SVG = '<svg viewBox="0 0 1 1"></svg>';

describe('the validator of this test', () => {
	it('understands a pattern as PHP does', () => {
		expect(asPhp('^a$').test('a\n')).toBe(true);
		expect(asPhp('^a$').test('a\n\n')).toBe(false);
		expect(asPhp('^a(?!\\n)$').test('a\n')).toBe(false);
		expect(asPhp('^[$]\\$$').test('$$')).toBe(true);
	});
	it('refuses keywords that WordPress does not know', () => {
		const unknown = { type: 'string', contentEncoding: 'base64' } as unknown as Schema;
		expect(() => accepts(unknown, '')).toThrow('contentEncoding');
	});
});

describe('the JSON Schema', () => {
	it('has only keywords that WordPress knows, everywhere', () => {
		const known = [
			...['type', 'properties', 'additionalProperties', 'enum', 'pattern', 'maxLength'],
			...['minLength', 'maxItems', 'items', 'default', 'description'],
		];
		eachSchema(schema, (part, path) => {
			expect(known, path).toEqual(expect.arrayContaining(Object.keys(part)));
		});
	});
	it('lets nothing in that has no name in it', () => {
		const objects: string[] = [];
		eachSchema(schema, (part, path) => {
			if (part.type === 'object') {
				objects.push(path);
				expect(part.additionalProperties, path).toBe(false);
			}
		});
		expect(objects).toEqual(['', 'features', 'placement']);
	});
	it('describes each setting, and has the complete defaults at its root', () => {
		eachSchema(schema, (part, path) => {
			if (path && !path.includes('*')) {
				expect(part.description, path).toMatch(/\.$/);
			}
		});
		expect(schema.default).toEqual(defaultSettings());
		expect(accepts(schema, schema.default)).toBe(true);
	});
	it('has no setting that could hold a secret', () => {
		expect(JSON.stringify(Object.keys(schema.properties!))).not.toMatch(/key|secret|password/i);
	});
	it('is plain JSON', () => {
		expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
	});
});

const VALID: Record<string, string[]> = {
	scriptId: [ID, '01234567-89ab-cdef-0123-456789abcdef'],
	endpoint: ['https://shop.example/app-inbox/token', 'http://localhost:8787/token'],
	icon: [SVG],
};
const patternOf = (name: string) =>
	(schema.properties![name] ?? schema.properties!.placement!.properties![name])!.pattern!;

describe.each(['scriptId', 'endpoint'])('the pattern of %s', (name) => {
	it.each(VALID[name]!)('takes %j and nothing with a line feed, in PHP too', (valid) => {
		const pattern = asPhp(patternOf(name));
		expect(pattern.test(valid)).toBe(true);
		expect(pattern.test('')).toBe(true);
		for (const text of [`${valid}\n`, `\n${valid}`, `${valid}\n\n`, `${valid}\r\n`]) {
			expect(pattern.test(text), JSON.stringify(text)).toBe(false);
		}
	});
});

/** Near misses are what tells two validators apart. */
const insertion = fc.oneof(
	{ weight: 6, arbitrary: fc.constant('') },
	{ weight: 1, arbitrary: fc.constantFrom(...'\n x-/@?#:<{.0é') }
);
const nearly = (...values: string[]) =>
	fc
		.tuple(fc.constantFrom(...values), fc.nat(600), insertion)
		.map(([text, at, put]) => text.slice(0, at) + put + text.slice(at));
const anything = fc.oneof(
	fc.constantFrom<unknown>(null, true, false, 0, 1, '', [], {}, [''], 'auto', 'none'),
	fc.string({ unit: 'binary-ascii' }).filter((text) => text !== '\n'),
	fc.jsonValue({ maxDepth: 2 })
);
const field = (good: fc.Arbitrary<unknown>) =>
	fc.oneof({ weight: 40, arbitrary: good }, { weight: 1, arbitrary: anything });
const record = (fields: Record<string, fc.Arbitrary<unknown>>) =>
	fc.record(fields, { requiredKeys: [] });

const input = record({
	schemaVersion: field(fc.constant(1)),
	scriptId: field(fc.oneof(fc.constant(''), nearly(...VALID.scriptId!))),
	scriptHost: field(fc.constantFrom(...SCRIPT_HOSTS)),
	script: field(fc.constantFrom(...SCRIPTS)),
	features: field(
		record({
			appInbox: field(fc.boolean()),
			recommendations: field(fc.boolean()),
			tracking: field(fc.boolean()),
		})
	),
	endpoint: field(
		fc.oneof(fc.constant(''), nearly(...VALID.endpoint!, `https://a/${'x'.repeat(484)}/token`))
	),
	language: field(fc.constantFrom('auto', ...LANGUAGES)),
	consent: field(fc.constantFrom(...CONSENTS)),
	placement: field(
		record({
			selector: field(nearly('#bell', 'nav > a', 'x'.repeat(500))),
			position: field(fc.constantFrom(...POSITIONS)),
			icon: field(nearly(SVG, `${SVG}\n`, `<svg>${' '.repeat(19_989)}</svg>`)),
		})
	),
	excludedRoles: field(
		fc.oneof(
			fc.array(fc.string({ maxLength: 5, unit: 'binary-ascii' })),
			fc.array(nearly('shop_manager', 'VIP client', 'менеджер')),
			fc.constantFrom(Array(100).fill('a'), Array(101).fill('a'), ['x'.repeat(101)])
		)
	),
});
const stranger = fc.constantFrom(
	{},
	{},
	{},
	{},
	{},
	{},
	{},
	{},
	{ apiKey: 'x' },
	{ constructor: 1 },
	{ $schema: '' }
);

it('PHP and zod accept the same, whatever comes', () => {
	let accepted = 0;
	let refused = 0;
	fc.assert(
		fc.property(fc.oneof(input, input, input, anything), stranger, (value, more) => {
			const whole =
				typeof value === 'object' && value && !Array.isArray(value)
					? { ...value, ...more }
					: value;
			const verdict = zodAccepts(whole);
			expect(accepts(schema, whole)).toBe(verdict);
			if (verdict) {
				accepted++;
			} else {
				refused++;
			}
		}),
		{ numRuns: 4000 }
	);
	// Both verdicts were tried, or the comparison would say little.
	expect(Math.min(accepted, refused)).toBeGreaterThan(300);
});

it('what zod gives back is what PHP stores', () => {
	fc.assert(
		fc.property(input, (value) => {
			const result = settingsSchema.safeParse(value);
			if (result.success) {
				expect(accepts(schema, result.data)).toBe(true);
			}
		})
	);
});
