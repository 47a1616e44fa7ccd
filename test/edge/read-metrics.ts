/**
 * Prometheus' text format, read strictly: HELP and TYPE before a metric's samples, each sample once.
 * The answer has each sample's value by its name and labels: `x_total{route="/token"}`.
 */
export function readMetrics(text: string): Record<string, number> {
	const samples: Record<string, number> = {};
	let name = '';
	for (const [index, line] of text.trimEnd().split('\n').entries()) {
		const help = /^# HELP (\w+) \S.*$/.exec(line);
		const type = /^# TYPE (\w+) (counter|gauge|histogram)$/.exec(line);
		const sample =
			/^((\w+?)(?:_bucket|_sum|_count)?(?:\{(?:\w+="(?:[^"\\]|\\[\\"n])*",?)+\})?) (\S+)$/.exec(
				line
			);
		if (help) {
			name = help[1]!;
		} else if (type ? type[1] !== name : sample?.[2] !== name || sample[1]! in samples) {
			throw new Error(`Line ${index + 1} is not right: ${line}`);
		} else if (sample) {
			samples[sample[1]!] = Number(sample[3]);
		}
	}
	return samples;
}
