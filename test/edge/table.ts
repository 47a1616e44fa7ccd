import Table from 'cli-table3';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** What a token endpoint must withstand; each case has tests named after its number. */
const CASES = [
	'alg none',
	'HS256 with the public key',
	'keys in the header, crit',
	'exp, nbf, iat, skew',
	'iss, aud',
	'long lives, weak secrets',
	'key rotation',
	'replay',
	'identity in the body',
	'identifiers',
	'Origin',
	'preflight, Vary',
	'CSRF',
	'the site’s keys',
	'cookies, Basic',
	'redirects, Host, X-Forwarded-*',
	'bodies',
	'eSputnik silent or cut off',
	'refusals, 429',
	'retries',
	'bad tokens',
	'breaker',
	'caches, single-flight',
	'limits',
	'secrets in answers and logs',
];

const RUNTIMES = ['node', 'workerd', 'deno', 'bun', 'vercel', 'netlify'];

type Counts = { passed: number; failed: number };

/**
 * After the contract suite: how many tests of each case passed on each runtime. A runtime that is
 * not installed has empty cells.
 */
export default class ContractTable implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]) {
		const counts = new Map<string, Counts>();
		for (const module of modules) {
			for (const test of module.children.allTests()) {
				count(counts, test);
			}
		}
		if (counts.size > 0) {
			console.log(`\nThe contract suite: tests passed by case and runtime\n${table(counts)}`);
		}
	}
}

function count(counts: Map<string, Counts>, test: TestCase) {
	const [, runtime, number] =
		/^the token function on (\w+) > .*case (\d+):/.exec(test.fullName) ?? [];
	const { state } = test.result();
	if (number === undefined || (state !== 'passed' && state !== 'failed')) {
		return;
	}
	const key = `${runtime} ${number}`;
	const cell = counts.get(key) ?? { passed: 0, failed: 0 };
	cell[state]++;
	counts.set(key, cell);
}

function table(counts: Map<string, Counts>): string {
	const rows = CASES.map((name, index) => [
		`${index + 1}. ${name}`,
		...RUNTIMES.map((runtime) => cellOf(counts.get(`${runtime} ${index + 1}`))),
	]);
	const style = { head: [], border: [], compact: true };
	const output = new Table({ head: ['case', ...RUNTIMES], style });
	output.push(...rows);
	return output.toString();
}

const cellOf = (cell?: Counts) =>
	[cell?.passed && `✓${cell.passed}`, cell?.failed && `✗${cell.failed}`]
		.filter(Boolean)
		.join(' ');
