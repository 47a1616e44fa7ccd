/** A dotted path into the page's window. */
export interface Place {
	/** The object that holds the last name, if there is one. */
	holder: Record<string, unknown> | undefined;
	name: string;
	value: unknown;
}

export function findInPage(window: Record<string, unknown>, path: string): Place {
	const names = path.split('.');
	const name = names.pop() ?? '';
	const holder = names.reduce<unknown>(
		(value, step) => (isHolder(value) ? value[step] : undefined),
		window
	);
	return isHolder(holder)
		? { holder, name, value: holder[name] }
		: { holder: undefined, name, value: undefined };
}

const isHolder = (value: unknown): value is Record<string, unknown> =>
	(typeof value === 'object' && value !== null) || typeof value === 'function';
