import { describe, expect, it } from 'vitest';
import { runTests } from './run-tests.ts';
import { globals, logging, permission, sampleTemplate, scripts } from './sample-template.ts';

const CODE = `
	const callInWindow = require('callInWindow');
	const log = require('logToConsole');
	if (data.load) {
		require('injectScript')(data.load, data.gtmOnSuccess, data.gtmOnFailure, 'a');
		return;
	}
	if (data.later) {
		require('callLater')(() => { callInWindow('init', data.later); data.gtmOnSuccess(); });
		return;
	}
	if (data.store) { require('templateStorage').setItem('a', 1); }
	if (data.key) { log(callInWindow(data.key, {id: data.id})); }
	data.gtmOnSuccess();
	if (data.twice) { data.gtmOnFailure(); }
	return 'returned';
`;
const PERMISSIONS = [
	globals({ init: 'x' }),
	scripts('https://a.example/*'),
	logging(),
	permission('access_template_storage'),
];

/** Why this scenario fails; nothing when it passes. */
function failure(scenario: string, setup?: string) {
	const [result] = runTests(
		sampleTemplate({
			code: CODE,
			permissions: PERMISSIONS,
			scenarios: [{ name: 'One', code: scenario }],
			...(setup !== undefined && { setup }),
		})
	);
	return result!.failures.join('\n');
}

describe('a scenario that holds', () => {
	it.each([
		[
			"runCode(); assertApi('gtmOnSuccess').wasCalled(); assertApi('gtmOnFailure').wasNotCalled();",
		],
		["assertThat(runCode()).isEqualTo('returned');"],
		[
			"mock('callInWindow', 7); runCode({key: 'init', id: 1}); assertApi('callInWindow').wasCalledWith('init', {id: 1});",
		],
		[
			"mock('callInWindow', 7); runCode({key: 'init'}); assertApi('logToConsole').wasCalledWith(7);",
		],
		[
			"mock('callInWindow', (key, value) => value.id + 1); runCode({key: 'init', id: 1}); assertApi('logToConsole').wasCalledWith(2);",
		],
		[
			"mock('injectScript', (url, ok, no) => no()); runCode({load: 'https://a.example/a.js'}); assertApi('gtmOnFailure').wasCalled();",
		],
		[
			"mock('callInWindow', (key, value) => assertThat(value).isEqualTo(1)); runCode({later: 1});",
		],
		[
			"let stored; mockObject('templateStorage', {setItem: (key) => { stored = key; }}); runCode({store: true}); assertThat(stored).isEqualTo('a'); assertApi('templateStorage.setItem').wasCalledWith('a', 1);",
		],
		[
			"require('setInWindow'); assertThat([1, {a: 2}]).contains({a: 2}).doesNotContain(3).hasLength(2).isNotEmpty().isArray();",
		],
		[
			"assertThat('abc').contains('b').isString().isNotEqualTo('b').isNoneOf('x', 'y').isAnyOf('abc');",
		],
		[
			'assertThat([2, 1]).containsExactly(1, 2); assertThat({}.a).isUndefined(); assertThat(null).isNull().isFalsy();',
		],
		["assertApi('callInWindow').wasNotCalledWith('init');"],
	])('%s', (scenario) => {
		expect(failure(scenario)).toBe('');
	});
	it('sees what the setup declares, and its mocks', () => {
		const setup = "const fields = {key: 'init'}; mock('callInWindow', 7);";
		expect(failure("runCode(fields); assertApi('logToConsole').wasCalledWith(7);", setup)).toBe(
			''
		);
	});
});

describe('a scenario that fails', () => {
	it.each([
		['without an assertion', 'runCode();', 'asserts nothing'],
		[
			'by its assertion',
			'assertThat(runCode()).isEqualTo(1);',
			'expected "returned" to equal 1',
		],
		[
			'with its own words',
			"assertThat(1, 'the id').isUndefined();",
			'the id: expected 1 to be undefined',
		],
		['by fail', "fail('not so');", 'not so'],
		[
			'in a mock',
			"mock('callInWindow', () => fail('called')); runCode({key: 'init'});",
			'called',
		],
		[
			'in what is called later',
			"mock('callInWindow', () => fail('too late')); runCode({later: 1});",
			'too late',
		],
		['because nothing was called', "assertApi('callInWindow').wasCalled();", 'its calls: none'],
		[
			'because of other arguments',
			"mock('callInWindow', 1); runCode({key: 'init'}); assertApi('callInWindow').wasCalledWith('init');",
			'its calls: ["init",{}]',
		],
		[
			'because it was called',
			"runCode(); assertApi('gtmOnSuccess').wasNotCalled();",
			'not to have been called',
		],
		[
			'because the tag ends twice',
			"runCode({twice: true}); assertApi('gtmOnSuccess').wasCalled();",
			'Let every path end once',
		],
		[
			'because a mocked call lacks its permission',
			"mock('callInWindow', 1); runCode({key: 'other'}); assertThat(1).isEqualTo(1);",
			'lacks access_globals to execute "other"',
		],
		[
			'because a mocked URL lacks its permission',
			"mock('injectScript', 1); runCode({load: 'https://b.example/'}); assertThat(1).isEqualTo(1);",
			'lacks inject_script for https://b.example/',
		],
		[
			'because a script would load',
			"runCode({load: 'https://a.example/a.js'}); assertThat(1).isEqualTo(1);",
			'Mock injectScript',
		],
		[
			'because the code throws',
			"mock('callInWindow', (key, value) => value.a.b); runCode({key: 'init'}); assertThat(1).isEqualTo(1);",
			'The code threw',
		],
		[
			'because an API is not there',
			"mock('fetch', 1); assertThat(1).isEqualTo(1);",
			'has no API "fetch"',
		],
		[
			'because an asserted API is not there',
			"assertApi('fetch').wasNotCalled();",
			'has no API "fetch"',
		],
		[
			'because its own code is refused',
			'assertThat(/a/).isDefined();',
			'refuses this code: line 2: a regular expression',
		],
	])('%s', (_name, scenario, message) => {
		expect(failure(scenario)).toContain(message);
	});
});

it('each scenario starts anew: mocks, calls, storage and window are gone', () => {
	const results = runTests(
		sampleTemplate({
			code: CODE,
			permissions: PERMISSIONS,
			scenarios: [
				{
					name: 'First',
					code: "mock('callInWindow', 7); runCode({key: 'init', store: true}); assertApi('logToConsole').wasCalledWith(7);",
				},
				{
					name: 'Second',
					code: "assertApi('callInWindow').wasNotCalled(); assertThat(require('templateStorage').getItem('a')).isNull(); runCode({key: 'init'}); assertApi('logToConsole').wasCalledWith(undefined);",
				},
			],
		})
	);
	expect(results).toEqual([
		{ name: 'First', assertions: 1, failures: [] },
		{ name: 'Second', assertions: 3, failures: [] },
	]);
});
