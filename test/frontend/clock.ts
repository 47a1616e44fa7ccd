/** A page's own time: stands still until a test moves it. */
export interface Clock {
	now: () => number;
	/** Lets time pass, and what is due happen, in order. */
	pass: (ms: number) => Promise<void>;
	/** When the pending timers are due, from now on in ms. */
	due: () => number[];
}

/** Everything that is ready to happen without time passing. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Puts the clock in the place of the page's timers and dates. */
export function stopTime(window: { Date: DateConstructor }): Clock {
	let now = Date.parse('2026-11-24T12:00:00Z');
	let timers: { at: number; run: () => void }[] = [];
	const add = (run: () => void, ms = 0) => {
		timers.push({ at: now + Math.max(0, ms), run });
		return timers.length;
	};
	window.Date.now = () => now;
	Object.assign(window, { setTimeout: add });
	return {
		now: () => now,
		due: () => timers.map(({ at }) => at - now).sort((a, b) => a - b),
		async pass(ms) {
			const end = now + ms;
			for (;;) {
				await settle();
				const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
				if (!next) {
					break;
				}
				timers = timers.filter((timer) => timer !== next);
				now = next.at;
				next.run();
			}
			now = end;
		},
	};
}
