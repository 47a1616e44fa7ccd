import { describe, expect, it } from 'vitest';
import { settingsJsonSchema } from '../../src/settings/json-schema.ts';
import { tableOf } from './pages.ts';

interface Schema {
	description: string;
	default: unknown;
	enum?: unknown[];
	properties?: Record<string, Schema>;
}

/** Each setting by its dotted name; of a group its members. */
const settingsIn = ({ properties = {} }: Schema, before = ''): Array<[string, Schema]> =>
	Object.entries(properties).flatMap(([name, one]) =>
		one.properties
			? settingsIn(one, `${before}${name}.`)
			: [[before + name, one] as [string, Schema]]
	);

const settings = settingsIn(settingsJsonSchema() as unknown as Schema);
const rows = tableOf('docs/settings.md', 'setting');

describe('docs/settings.md', () => {
	it('has the settings, in their words, with their defaults', () => {
		expect(
			rows.map(([name, what, standard]) => [
				name!.code[0],
				what!.text,
				JSON.parse(standard!.code[0]!),
			])
		).toEqual(settings.map(([name, one]) => [name, one.description, one.default]));
	});

	it('has all values where they are a few', () => {
		const few = new Map(
			settings.flatMap(([name, { enum: values = [] }]) =>
				values.length > 0 && values.length < 10 ? [[name, values.map(String)]] : []
			)
		);
		expect(few.size).toBeGreaterThan(2);
		for (const [name, , , values] of rows) {
			const known = few.get(name!.code[0]!);
			if (known) {
				expect(values!.code, name!.text).toEqual(known);
			}
		}
	});
});
