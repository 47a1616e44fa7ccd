import type { Clock, Deadline } from './types.ts';

export const systemClock: Clock = {
	now: Date.now,
	after(milliseconds, run) {
		const timer = setTimeout(run, milliseconds);
		return () => clearTimeout(timer);
	},
};

/** Runs a task that has so many milliseconds, and says when they are over. */
export function within<T>(
	clock: Clock,
	milliseconds: number,
	task: (deadline: Deadline) => Promise<T>
): Promise<T> {
	let passed = false;
	let run: (() => void) | undefined;
	const deadline: Deadline = {
		get passed() {
			return passed;
		},
		whenPassed: (next) => (run = next),
	};
	const passes = () => {
		passed = true;
		run?.();
	};
	return task(deadline).finally(clock.after(milliseconds, passes));
}

/** A deadline as the web's functions take it. */
export function toSignal(deadline: Deadline): AbortSignal {
	const controller = new AbortController();
	deadline.whenPassed(() => controller.abort());
	return controller.signal;
}
