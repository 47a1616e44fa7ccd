/** The APIs that only compute, and therefore need no permission. */
export const valueApis = {
	getType,
	makeString: (value: unknown) => String(value),
	makeNumber: (value: unknown) => Number(value),
	makeInteger: (value: unknown) => Math.trunc(Number(value)) || 0,
	makeTableMap,
	encodeUri: orUndefined(encodeURI),
	encodeUriComponent: orUndefined(encodeURIComponent),
	decodeUri: orUndefined(decodeURI),
	decodeUriComponent: orUndefined(decodeURIComponent),
	Object: {
		keys: Object.keys,
		values: Object.values,
		entries: Object.entries,
		freeze: Object.freeze,
		delete: (object: Record<string, unknown>, key: string) =>
			Reflect.deleteProperty(object, key),
	},
	Math: {
		abs: Math.abs,
		ceil: Math.ceil,
		floor: Math.floor,
		max: Math.max,
		min: Math.min,
		pow: Math.pow,
		round: Math.round,
		sqrt: Math.sqrt,
	},
	JSON: {
		parse: orUndefined(JSON.parse),
		stringify: (value: unknown) => JSON.stringify(value),
	},
};

function getType(value: unknown): string {
	if (value === null) {
		return 'null';
	}
	return Array.isArray(value) ? 'array' : typeof value;
}

/** Rows of a table field as one object; no row, no object. */
function makeTableMap(
	table: Record<string, unknown>[] | undefined,
	keyColumn: string,
	valueColumn: string
) {
	const rows = (table ?? []).filter((row) => keyColumn in row && valueColumn in row);
	return rows.length === 0
		? null
		: Object.fromEntries(rows.map((row) => [String(row[keyColumn]), row[valueColumn]]));
}

/** Sandboxed code cannot catch, so Tag Manager answers undefined where the browser throws. */
function orUndefined(compute: (text: string) => unknown) {
	return (text: unknown) => {
		try {
			return compute(String(text));
		} catch {
			return undefined;
		}
	};
}
