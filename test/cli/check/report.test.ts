import { describe, expect, it } from 'vitest';
import { fail, pass, skip } from '../../../src/cli/check/finding.ts';
import { toJson, toTable, type Row } from '../../../src/cli/check/report.ts';
import { answerText } from '../../edge/upstreams.ts';
import { API_KEY, Stage } from './stage.ts';

const rows: Row[] = [
	{ id: 'environment', finding: fail({ message: 'One.\nTwo.', next: 'Mend both.' }) },
	{ id: 'vendor-key', finding: pass('The key of “Крамниця 山田” is accepted by eSputnik.') },
	{ id: 'token', finding: skip('Not tried.') },
];

it('for people: a row for each, what to do on a line of its own, and a summary', () => {
	expect(toTable(rows, { columns: 60, colors: false })).toBe(`\
✖ fail  environment  One.
                     Two.
                     → Mend both.
✔ pass  vendor-key   The key of “Крамниця 山田” is accepted
                     by eSputnik.
– skip  token        Not tried.

1 passed, 1 failed, 1 skipped.
`);
});

it('says nothing of failures where there are none', () => {
	const text = toTable([rows[1]!], { columns: 80, colors: false });
	expect(text.trim().split('\n').at(-1)).toBe('1 passed.');
});

it('colours the marks, and breaks lines as without', () => {
	const text = toTable(rows, { columns: 60, colors: true });
	expect(text).toContain('\u001b[31m✖ fail\u001b[39m');
	expect(text).toContain('\u001b[32m1 passed\u001b[39m');
	expect(text.replace(/\u001b\[\d+m/g, '')).toBe(toTable(rows, { columns: 60, colors: false }));
});

it('loses nothing of an address that is longer than a line', () => {
	const address = `https://example.com/${'long/'.repeat(30)}end`;
	const text = toTable([{ id: 'site', finding: pass(`At ${address}.`) }], {
		columns: 60,
		colors: false,
	});
	expect(text.split('\n\n')[0]!.replace(/\s/g, '')).toBe(`✔passsiteAt${address}.`);
	expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(60);
});

it('for programs: one sentence after the other', () => {
	expect(JSON.parse(toJson(rows)).checks).toEqual([
		{ id: 'environment', status: 'fail', message: 'One. Two. Mend both.' },
		{
			id: 'vendor-key',
			status: 'pass',
			message: 'The key of “Крамниця 山田” is accepted by eSputnik.',
		},
		{ id: 'token', status: 'skip', message: 'Not tried.' },
	]);
});

describe('the program', () => {
	const stage = new Stage();

	it.each([60, 120])('keeps to %d columns', async (columns) => {
		stage.vendor.answer = answerText('', 401);
		stage.unroute();
		const { code, stdout, stderr } = await stage.run([], { COLUMNS: String(columns) });
		expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
		const lines = stdout.split('\n');
		const widest = Math.max(...lines.map(({ length }) => length));
		expect(widest).toBeLessThanOrEqual(columns);
		expect(widest).toBeGreaterThan(columns - 20);
		expect(lines.filter((line) => /^(✔ pass|✖ fail|– skip) {2}\S/.test(line))).toHaveLength(9);
		expect(lines.filter((line) => /^ {21}→ \S/.test(line))).toHaveLength(2);
		expect(lines.at(-2)).toBe('2 passed, 2 failed, 5 skipped.');
		// No colours, no progress: nobody watches.
		expect(stdout).not.toContain('\u001b');
		expect(stdout).not.toContain(API_KEY);
	});

	it('takes 80 columns where nobody says how many', async () => {
		const { stdout } = await stage.run();
		const widest = Math.max(...stdout.split('\n').map(({ length }) => length));
		expect(widest).toBeGreaterThan(60);
		expect(widest).toBeLessThanOrEqual(80);
	});
});
