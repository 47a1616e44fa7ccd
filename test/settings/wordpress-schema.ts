/**
 * A validator of JSON values as WordPress's REST API has one: draft 4, but only the keywords that
 * WordPress knows, in the meaning that PHP gives them. An unknown keyword throws.
 *
 * Patterns: PHP matches with the modifier `u`, where `$` also matches before a last line feed.
 */
export interface Schema {
	type: 'object' | 'array' | 'string' | 'boolean' | 'integer';
	properties?: Record<string, Schema>;
	additionalProperties?: false;
	items?: Schema;
	enum?: unknown[];
	pattern?: string;
	minLength?: number;
	maxLength?: number;
	maxItems?: number;
	default?: unknown;
	description?: string;
}

const KEYWORDS = new Set(
	(
		'type properties additionalProperties items enum pattern minLength maxLength maxItems ' +
		'default description'
	).split(' ')
);

/** Calls `see` with the schema and every schema within it. */
export function eachSchema(schema: Schema, see: (part: Schema, path: string) => void, path = '') {
	see(schema, path);
	for (const [name, part] of Object.entries(schema.properties ?? {})) {
		eachSchema(part, see, path ? `${path}.${name}` : name);
	}
	if (schema.items) {
		eachSchema(schema.items, see, `${path}.*`);
	}
}

export function accepts(schema: Schema, value: unknown): boolean {
	for (const keyword of Object.keys(schema)) {
		if (!KEYWORDS.has(keyword)) {
			throw new Error(`WordPress does not know the keyword ${keyword}`);
		}
	}
	if (schema.enum && !schema.enum.includes(value)) {
		return false;
	}
	switch (schema.type) {
		case 'boolean':
			return typeof value === 'boolean';
		case 'integer':
			return Number.isInteger(value);
		case 'string':
			return typeof value === 'string' && acceptsText(schema, value);
		case 'array':
			return (
				Array.isArray(value) &&
				value.length <= (schema.maxItems ?? Infinity) &&
				value.every((item) => !schema.items || accepts(schema.items, item))
			);
		case 'object':
			return isObject(value) && acceptsProperties(schema, value);
		default:
			throw new Error(`There is no type ${String(schema.type)} here`);
	}
}

function acceptsText({ pattern, minLength = 0, maxLength = Infinity }: Schema, value: string) {
	// PHP's mb_strlen counts characters, not the halves of a pair.
	const { length } = [...value];
	return (
		length >= minLength &&
		length <= maxLength &&
		(pattern === undefined || asPhp(pattern).test(value))
	);
}

function acceptsProperties(schema: Schema, value: Record<string, unknown>) {
	return Object.entries(value).every(([name, part]) => {
		const property = Object.hasOwn(schema.properties ?? {}, name) && schema.properties![name];
		return property ? accepts(property, part) : schema.additionalProperties !== false;
	});
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The pattern as PHP understands it. */
export function asPhp(pattern: string): RegExp {
	const php = pattern.replace(/\\[^]|\[(?:\\[^]|[^\]])*\]|\$/g, (token) =>
		token === '$' ? '(?=\\n?(?![^]))' : token
	);
	return new RegExp(php, 'u');
}
