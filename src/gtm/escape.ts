/**
 * JSON that stays one value wherever it is put: into a section of a template, into its code, into a
 * page. Nothing in it can look like the start of another section, like an end of a script or like a
 * reference to a variable, and YAML takes all of it; read back, it is what it was.
 */
export const inertJson = (value: unknown, indent?: number): string =>
	// None of these stands in JSON outside a string.
	JSON.stringify(value, null, indent).replace(
		/[<\u007f-\u009f\u2028\u2029\ufeff]|_(?=__)|\{(?=\{)/g,
		escapeUnit
	);

const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
