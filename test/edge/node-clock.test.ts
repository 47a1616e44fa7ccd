/** Node's clock: one timer for all that waits. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createNodeClock } from '../../src/edge/runtimes/node-clock.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('runs each function once, at its time and at most a tick later', () => {
	const { after } = createNodeClock();
	const ran: string[] = [];
	after(3000, () => ran.push('late'));
	after(200, () => ran.push('early'));
	vi.advanceTimersByTime(199);
	expect(ran).toEqual([]);
	vi.advanceTimersByTime(51);
	expect(ran).toEqual(['early']);
	vi.advanceTimersByTime(2749);
	expect(ran).toEqual(['early']);
	vi.advanceTimersByTime(51);
	expect(ran).toEqual(['early', 'late']);
	vi.advanceTimersByTime(10_000);
	expect(ran).toHaveLength(2);
});

it('does not run what was cancelled, and keeps no timer for nothing', () => {
	const { after } = createNodeClock();
	const run = vi.fn();
	const cancel = after(100, run);
	expect(vi.getTimerCount()).toBe(1);
	cancel();
	vi.advanceTimersByTime(1000);
	expect(run).not.toHaveBeenCalled();
	expect(vi.getTimerCount()).toBe(0);
});

it('takes what a function that runs starts in its turn', () => {
	const { after } = createNodeClock();
	const ran: string[] = [];
	after(100, () => {
		ran.push('first');
		after(100, () => ran.push('second'));
	});
	vi.advanceTimersByTime(1000);
	expect(ran).toEqual(['first', 'second']);
	expect(vi.getTimerCount()).toBe(0);
});

it('is not led astray by a system clock that is set back', () => {
	const { after } = createNodeClock();
	const run = vi.fn();
	after(1000, run);
	vi.setSystemTime(Date.now() - 3_600_000);
	vi.advanceTimersByTime(1051);
	expect(run).toHaveBeenCalledOnce();
});
