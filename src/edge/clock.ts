import type { Clock } from './types.ts';

export const systemClock: Clock = {
	now: Date.now,
	after(milliseconds, run) {
		const timer = setTimeout(run, milliseconds);
		return () => clearTimeout(timer);
	},
};

/** Runs a task with a signal that is aborted after so many milliseconds. */
export function within<T>(
	clock: Clock,
	milliseconds: number,
	task: (signal: AbortSignal) => Promise<T>
): Promise<T> {
	const controller = new AbortController();
	const cancel = clock.after(milliseconds, () => controller.abort());
	return task(controller.signal).finally(cancel);
}
