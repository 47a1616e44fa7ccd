type Callable = (...args: unknown[]) => unknown;

/** How values cross between the sandbox and the page. */
export interface Border {
	toPage: (value: unknown) => unknown;
	toSandbox: (value: unknown) => unknown;
}

/**
 * Arrays and plain objects are copied, functions are wrapped, and everything else that is no
 * primitive (promises, dates, DOM nodes, class instances, async functions) becomes `undefined`.
 *
 * @param enter runs sandboxed code that the page calls, so that what it throws is noticed.
 */
export function createBorder(enter: (run: () => unknown) => unknown): Border {
	const toPage = (value: unknown): unknown =>
		convert(
			value,
			(inner) =>
				(...args) =>
					toPage(enter(() => inner(...args.map(toSandbox))))
		);
	const toSandbox = (value: unknown): unknown =>
		convert(
			value,
			(inner) =>
				(...args) =>
					toSandbox(inner(...args.map(toPage)))
		);
	return { toPage, toSandbox };
}

function convert(
	value: unknown,
	wrap: (inner: Callable) => Callable,
	copies = new Map<unknown, unknown>()
): unknown {
	if (isPlainFunction(value)) {
		return wrap(value);
	}
	if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
		return value;
	}
	if (copies.has(value)) {
		return copies.get(value);
	}
	if (Array.isArray(value)) {
		const copy: unknown[] = [];
		copies.set(value, copy);
		// Not `map`, which leaves holes.
		for (let index = 0; index < value.length; index++) {
			copy.push(convert(value[index], wrap, copies));
		}
		return copy;
	}
	if (isPlainObject(value)) {
		const copy: Record<string, unknown> = {};
		copies.set(value, copy);
		for (const key of Object.keys(value)) {
			// Defined, not assigned: a key named __proto__ stays a key.
			Object.defineProperty(copy, key, {
				value: convert(value[key], wrap, copies),
				configurable: true,
				enumerable: true,
				writable: true,
			});
		}
		return copy;
	}
	return undefined;
}

/** Tag Manager looks at the class name, by which an async or generator function is an object. */
export const isPlainFunction = (value: unknown): value is Callable =>
	typeof value === 'function' && Object.prototype.toString.call(value) === '[object Function]';

/** Also of another realm: every realm's Object.prototype owns `isPrototypeOf`. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
	if (Object.prototype.toString.call(value) !== '[object Object]') {
		return false;
	}
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.hasOwn(prototype as object, 'isPrototypeOf');
}
