import { describe, expect, it } from 'vitest';
import { withPart } from '../bench/document.ts';
import { row } from '../bench/row.ts';

const MACHINE = {
	cpu: 'Example 9000',
	cores: 2,
	node: 'v20.20.2',
	date: '2026-11-26T14:22:19.371Z',
	commit: '0123456789abcdef+',
};
const ROWS = [
	row({ name: 'start', value: 44.04, unit: 'ms', baseline: 26 }, { of: 'ratio', most: 1.6 }),
	row({ name: 'tokens', value: 15_900, unit: '' }),
];
const SECTION = `## edge

2 × Example 9000, Node v20.20.2, 2026-11-26, commit 0123456 with changes.

| what | value | baseline | ratio | budget | |
| --- | --- | --- | --- | --- | --- |
| start | 44.0 ms | 26 ms | 1.69 | ratio ≤ 1.6 | BROKEN |
| tokens | 15,900 | | | | |
`;

describe('the page of benchmarks', () => {
	it('gets a part that it did not have, at its end', () => {
		expect(withPart('# Benchmarks\n\nWhat they are.\n', 'edge', ROWS, MACHINE)).toBe(
			`# Benchmarks\n\nWhat they are.\n\n${SECTION}`
		);
	});

	it('gets new figures for a part in its place, and keeps the others', () => {
		const before = '# Benchmarks\n\n## soak\n\nsoaked\n\n## edge\n\nold\n\n## load\n\nloaded\n';
		const after = withPart(before, 'edge', ROWS, MACHINE);
		expect(after).toBe(before.replace('## edge\n\nold\n', SECTION));
		expect(withPart(after, 'edge', ROWS, MACHINE)).toBe(after);
	});
});
