import { within } from './clock.ts';
import { retryAfterMs } from './http.ts';
import type { Deadline, Outage, Platform } from './types.ts';

/** All attempts together, waiting included, and each of them, in milliseconds. */
const DEADLINE_MS = 8000;
const ATTEMPT_MS = 3000;
/** Before the second and the third attempt, on average; half as much more or less by chance. */
const BACKOFF_MS = [200, 400];
/** With less time than this an attempt is not worth its while. */
const LEAST_MS = 500;

export type Unavailable = { kind: 'unavailable' } & Outage;

export type Attempt<T> = T | (Unavailable & { transient: boolean });

/**
 * Tries up to three times while the failure is transient, `mayRetry` agrees and time is left. The
 * server's Retry-After is kept: where it goes beyond the deadline, the failure is the answer at once,
 * and whoever asked keeps it instead.
 */
export async function withRetries<T extends { kind: string }>(
	{ clock, random }: Pick<Platform, 'clock' | 'random'>,
	mayRetry: () => boolean,
	attempt: (deadline: Deadline) => Promise<Attempt<T>>
): Promise<T | Unavailable> {
	const deadline = clock.now() + DEADLINE_MS;
	for (let retries = 0; ; retries++) {
		const left = deadline - clock.now();
		const result = await within(clock, Math.min(ATTEMPT_MS, left), attempt);
		if (!isFailure(result)) {
			return result;
		}
		const { transient, ...failure } = result;
		const backoff = BACKOFF_MS[retries];
		if (!transient || backoff === undefined || !mayRetry()) {
			return failure;
		}
		// The jitter comes on top of Retry-After, or all who got it would come back in one moment.
		const pause = retryAfterMs(failure.retryAfter, clock.now()) + backoff * (0.5 + random());
		if (clock.now() + pause > deadline - LEAST_MS) {
			return failure;
		}
		await new Promise<void>((resolve) => void clock.after(pause, resolve));
		if (!mayRetry()) {
			return failure;
		}
	}
}

const isFailure = <T extends { kind: string }>(
	result: Attempt<T>
): result is Unavailable & { transient: boolean } => result.kind === 'unavailable';
