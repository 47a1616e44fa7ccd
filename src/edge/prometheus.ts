type Labels<L extends string> = Record<L, string>;
type Count<L extends string> = (values: Labels<L>) => void;
type Observe<L extends string> = (milliseconds: number, values: Labels<L>) => void;

/** From an identity that is remembered to the deadline towards eSputnik, and beyond. */
const BUCKETS_MS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, Infinity];
const BOUNDS = BUCKETS_MS.map((bound) => `le="${bound === Infinity ? '+Inf' : bound / 1000}"`);

/**
 * Counters, histograms and gauges in Prometheus' text format, version 0.0.4. The usual library needs
 * Node's own modules and a fifth of the time of a start; what is used of it fits on this page. All
 * names begin with `prefix`.
 */
export function createRegistry(prefix = '') {
	const metrics: Array<() => string> = [];

	const add = (name: string, type: string, help: string, samples: () => string[]) => {
		const lines = () => [`# HELP ${prefix}${name} ${help}`, `# TYPE ${prefix}${name} ${type}`];
		metrics.push(() => [...lines(), ...samples().map((text) => prefix + text), ''].join('\n'));
	};

	return {
		/** Counts up; one series for each combination of label values. */
		counter<L extends string>(name: string, help: string, labels: readonly L[]): Count<L> {
			const series = createSeries(labels, (text) => ({ text, count: 0 }));
			add(name, 'counter', help, () =>
				series.all().map(({ text, count }) => sample(name, text, count))
			);
			return (values) => void series.at(values).count++;
		},
		/** Sorts durations in milliseconds into buckets; published in seconds, as Prometheus has them. */
		histogram<L extends string>(name: string, help: string, labels: readonly L[]): Observe<L> {
			const series = createSeries(labels, (text) => ({
				text,
				buckets: BUCKETS_MS.map(() => 0),
				sumMs: 0,
			}));
			add(name, 'histogram', help, () =>
				series.all().flatMap(({ text, buckets, sumMs }) => {
					let count = 0;
					return [
						...buckets.map((inside, index) => {
							const inBucket = text ? `${text},${BOUNDS[index]}` : BOUNDS[index]!;
							return sample(`${name}_bucket`, inBucket, (count += inside));
						}),
						sample(`${name}_sum`, text, sumMs / 1000),
						sample(`${name}_count`, text, count),
					];
				})
			);
			return (milliseconds, values) => {
				const entry = series.at(values);
				entry.buckets[BUCKETS_MS.findIndex((bound) => milliseconds <= bound)]!++;
				entry.sumMs += milliseconds;
			};
		},
		/** Is read when somebody asks. */
		gauge: (name: string, help: string, read: () => number) =>
			add(name, 'gauge', help, () => [sample(name, '', read())]),
		/** All of it. */
		text: () => metrics.map((metric) => metric()).join(''),
	};
}

function createSeries<L extends string, T>(labels: readonly L[], create: (text: string) => T) {
	const entries = new Map<string, T>();
	return {
		at(values: Labels<L>): T {
			// Shorter than the text, and made for every request: a value with the sign in it is none of ours.
			let key = '';
			for (const label of labels) {
				key += `${values[label]}\0`;
			}
			let entry = entries.get(key);
			if (!entry) {
				entry = create(
					labels.map((label) => `${label}="${escape(values[label])}"`).join(',')
				);
				entries.set(key, entry);
			}
			return entry;
		},
		all: () => [...entries.values()],
	};
}

const sample = (name: string, labels: string, value: number) =>
	`${name}${labels && `{${labels}}`} ${value}`;

const escape = (value: string) => value.replace(/[\\"\n]/g, (sign) => ESCAPED[sign]!);
const ESCAPED: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };
