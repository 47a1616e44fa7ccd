import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { ROOT } from '../../../build/paths.ts';

/** `docs/openapi.yaml`, as much of it as answers are checked by. */
export const document = parse(
	readFileSync(join(ROOT, 'docs/openapi.yaml'), 'utf8')
) as OpenApiDocument;

interface OpenApiDocument {
	servers: [{ variables: { basePath: { default: string } } }];
	'x-every-answer': { headers: Record<string, Ref<Header>> };
	paths: Record<string, PathItem> & { 'x-any-other-path': Operation };
	components: Record<string, Record<string, any>>;
}
type PathItem = Record<string, Operation> & { 'x-any-other-method': Operation };
export interface Operation {
	responses: Record<string, Ref<Response>>;
	parameters?: Array<Ref<{ name: string; required?: boolean }>>;
	security?: Array<Record<string, []>>;
}
export interface Response {
	headers?: Record<string, Ref<Header>>;
	content?: Record<string, { schema: Schema }>;
}
interface Header {
	required?: boolean;
	schema: Schema;
}
type Schema = Exclude<AnySchema, boolean>;
type Ref<T> = T | { $ref: string };

/** All that can happen by the document: `POST /token 429 rate_limited`, `GET /health 200`. */
export function outcomes(): string[] {
	const { 'x-any-other-path': otherPath, ...paths } = document.paths;
	const operations = Object.entries(paths).flatMap(([path, item]) =>
		Object.entries(item).map(([method, operation]) => ({
			name: `${method === 'x-any-other-method' ? 'other' : method.toUpperCase()} ${path}`,
			operation,
		}))
	);
	return [...operations, { name: 'any other path', operation: otherPath }].flatMap(
		({ name, operation }) =>
			Object.entries(operation.responses).flatMap(([status, ref]) => {
				const known = codes(follow(ref));
				return (known.length > 0 ? known : ['']).map((code) => outcome(name, status, code));
			})
	);
}

/** The object itself, where there may be a reference to one of the components. */
export function follow<T>(object: Ref<T>): T {
	if (!(object instanceof Object && '$ref' in object)) {
		return object;
	}
	const [, kind = '', name = ''] = /^#\/components\/(\w+)\/(\w+)$/.exec(object.$ref) ?? [];
	const component = document.components[kind]?.[name];
	if (component === undefined) {
		throw new Error(`There is no ${object.$ref}.`);
	}
	return component;
}

/** What is wrong with a value, by a schema of the document; null where it is right. */
export function schemaFaults(schema: Schema, value: unknown): string | null {
	const { schemas } = document.components;
	const validate = validators.get(schema) ?? ajv.compile({ ...schema, components: { schemas } });
	validators.set(schema, validate);
	return validate(value) ? null : ajv.errorsText(validate.errors, { dataVar: 'it' });
}

const validators = new WeakMap<Schema, ValidateFunction>();
// A response's schema narrows the common one beside its reference, so it names no type again.
const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
ajv.addVocabulary(['components']);

/** An outcome's name. */
export const outcome = (name: string, status: number | string, code: string) =>
	[name, status, code].filter((part) => part !== '').join(' ');

/** The closed list of a response's problem codes; empty where it is no problem. */
export function codes({ content = {} }: Response): string[] {
	const code = content['application/problem+json']?.schema.properties?.code;
	return code ? (code.enum ?? [code.const]) : [];
}

/** Whether an address is the function's. Outside of its base path a platform may answer by itself. */
export const isBelowBase = (pathname: string) => `${pathname}/`.startsWith(`${BASE}/`);
const BASE = document.servers[0].variables.basePath.default;

/** The path below the base, with its slash; null outside of the base path. */
export const pathOf = (pathname: string): string | null =>
	isBelowBase(pathname) ? pathname.slice(BASE.length) || '/' : null;
