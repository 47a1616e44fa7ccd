import { isPlainObject } from './convert.ts';

/**
 * The value of a key in a data layer. Version 2 merges what was pushed and reads dotted paths;
 * version 1 takes the latest value of exactly this key.
 */
export function readDataLayer(entries: unknown, key: string, version = 2): unknown {
	const model: Record<string, unknown> = {};
	for (const entry of Array.isArray(entries) ? entries : []) {
		// `gtag` pushes `arguments`, which are no data.
		if (isPlainObject(entry)) {
			for (const [path, value] of Object.entries(entry)) {
				if (version === 1) {
					model[path] = value;
				} else {
					merge(expand(path, value), model);
				}
			}
		}
	}
	return version === 1
		? model[key]
		: key
				.split('.')
				.reduce<unknown>(
					(value, name) => (value as Record<string, unknown> | undefined)?.[name],
					model
				);
}

const expand = (path: string, value: unknown) =>
	path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Record<
		string,
		unknown
	>;

/** Objects key by key and arrays item by item; a value of another kind replaces. */
function merge(from: Record<string, unknown> | unknown[], to: Record<string, unknown> | unknown[]) {
	const target = to as Record<string, unknown>;
	for (const [name, value] of Object.entries(from)) {
		if (Array.isArray(value)) {
			target[name] = Array.isArray(target[name]) ? target[name] : [];
			merge(value, target[name] as unknown[]);
		} else if (isPlainObject(value)) {
			target[name] = isPlainObject(target[name]) ? target[name] : {};
			merge(value, target[name] as Record<string, unknown>);
		} else {
			target[name] = value;
		}
	}
}
