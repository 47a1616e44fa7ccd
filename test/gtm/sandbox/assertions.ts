/** An assertion of a scenario that does not hold. */
export class AssertionFailure extends Error {}

/** The checks of `assertThat`, with the names and meanings of Tag Manager's test APIs. */
export function assertThat(actual: unknown, message?: string) {
	const check =
		<Args extends unknown[]>(says: string, holds: (...args: Args) => boolean) =>
		(...args: Args) => {
			if (!holds(...args)) {
				const expected = args.map(show).join(', ');
				throw new AssertionFailure(
					`${message ? `${message}: ` : ''}expected ${show(actual)} ${says}${expected && ` ${expected}`}`
				);
			}
			return assertion;
		};
	const size = () =>
		Array.isArray(actual) || typeof actual === 'string' ? actual.length : undefined;
	const has = (item: unknown) =>
		typeof actual === 'string'
			? actual.includes(String(item))
			: Array.isArray(actual) && actual.some((value) => isEqual(value, item));
	const isPermutation = (items: unknown[]) =>
		Array.isArray(actual) &&
		actual.length === items.length &&
		items.every(has) &&
		actual.every((value) => items.some((item) => isEqual(value, item)));
	const assertion = {
		isUndefined: check('to be undefined', () => actual === undefined),
		isDefined: check('to be defined', () => actual !== undefined),
		isNull: check('to be null', () => actual === null),
		isNotNull: check('not to be null', () => actual !== null),
		isTrue: check('to be true', () => actual === true),
		isFalse: check('to be false', () => actual === false),
		isTruthy: check('to be truthy', () => Boolean(actual)),
		isFalsy: check('to be falsy', () => !actual),
		isNaN: check('to be NaN', () => Number.isNaN(actual)),
		isNotNaN: check('not to be NaN', () => !Number.isNaN(actual)),
		isEqualTo: check('to equal', (expected: unknown) => isEqual(actual, expected)),
		isNotEqualTo: check('not to equal', (expected: unknown) => !isEqual(actual, expected)),
		isStrictlyEqualTo: check('to be', (expected: unknown) => actual === expected),
		isNotStrictlyEqualTo: check('not to be', (expected: unknown) => actual !== expected),
		isAnyOf: check('to be any of', (...items: unknown[]) =>
			items.some((item) => isEqual(actual, item))
		),
		isNoneOf: check('to be none of', (...items: unknown[]) =>
			items.every((item) => !isEqual(actual, item))
		),
		hasLength: check('to have the length', (length: number) => size() === length),
		isEmpty: check('to be empty', () => size() === 0),
		isNotEmpty: check('not to be empty', () => (size() ?? 0) > 0),
		contains: check('to contain', (...items: unknown[]) => items.every(has)),
		doesNotContain: check('not to contain', (...items: unknown[]) => !items.some(has)),
		containsExactly: check('to contain exactly', (...items: unknown[]) => isPermutation(items)),
		isString: check('to be a string', () => typeof actual === 'string'),
		isNumber: check('to be a number', () => typeof actual === 'number'),
		isBoolean: check('to be a boolean', () => typeof actual === 'boolean'),
		isFunction: check('to be a function', () => typeof actual === 'function'),
		isArray: check('to be an array', () => Array.isArray(actual)),
		isObject: check(
			'to be an object',
			() => typeof actual === 'object' && actual !== null && !Array.isArray(actual)
		),
	};
	return assertion;
}

/** Deep, for the values that sandboxed code can hold. Functions are equal to themselves only. */
export function isEqual(left: unknown, right: unknown): boolean {
	if (Object.is(left, right)) {
		return true;
	}
	if (
		typeof left !== 'object' ||
		typeof right !== 'object' ||
		left === null ||
		right === null ||
		Array.isArray(left) !== Array.isArray(right)
	) {
		return false;
	}
	const names = Object.keys(left);
	return (
		names.length === Object.keys(right).length &&
		names.every(
			(name) =>
				Object.hasOwn(right, name) &&
				isEqual(
					(left as Record<string, unknown>)[name],
					(right as Record<string, unknown>)[name]
				)
		)
	);
}

export const show = (value: unknown): string =>
	typeof value === 'function'
		? 'a function'
		: (JSON.stringify(value, (_key, inner) =>
				typeof inner === 'function' ? 'a function' : inner
			) ?? String(value));
