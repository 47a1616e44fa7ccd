import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { openWindow } from './dom.ts';
import { consents, globals, logging, sampleText, scripts } from './sample-template.ts';

const LOADER = 'https://inbox.shop.example/app-inbox/loader.js';
const TEMPLATE = sampleText({
	parameters: [
		{
			type: 'TEXT',
			name: 'id',
			valueValidators: [{ type: 'NON_EMPTY', errorMessage: 'Give an id.' }],
		},
		{ type: 'TEXT', name: 'language', defaultValue: 'uk' },
	],
	code: `
		require('logToConsole')(require('isConsentGranted')('ad_storage'));
		require('injectScript')('${LOADER}', () => {
			require('callInWindow')('appInbox.init', {id: data.id, language: data.language});
			data.gtmOnSuccess();
		}, data.gtmOnFailure, 'loader');`,
	permissions: [
		globals({ 'appInbox.init': 'x' }),
		scripts(LOADER),
		logging(),
		consents('ad_storage'),
	],
});

async function openPage() {
	const { outputFiles } = await build({
		entryPoints: [fileURLToPath(new URL('page-runner.ts', import.meta.url))],
		bundle: true,
		write: false,
		format: 'iife',
		platform: 'browser',
		logLevel: 'silent',
	});
	const window = openWindow();
	window.eval(outputFiles[0]!.text);
	return window;
}

it('fires a tag in a real page, which loads its script once', async () => {
	const window = await openPage();
	// No name for a parameter.
	window.static = 1;
	const calls: unknown[] = [];
	window.appInbox = { init: (config: unknown) => void calls.push(config) };
	const first = window.runGtmTag(TEMPLATE, { id: 'a' }, { consent: { ad_storage: 'denied' } });
	const second = window.runGtmTag(TEMPLATE, { id: 'b' });
	const [script, ...others] = window.document.head.querySelectorAll('script');
	expect([script!.src, script!.async, others.length]).toEqual([LOADER, true, 0]);
	expect([first.outcome, first.logs]).toEqual(['pending', [[false]]]);
	script!.dispatchEvent(new window.Event('load'));
	expect([first.outcome, second.outcome]).toEqual(['success', 'success']);
	expect(calls).toEqual([
		{ id: 'a', language: 'uk' },
		{ id: 'b', language: 'uk' },
	]);
	window.updateGtmConsent({ ad_storage: 'granted' });
	expect(window.runGtmTag(TEMPLATE, { id: 'c' }).logs).toEqual([[true]]);
});
it('says why a tag’s form cannot be saved', async () => {
	const window = await openPage();
	expect(() => window.runGtmTag(TEMPLATE, {})).toThrow('id: Give an id.');
});
it('fails with a script that does not load', async () => {
	const window = await openPage();
	const run = window.runGtmTag(TEMPLATE, { id: 'a' });
	window.document.querySelector('script')!.dispatchEvent(new window.Event('error'));
	expect([run.outcome, run.problems]).toEqual(['failure', []]);
});
