import { isPlainFunction, type Border } from './convert.ts';
import { findInPage } from './page-path.ts';

/** The APIs that reach into the page's window. Permissions are checked before they are called. */
export function windowApis(window: Record<string, unknown>, { toPage, toSandbox }: Border) {
	const find = (path: string) => findInPage(window, path);

	/** Puts a native value at a path, if its holder exists. */
	function put(path: string, value: unknown, override: boolean): boolean {
		const { holder, name, value: existing } = find(path);
		if (!holder || (existing !== undefined && !override)) {
			return false;
		}
		holder[name] = value;
		return true;
	}

	function queueAt(path: string): unknown[] | undefined {
		put(path, [], false);
		const { value } = find(path);
		return Array.isArray(value) ? value : undefined;
	}

	return {
		callInWindow(path: string, ...args: unknown[]) {
			const { holder, value } = find(path);
			// An async function is none of Tag Manager's functions; it is not called.
			return isPlainFunction(value)
				? toSandbox(value.apply(holder, args.map(toPage)))
				: undefined;
		},
		copyFromWindow: (path: string) => toSandbox(find(path).value),
		setInWindow: (path: string, value: unknown, override = false) =>
			put(path, toPage(value), override),
		aliasInWindow: (to: string, from: string) => put(to, find(from).value, true),
		createQueue(path: string) {
			queueAt(path);
			return (value: unknown) => queueAt(path)?.push(toPage(value));
		},
		/** Entries are flat: `eS('init', {})` is pushed as `['init', {}]`, not as `[['init', {}]]`. */
		createArgumentsQueue(path: string, queuePath: string) {
			put(
				path,
				function push() {
					// eslint-disable-next-line prefer-rest-params -- consumers see an arguments object.
					queueAt(queuePath)?.push(arguments);
				},
				false
			);
			queueAt(queuePath);
			return toSandbox(find(path).value);
		},
	};
}
