import { expect, it } from 'vitest';
import { createBreaker } from '../../src/edge/breaker.ts';
import { FakeClock } from './fake-platform.ts';

function stage() {
	const clock = new FakeClock();
	const changes: boolean[] = [];
	const breaker = createBreaker(clock, (open) => void changes.push(open));
	const run = (good: boolean) =>
		breaker.run(
			async () => good,
			(result) => !result
		);
	const fail = async (times: number) => {
		for (let i = 0; i < times; i++) {
			await run(false);
		}
	};
	/** A task that ends when the test says so. */
	const start = () => {
		let end = (_good: boolean) => {};
		const done = breaker.run(
			() => new Promise<boolean>((resolve) => (end = resolve)),
			(good) => !good
		);
		return { end: (good: boolean) => (end(good), done) };
	};
	return { clock, changes, breaker, run, fail, start };
}

it('counts failures in a row, not failures', async () => {
	const { breaker, run, fail } = stage();
	await fail(4);
	await run(true);
	await fail(4);
	expect(breaker.closed()).toBe(true);
	await fail(1);
	expect(breaker.closed()).toBe(false);
});

it('what began before it opened neither closes it nor keeps it open', async () => {
	const { clock, changes, fail, run, start } = stage();
	const [early, earlier] = [start(), start()];
	await fail(5);
	await early.end(true);
	expect(await run(true)).toEqual({ ran: false, waitMs: 30_000 });
	await clock.advance(30_000);
	const probe = start();
	await earlier.end(false);
	expect(changes).toEqual([true]);
	await probe.end(true);
	expect(changes).toEqual([true, false]);
	await fail(4);
	expect(changes).toEqual([true, false]);
});

it('a task that throws ends its probe', async () => {
	const { clock, breaker, fail, run } = stage();
	await fail(5);
	await clock.advance(30_000);
	const thrown = breaker.run(
		() => Promise.reject(new RangeError('x')),
		() => false
	);
	await expect(thrown).rejects.toThrow(RangeError);
	expect(await run(true)).toEqual({ ran: false, waitMs: 30_000 });
	await clock.advance(30_000);
	expect(await run(true)).toEqual({ ran: true, result: true });
	expect(breaker.closed()).toBe(true);
});

it('a clock that is set back does not keep it open', async () => {
	const { clock, fail, run } = stage();
	await fail(5);
	await clock.advance(-3_600_000);
	expect(await run(true)).toEqual({ ran: true, result: true });
});
