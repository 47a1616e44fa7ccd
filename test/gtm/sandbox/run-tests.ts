import { AssertionFailure, assertThat, isEqual, show } from './assertions.ts';
import { isApi, refusedApi } from './demands.ts';
import { compile, type Compiled } from './execute.ts';
import { openGtmPage } from './page.ts';
import type { Template } from './parse-template.ts';
import { readPolicy, type Policy } from './permissions.ts';
import { compileTag, fire } from './run-template.ts';
import { createSandbox } from './sandbox.ts';

export interface ScenarioResult {
	name: string;
	assertions: number;
	/** Why it failed; none means that it passed. */
	failures: string[];
}

/**
 * Runs the TESTS section: each scenario with the setup before it, on a page of its own, its mocks
 * gone afterwards. Stricter than Tag Manager in three things: mocked calls need their permission
 * too, a tag must not end twice, and a scenario must assert something.
 */
export const runTests = (template: Template): ScenarioResult[] => [
	...prepareTests(template)(template.code),
];

/** The same for any code in the template's place; scenarios run as the results are asked for. */
export function prepareTests({ setup, scenarios, permissions }: Template) {
	const policy = readPolicy(permissions);
	const prepared = scenarios.map(({ name, code }) => ({
		name,
		execute: prepare(`${setup}\n${code}`),
	}));
	return function* (code: string): Generator<ScenarioResult> {
		const tag = compileTag(code);
		for (const { name, execute } of prepared) {
			yield typeof execute === 'string'
				? { name, assertions: 0, failures: [execute] }
				: runScenario(name, execute, tag, policy);
		}
	};
}

const TEST_NAMES = ['require', 'runCode', 'mock', 'mockObject', 'assertThat', 'assertApi', 'fail'];

/** A scenario made runnable, or why it is not. */
function prepare(code: string): Compiled | string {
	try {
		return compile(code, TEST_NAMES);
	} catch (error) {
		return (error as Error).message;
	}
}

function runScenario(
	name: string,
	execute: Compiled,
	tag: Compiled,
	policy: Policy
): ScenarioResult {
	const result: ScenarioResult = { name, assertions: 0, failures: [] };
	const fail = (message: string) => void result.failures.push(message);
	const deferred: (() => void)[] = [];
	const page = openGtmPage({
		loadScript: (url) => fail(`${url} would really load. Mock injectScript in this scenario.`),
		later: (run) => void deferred.push(run),
		now: () => 0,
	});

	const mocks = new Map<string, unknown>();
	const calls = new Map<string, unknown[][]>();
	const record = (api: string, args: unknown[]) =>
		void calls.set(api, [...(calls.get(api) ?? []), args]);
	const sandbox = createSandbox(page, policy, 'test', (api, args, method) => {
		const path = method ? `${api}.${method}` : api;
		record(path, args);
		if (!mocks.has(path)) {
			return undefined;
		}
		const mock = mocks.get(path);
		return { answer: typeof mock === 'function' ? mock(...args) : mock };
	});

	const scope = {
		...testApis(mocks, calls, () => void result.assertions++),
		require: sandbox.require,
		runCode: (data: Record<string, unknown> = {}) =>
			fire(tag, sandbox, data, (outcome) => record(outcome, [])).returned,
	};
	const attempt = (run: () => unknown) =>
		sandbox.enter(() => {
			try {
				return run();
			} catch (error) {
				if (!(error instanceof AssertionFailure)) {
					throw error;
				}
				fail(error.message);
				return undefined;
			}
		});

	attempt(() => execute(scope));
	while (deferred.length > 0) {
		attempt(deferred.shift()!);
	}
	sandbox.problems.forEach(({ message }) => fail(message));
	if (result.assertions === 0 && result.failures.length === 0) {
		fail('The scenario asserts nothing. Call assertThat, assertApi or fail in it.');
	}
	return result;
}

function testApis(mocks: Map<string, unknown>, calls: Map<string, unknown[][]>, count: () => void) {
	const known = (name: string) => {
		if (!isApi(name)) {
			throw new AssertionFailure(refusedApi(name));
		}
	};
	return {
		mock(name: string, answer: unknown) {
			known(name);
			mocks.set(name, answer);
		},
		mockObject(name: string, methods: Record<string, unknown>) {
			known(name);
			for (const [method, answer] of Object.entries(methods)) {
				mocks.set(`${name}.${method}`, answer);
			}
		},
		assertThat(actual: unknown, message?: string) {
			count();
			return assertThat(actual, message);
		},
		assertApi(name: string) {
			if (!['gtmOnSuccess', 'gtmOnFailure'].includes(name)) {
				known(name.split('.')[0] ?? '');
			}
			count();
			return assertApi(name, calls.get(name) ?? []);
		},
		fail(message = 'The scenario called fail.') {
			throw new AssertionFailure(message);
		},
	};
}

function assertApi(name: string, calls: unknown[][]) {
	const check = (says: string, holds: boolean) => {
		if (!holds) {
			throw new AssertionFailure(
				`expected ${name} ${says}; its calls: ${calls.map(show).join(', ') || 'none'}`
			);
		}
		return assertion;
	};
	const wasWith = (args: unknown[]) => calls.some((call) => isEqual(call, args));
	const assertion = {
		wasCalled: () => check('to have been called', calls.length > 0),
		wasNotCalled: () => check('not to have been called', calls.length === 0),
		wasCalledWith: (...args: unknown[]): unknown =>
			check(`to have been called with ${show(args)}`, wasWith(args)),
		wasNotCalledWith: (...args: unknown[]): unknown =>
			check(`not to have been called with ${show(args)}`, !wasWith(args)),
	};
	return assertion;
}
