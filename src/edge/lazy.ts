/** A value that is made at its first use; `made` tells it without making it. */
export function lazy<T>(make: () => T): { get: () => T; made: () => T | undefined } {
	let value: T | undefined;
	return { get: () => (value ??= make()), made: () => value };
}
