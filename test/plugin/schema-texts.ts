import * as z from 'zod/mini';

/** Every sentence that a schema has for people: descriptions, and what it says of wrong values. */
export function textsOfSchema(schema: z.core.$ZodType): string[] {
	const texts = new Set<string>();
	const visited = new Set<unknown>();
	const visit = (value: unknown) => {
		if (typeof value !== 'object' || value === null || visited.has(value)) {
			return;
		}
		visited.add(value);
		if (value instanceof z.core.$ZodType) {
			const { description } = z.globalRegistry.get(value) ?? {};
			texts.add(description ?? '');
		}
		for (const [key, part] of Object.entries(value)) {
			// zod keeps a message as the function that gives it.
			texts.add(key === 'error' && typeof part === 'function' ? part({}) : '');
			visit(part);
		}
		// What defines a check is behind a property that is not listed.
		visit((value as Partial<z.core.$ZodType>)._zod?.def);
	};
	visit(schema);
	texts.delete('');
	return [...texts];
}
