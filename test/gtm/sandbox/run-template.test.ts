import { describe, expect, it } from 'vitest';
import { openGtmPage } from './page.ts';
import { runTemplate } from './run-template.ts';
import { globals, logging, sampleTemplate, scripts } from './sample-template.ts';

const LOADER = 'https://inbox.shop.example/app-inbox/loader.js';
const PERMISSIONS = [globals({ f: 'x' }), scripts(LOADER), logging()];
const run = (code: string, window: object = {}, data = {}) =>
	runTemplate(sampleTemplate({ code, permissions: PERMISSIONS }), {
		window,
		data,
		loadScript: (_url, loaded, failed) => {
			loaded();
			failed();
		},
	});

describe('the outcome', () => {
	it.each([
		['data.gtmOnSuccess();', 'success'],
		['data.gtmOnFailure();', 'failure'],
		['if (data.nothing) { data.gtmOnSuccess(); }', 'pending'],
		['data.nothing.at.all();', 'threw'],
	])('of %s is %s', (code, outcome) => {
		expect(run(code).outcome).toBe(outcome);
	});
	it.each([
		['data.gtmOnSuccess(); data.gtmOnSuccess();', 'success'],
		['data.gtmOnFailure(); data.gtmOnSuccess();', 'failure'],
		[`require('injectScript')('${LOADER}', data.gtmOnSuccess, data.gtmOnFailure);`, 'success'],
	])('said twice is a problem: %s', (code, outcome) => {
		const { problems, ...rest } = run(code);
		expect(rest.outcome).toBe(outcome);
		expect(problems).toEqual([
			{ kind: 'outcome', message: expect.stringContaining('Let every path end once') },
		]);
	});
	it('may come later', () => {
		let load = () => {};
		const code = `require('injectScript')('${LOADER}', data.gtmOnSuccess, data.gtmOnFailure, 'a');`;
		const tag = runTemplate(sampleTemplate({ code, permissions: PERMISSIONS }), {
			loadScript: (_url, loaded) => (load = loaded),
		});
		expect(tag.outcome).toBe('pending');
		load();
		expect(tag.outcome).toBe('success');
	});
});

describe('code that throws', () => {
	it('is noted, also in a callback, and does not reach the page', () => {
		const { problems, outcome } = run(
			`data.gtmOnSuccess(); require('injectScript')('${LOADER}', () => data.nothing.at.all());`
		);
		expect(outcome).toBe('success');
		expect(problems).toEqual([
			{ kind: 'error', message: expect.stringContaining('The code threw: Cannot read') },
		]);
	});
	it('so is a page’s function that throws, which the tag cannot catch', () => {
		const f = () => {
			throw new Error('no inbox today');
		};
		const { problems, outcome } = run("require('callInWindow')('f'); data.gtmOnSuccess();", {
			f,
		});
		expect(outcome).toBe('threw');
		expect(problems[0]?.message).toContain('no inbox today');
	});
});

it('code that the lint refuses does not run at all', () => {
	expect(() => run('data.gtmOnSuccess(); window.alert(1);')).toThrow('the unknown name window');
});
it('fields are copies: what is not plain is gone', () => {
	const list = [1];
	const { logs } = run(
		"data.list.push(2); require('logToConsole')(data.list, data.when);",
		{},
		{
			list,
			when: new Date(),
		}
	);
	expect(logs).toEqual([[[1, 2], undefined]]);
	expect(list).toEqual([1]);
});
it('two firings share a page', () => {
	const urls: string[] = [];
	const page = openGtmPage({ loadScript: (url) => void urls.push(url) });
	const code = `require('injectScript')('${LOADER}', data.gtmOnSuccess, data.gtmOnFailure, 'a');`;
	const template = sampleTemplate({ code, permissions: PERMISSIONS });
	runTemplate(template, { page });
	runTemplate(template, { page });
	expect(urls).toEqual([LOADER]);
});
