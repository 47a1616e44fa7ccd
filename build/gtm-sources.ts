import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, Scalar, stringify } from 'yaml';
import * as z from 'zod/mini';
import { EDITIONS, SELECT_LISTS, type Edition, type TemplateSources } from '../src/gtm/sources.ts';
import { GTM_TEMPLATE } from './paths.ts';

/** Reads gtm-template/src: both editions, their tests as Tag Manager's YAML. */
export async function readSources(): Promise<TemplateSources> {
	const info = await json('info.json', infoFile);
	const icon = await readFile(join(FOLDER, 'icon.png'));
	const shared = await text('code.js');
	const { both, ...own } = await json('permissions.json', permissionsFile);
	const tests = testsFile.parse(parse(await text('tests.yaml')));
	return {
		info: {
			...info,
			brand: { ...info.brand, thumbnail: `data:image/png;base64,${icon.toString('base64')}` },
		},
		fields: (await json('fields.json', z.array(field))) as TemplateSources['fields'],
		languages: await json('languages.json', z.record(z.string(), z.string())),
		code: await forEditions(
			async (edition) => `${shared}\n${await text(`start.${edition}.js`)}`
		),
		permissions: await forEditions((edition) => ({ ...both, ...own[edition] })),
		tests: await forEditions((edition) => testsSection(tests, edition)),
		terms: await text('terms.txt'),
		notes: await text('notes.txt'),
	};
}

const FOLDER = join(GTM_TEMPLATE, 'src');

const text = (name: string) => readFile(join(FOLDER, name), 'utf8');

/** What a file says, checked, with its keys in the order that it has them in. */
async function json<T>(name: string, schema: z.core.$ZodType<T>): Promise<T> {
	const value: T = JSON.parse(await text(name));
	z.parse(schema, value);
	return value;
}

async function forEditions<T>(of: (edition: Edition) => T | Promise<T>) {
	const pairs = await Promise.all(EDITIONS.map(async (edition) => [edition, await of(edition)]));
	return Object.fromEntries(pairs) as Record<Edition, T>;
}

/** One bad indent fails the whole import: never written by hand. */
const testsSection = ({ scenarios, setup }: z.infer<typeof testsFile>, edition: Edition) =>
	stringify(
		{
			scenarios: scenarios
				.filter(({ editions }) => !editions || editions.includes(edition))
				.map(({ name, code }) => ({ name, code: block(code) })),
			setup: block(setup),
		},
		{ lineWidth: 0, indentSeq: false }
	);

/** Line by line as it is, whatever the marks in it are replaced by. */
function block(code: string): Scalar {
	const scalar = new Scalar(code.trim());
	scalar.type = Scalar.BLOCK_LITERAL;
	return scalar;
}

const edition = z.enum(EDITIONS);
const infoFile = z.looseObject({
	displayName: z.string(),
	brand: z.strictObject({ id: z.string(), displayName: z.string() }),
});
const permissionSource = z.strictObject({
	access_globals: z.exactOptional(
		z.record(z.string(), z.array(z.enum(['read', 'write', 'execute'])))
	),
	access_consent: z.exactOptional(z.record(z.string(), z.array(z.enum(['read', 'write'])))),
	get_cookies: z.exactOptional(z.array(z.string())),
	inject_script: z.exactOptional(z.array(z.string())),
	logging: z.exactOptional(z.literal('debug')),
});
const permissionsFile = z.strictObject({
	both: permissionSource,
	gallery: permissionSource,
	site: permissionSource,
});
const testsFile = z.strictObject({
	setup: z.string(),
	scenarios: z.array(
		z.strictObject({
			name: z.string(),
			editions: z.optional(z.array(edition)),
			code: z.string(),
		})
	),
});
const field = z.looseObject({
	type: z.string(),
	name: z.string(),
	editions: z.optional(z.array(edition)),
	selectItems: z.optional(
		z.union([
			z.enum(SELECT_LISTS),
			z.array(z.strictObject({ value: z.string(), displayValue: z.string() })),
		])
	),
	get subParams() {
		return z.optional(z.array(field));
	},
});
