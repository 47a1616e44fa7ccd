import { LRUCache } from 'lru-cache';
import { lazy } from './lazy.ts';
import type { Clock } from './types.ts';

/** Remembers at most `size` values, each until its own time; the longest unused go first. */
export interface Memory<T> {
	get: (key: string) => T | undefined;
	/** `until` counts in milliseconds since 1970. */
	set: (key: string, value: T, until: number) => void;
	/** How many there are, those whose time is over among them. */
	size: () => number;
}

/** The clock is ours, not lru-cache's, so that tests can turn it and no timer keeps running. */
export function createMemory<T>(size: number, clock: Clock): Memory<T> {
	// It takes all of its room at once: a millisecond that the start need not wait for.
	const entries = lazy(() => new LRUCache<string, { value: T; until: number }>({ max: size }));
	return {
		get(key) {
			const entry = entries.get().get(key);
			if (!entry) {
				return undefined;
			}
			if (entry.until > clock.now()) {
				return entry.value;
			}
			entries.get().delete(key);
			return undefined;
		},
		set(key, value, until) {
			entries.get().set(key, { value, until });
		},
		size: () => entries.made()?.size ?? 0,
	};
}
