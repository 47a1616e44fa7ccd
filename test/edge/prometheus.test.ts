import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRegistry } from '../../src/edge/prometheus.ts';
import { readMetrics } from './read-metrics.ts';

it('counts, measures and reads in a form that Prometheus understands', () => {
	const registry = createRegistry();
	const requests = registry.counter('requests_total', 'Requests.', ['route', 'status']);
	const time = registry.histogram('time_seconds', 'Time.', ['route']);
	registry.gauge('open', 'Open.', () => 1);
	requests({ route: '/token', status: '200' });
	requests({ route: '/token', status: '200' });
	requests({ route: '/token', status: '401' });
	time(0, { route: '/token' });
	time(5, { route: '/token' });
	time(6, { route: '/token' });
	time(99_999, { route: '/token' });

	expect(readMetrics(registry.text())).toEqual({
		'requests_total{route="/token",status="200"}': 2,
		'requests_total{route="/token",status="401"}': 1,
		...Object.fromEntries(
			Object.entries({
				0.001: 1,
				0.002: 1,
				0.005: 2,
				0.01: 3,
				0.025: 3,
				0.05: 3,
				0.1: 3,
				0.25: 3,
				0.5: 3,
				1: 3,
				2.5: 3,
				5: 3,
				10: 3,
				'+Inf': 4,
			}).map(([bound, count]) => [`time_seconds_bucket{route="/token",le="${bound}"}`, count])
		),
		'time_seconds_sum{route="/token"}': 100.01,
		'time_seconds_count{route="/token"}': 4,
		open: 1,
	});
	expect(registry.text()).toContain('# HELP open Open.\n# TYPE open gauge\nopen 1\n');
});

it('keeps any label value inside its quotes, and apart from every other', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (values) => {
			const registry = createRegistry();
			const count = registry.counter('x_total', 'X.', ['value']);
			values.forEach((value) => count({ value }));
			const lines = registry.text().trimEnd().split('\n');
			expect(lines).toHaveLength(2 + values.length);
			const read = lines
				.slice(2)
				.map((line) => /^x_total\{value="((?:[^"\\]|\\[\\"n])*)"\} 1$/.exec(line)![1]!)
				.map((text) =>
					text.replace(/\\(.)/g, (_all, sign: string) => (sign === 'n' ? '\n' : sign))
				);
			expect(read).toEqual(values);
		})
	);
});
