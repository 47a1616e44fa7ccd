import type { Clock } from './types.ts';

const FAILURES = 5;
const OPEN_MS = 30_000;

/**
 * Leaves a server alone that is out of order: after five failed tasks in a row no task runs for 30
 * seconds. Then one runs as a probe, while the others still wait; it closes the breaker, or opens it
 * for another 30 seconds.
 *
 * A task is one visitor's question with all its retries, so that five idle connections that the
 * server closed at once, which the retries mend, are no outage.
 */
export interface Breaker {
	/** Runs a task, or says in how many milliseconds to come again. */
	run: <T>(task: () => Promise<T>, failed: (result: T) => boolean) => Promise<Run<T>>;
	/** False for the probe too: whoever runs meanwhile has one attempt and no retries. */
	closed: () => boolean;
}

export type Run<T> = { ran: true; result: T } | { ran: false; waitMs: number };

/** `changed` is told at every opening and closing. */
export function createBreaker(clock: Clock, changed: (open: boolean) => void): Breaker {
	let failures = 0;
	let openUntil: number | null = null;
	let probing = false;
	/** Counts openings and closings: what began before the last one says nothing about now. */
	let era = 0;

	const turn = (open: boolean) => {
		era++;
		failures = 0;
		probing = false;
		openUntil = open ? clock.now() + OPEN_MS : null;
		changed(open);
	};
	const settle = (failure: boolean) => {
		if (openUntil !== null) {
			turn(failure);
			return;
		}
		failures = failure ? failures + 1 : 0;
		if (failures >= FAILURES) {
			turn(true);
		}
	};

	return {
		async run(task, failed) {
			if (openUntil !== null) {
				const left = openUntil - clock.now();
				// More than the whole time: the clock was set back, and must not keep us waiting.
				const waitMs = left > OPEN_MS ? 0 : Math.max(0, left);
				if (waitMs > 0 || probing) {
					return { ran: false, waitMs };
				}
				probing = true;
			}
			const begun = era;
			// A task that throws counts as failed: a probe must end, whatever becomes of it.
			let failure = true;
			try {
				const result = await task();
				failure = failed(result);
				return { ran: true, result };
			} finally {
				if (begun === era) {
					settle(failure);
				}
			}
		},
		closed: () => openUntil === null,
	};
}
