import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { ROOT } from '../../../build/paths.ts';

/** `docs/openapi.yaml`, as much of it as answers are checked by. */
export const document = parse(
	readFileSync(join(ROOT, 'docs/openapi.yaml'), 'utf8')
) as OpenApiDocument;

export interface OpenApiDocument {
	servers: [{ variables: { basePath: { default: string } } }];
	'x-every-answer': { headers: Record<string, Ref<Header>> };
	paths: Record<string, PathItem> & { 'x-any-other-path': Operation };
	components: Record<string, Record<string, any>>;
}
type PathItem = Record<string, Operation> & { 'x-any-other-method': Operation };
interface Operation {
	responses: Record<string, Ref<Response>>;
	parameters?: Array<Ref<{ name: string; required?: boolean }>>;
	security?: Array<Record<string, []>>;
}
interface Response {
	headers?: Record<string, Ref<Header>>;
	content?: Record<string, { schema: Schema }>;
}
interface Header {
	required?: boolean;
	schema: Schema;
}
type Schema = Exclude<AnySchema, boolean>;
type Ref<T> = T | { $ref: string };

/** A request and its answer. The names of headers are in lower case. */
export interface Exchange {
	method: string;
	/** The address's path, with the base path. */
	path: string;
	sent: Record<string, string | string[]>;
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
}

/** An answer that the document does not describe. */
export class Undocumented extends Error {}

/**
 * Checks an answer against the document: is there such a path, method and status, are the headers
 * those that it names, is the body by its schema? Answers the outcome's name, as `outcomes` has it.
 */
export function checkExchange(exchange: Exchange): string {
	const { method, status, text } = exchange;
	const path = pathOf(exchange.path);
	const { name, operation } = operationOf(path, method);
	const response = operation.responses[status] && follow(operation.responses[status]);
	if (!response) {
		throw new Undocumented(`${name} answered ${status}: ${text.slice(0, 200)}`);
	}
	const faults = [
		...headerFaults(exchange, response, path),
		...bodyFaults(exchange, response),
		...(status < 300 ? requestFaults(exchange, operation) : []),
	];
	if (faults.length > 0) {
		throw new Undocumented(`${name} ${status}: ${faults.join('; ')}`);
	}
	const code = codes(response).length > 0 && text !== '' ? JSON.parse(text).code : '';
	return outcome(name, status, code);
}

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
export function schemaFaults(schema: AnySchema, value: unknown): string | null {
	let validate = typeof schema === 'object' ? validators.get(schema) : undefined;
	if (!validate) {
		const { schemas } = document.components;
		validate = ajv.compile(
			typeof schema === 'object' ? { ...schema, components: { schemas } } : schema
		);
		if (typeof schema === 'object') {
			validators.set(schema, validate);
		}
	}
	return validate(value) ? null : ajv.errorsText(validate.errors, { dataVar: 'it' });
}

const validators = new WeakMap<object, ValidateFunction>();
// A response's schema narrows the common one beside its reference, so it names no type again.
const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
ajv.addVocabulary(['components']);

const outcome = (name: string, status: number | string, code: string) =>
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
const pathOf = (pathname: string): string | null =>
	isBelowBase(pathname) ? pathname.slice(BASE.length) || '/' : null;

function operationOf(path: string | null, method: string): { name: string; operation: Operation } {
	const item = path === null || path.startsWith('x-') ? undefined : document.paths[path];
	if (!item) {
		return { name: 'any other path', operation: document.paths['x-any-other-path'] };
	}
	const asked = method === 'HEAD' ? 'GET' : method;
	const operation = item[asked.toLowerCase()];
	return operation
		? { name: `${asked} ${path}`, operation }
		: { name: `other ${path}`, operation: item['x-any-other-method'] };
}

function headerFaults(
	{ headers: answered }: Exchange,
	{ headers }: Response,
	path: string | null
): string[] {
	const documented = new Map(
		Object.entries({ ...document['x-every-answer'].headers, ...headers }).map(([name, ref]) => [
			name.toLowerCase(),
			follow(ref),
		])
	);
	const faults = [...documented].flatMap(([name, { required, schema }]) => {
		const value = answered[name];
		if (value === undefined) {
			return required ? [`no ${name}`] : [];
		}
		const fault = schemaFaults(schema, value);
		return fault === null ? [] : [`${name}: ${value}: ${fault}`];
	});
	const others = Object.keys(answered).filter(
		(name) => answered[name] !== undefined && !documented.has(name) && !OF_HTTP.test(name)
	);
	if (answered.allow !== undefined && answered.allow !== methodsOf(path)) {
		faults.push(`allow: ${answered.allow}`);
	}
	return [...faults, ...others.map((name) => `${name} is not documented`)];
}

/** Of the body, and what servers add by themselves. */
const OF_HTTP = /^(content-(type|length)|transfer-encoding|connection|keep-alive|date|server)$/;

const methodsOf = (path: string | null) =>
	['post', 'get', 'options']
		.filter((method) => path !== null && method in (document.paths[path] ?? {}))
		.map((method) => (method === 'get' ? 'GET, HEAD' : method.toUpperCase()))
		.join(', ');

function bodyFaults({ method, headers, text }: Exchange, { content }: Response): string[] {
	if (!content || method === 'HEAD') {
		return text === '' ? [] : [`a body: ${text.slice(0, 200)}`];
	}
	const type = String(headers['content-type']);
	if (!content[type]) {
		return [`content-type: ${type}`];
	}
	const fault = schemaFaults(content[type].schema, /json/.test(type) ? JSON.parse(text) : text);
	return fault === null ? [] : [fault];
}

/** What gets a good answer has to be a request that the document describes. */
function requestFaults({ sent }: Exchange, { parameters = [], security = [] }: Operation) {
	const names = new Map(Object.entries(sent).map(([name, value]) => [name, String(value)]));
	const missing = parameters
		.map(follow)
		.filter(({ name, required }) => required && !names.has(name.toLowerCase()))
		.map(({ name }) => `answered without ${name}`);
	const shown = security.some((schemes) =>
		Object.keys(schemes).every((name) => SHOWN[name]?.(names))
	);
	return [...missing, ...(security.length > 0 && !shown ? ['answered without credential'] : [])];
}

const bearer = (sent: Map<string, string>) => /^bearer /i.test(sent.get('authorization') ?? '');
/** Whether a request shows a credential, by the name of its security scheme. */
const SHOWN: Record<string, (sent: Map<string, string>) => boolean> = {
	wordpressLogin: (sent) => sent.get('cookie')?.includes('wordpress_logged_in_') ?? false,
	wordpressNonce: (sent) => sent.has('x-wp-nonce'),
	identity: bearer,
	metrics: bearer,
};
