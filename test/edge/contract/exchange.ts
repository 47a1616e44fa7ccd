import {
	codes,
	document,
	follow,
	outcome,
	pathOf,
	schemaFaults,
	type Operation,
	type Response,
} from './openapi.ts';

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

function operationOf(path: string | null, method: string): { name: string; operation: Operation } {
	const item = path === null ? undefined : document.paths[path];
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
	identity: bearer,
	metrics: bearer,
};
