/**
 * Counters, histograms and gauges in Prometheus' text format, version 0.0.4. The usual library needs
 * Node's own modules and a fifth of the time of a start; what is used of it fits on this page.
 */
export interface Registry {
	/** Counts up; one series for each combination of label values. */
	counter: <L extends string>(name: string, help: string, labels: readonly L[]) => Count<L>;
	/** Sorts durations in milliseconds into buckets; published in seconds, as Prometheus has them. */
	histogram: <L extends string>(name: string, help: string, labels: readonly L[]) => Observe<L>;
	/** Is read when somebody asks. */
	gauge: (name: string, help: string, read: () => number) => void;
	/** All of it. */
	text: () => string;
}

export type Labels<L extends string> = Record<L, string>;
export type Count<L extends string> = (values: Labels<L>) => void;
export type Observe<L extends string> = (milliseconds: number, values: Labels<L>) => void;

/** From an identity that is remembered to the deadline towards eSputnik, and beyond. */
const BUCKETS_MS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

export function createRegistry(): Registry {
	const metrics: Array<() => string> = [];

	const add = (name: string, type: string, help: string, samples: () => string[]) => {
		metrics.push(() =>
			[`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples(), ''].join('\n')
		);
	};

	return {
		counter(name, help, labels) {
			const series = createSeries(labels, () => ({ count: 0 }));
			add(name, 'counter', help, () =>
				series.map((text, { count }) => sample(name, text, count))
			);
			return (values) => void series.at(values).count++;
		},
		histogram(name, help, labels) {
			const series = createSeries(labels, () => ({
				buckets: BUCKETS_MS.map(() => 0),
				count: 0,
				sumMs: 0,
			}));
			add(name, 'histogram', help, () =>
				series
					.map((text, { buckets, count, sumMs }) => {
						let below = 0;
						return [
							...buckets.map((inside, index) =>
								sample(
									`${name}_bucket`,
									join(text, `le="${BUCKETS_MS[index]! / 1000}"`),
									(below += inside)
								)
							),
							sample(`${name}_bucket`, join(text, 'le="+Inf"'), count),
							sample(`${name}_sum`, text, sumMs / 1000),
							sample(`${name}_count`, text, count),
						];
					})
					.flat()
			);
			return (milliseconds, values) => {
				const entry = series.at(values);
				const index = BUCKETS_MS.findIndex((bound) => milliseconds <= bound);
				if (index >= 0) {
					entry.buckets[index]!++;
				}
				entry.count++;
				entry.sumMs += milliseconds;
			};
		},
		gauge: (name, help, read) => add(name, 'gauge', help, () => [sample(name, '', read())]),
		text: () => metrics.map((metric) => metric()).join(''),
	};
}

function createSeries<L extends string, T>(labels: readonly L[], create: () => T) {
	const entries = new Map<string, { text: string; entry: T }>();
	return {
		at(values: Labels<L>): T {
			// Shorter than the text, and made for every request: a value with the sign in it is none of ours.
			let key = '';
			for (const label of labels) {
				key += `${values[label]}\0`;
			}
			const known = entries.get(key);
			if (known) {
				return known.entry;
			}
			const text = labels.map((label) => `${label}="${escape(values[label])}"`).join(',');
			const entry = create();
			entries.set(key, { text, entry });
			return entry;
		},
		map: <R>(read: (text: string, entry: T) => R): R[] =>
			[...entries.values()].map(({ text, entry }) => read(text, entry)),
	};
}

const sample = (name: string, labels: string, value: number) =>
	`${name}${labels && `{${labels}}`} ${value}`;

const join = (...labels: string[]) => labels.filter((label) => label !== '').join(',');

const escape = (value: string) => value.replace(/[\\"\n]/g, (sign) => ESCAPED[sign]!);
const ESCAPED: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };
