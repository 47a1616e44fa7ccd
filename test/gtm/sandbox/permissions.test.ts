import { describe, expect, it } from 'vitest';
import { runTemplate } from './run-template.ts';
import {
	consents,
	cookies,
	dataLayer,
	globals,
	logging,
	permission,
	sampleTemplate,
	scripts,
} from './sample-template.ts';

const LOADER = 'https://inbox.shop.example/app-inbox/loader.js';

/** Calls an API with these arguments, and says which permission it lacked. */
function denied(api: string, args: string, ...permissions: unknown[]) {
	const loads: string[] = [];
	const run = runTemplate(
		sampleTemplate({
			code: `require('${api}')(${args}); data.gtmOnSuccess();`,
			permissions,
		}),
		{
			window: { appInbox: { init: () => 1 }, dataLayer: [{ a: { b: 1 } }] },
			loadScript: (url) => void loads.push(url),
		}
	);
	const [problem] = run.problems;
	// A denied call ends the tag, because sandboxed code cannot catch.
	expect(run.outcome).toBe(problem ? 'threw' : 'success');
	return problem?.message.split(' Add it')[0];
}

describe('a call without its permission ends the tag', () => {
	it.each([
		[
			'callInWindow',
			"'appInbox.init'",
			[globals({ 'appInbox.init': 'rw' })],
			'execute "appInbox.init"',
		],
		[
			'callInWindow',
			"'appInbox.init'",
			[globals({ appInbox: 'rwx' })],
			'execute "appInbox.init"',
		],
		['copyFromWindow', "'appInbox'", [globals({ appInbox: 'wx' })], 'read "appInbox"'],
		['setInWindow', "'appInbox', 1", [globals({ appInbox: 'rx' })], 'write "appInbox"'],
		['aliasInWindow', "'a', 'b'", [globals({ a: 'w', b: 'w' })], 'read "b"'],
		['createQueue', "'dataLayer'", [globals({ dataLayer: 'r' })], 'write "dataLayer"'],
		['createArgumentsQueue', "'eS', 'eS.q'", [globals({ eS: 'rw' })], 'read "eS.q"'],
		['injectScript', `'${LOADER}?a=1'`, [scripts(LOADER)], `inject_script for ${LOADER}?a=1`],
		['logToConsole', "'a'", [], 'logging'],
		['copyFromDataLayer', "'ab'", [dataLayer('a', 'a.*')], 'read_data_layer for "ab"'],
		['isConsentGranted', "'ad_storage'", [consents('analytics_storage')], 'read "ad_storage"'],
		['addConsentListener', "'ad_storage', data.f", [], 'read "ad_storage"'],
		['getCookieValues', "'a'", [cookies('ab')], 'get_cookies for "a"'],
		['getContainerVersion', '', [], 'read_container_data'],
	])('%s(%s)', (api, args, permissions, lacked) => {
		expect(denied(api, args, ...permissions)).toContain(lacked);
	});
	it('templateStorage.getItem', () => {
		const code = "require('templateStorage').getItem('a');";
		const loadScript = () => {};
		expect(runTemplate(sampleTemplate({ code }), { loadScript }).problems).toHaveLength(1);
		const permissions = [permission('access_template_storage')];
		expect(runTemplate(sampleTemplate({ code, permissions }), { loadScript }).problems).toEqual(
			[]
		);
	});
});

describe('a call with its permission passes', () => {
	it.each([
		['callInWindow', "'appInbox.init'", [globals({ 'appInbox.init': 'x' })]],
		['setInWindow', "'a', 1", [globals({ a: 'w' })]],
		['createArgumentsQueue', "'eS', 'eS.q'", [globals({ eS: 'rw', 'eS.q': 'rw' })]],
		['logToConsole', "'a'", [logging()]],
		['copyFromDataLayer', "'a.b'", [dataLayer('a.*')]],
		['isConsentGranted', "'ad_storage'", [consents('ad_storage')]],
		['getCookieValues', "'a'", [cookies('b', 'a')]],
	])('%s(%s)', (api, args, permissions) => {
		expect(denied(api, args, ...permissions)).toBeUndefined();
	});
});

describe('URL patterns', () => {
	it.each([
		[LOADER, LOADER, true],
		[LOADER, `${LOADER}.map`, false],
		[LOADER, LOADER.replace('https', 'http'), false],
		[LOADER, LOADER.replace('.example/', '.example:8443/'), false],
		[LOADER, LOADER.replace('.example/', '.example:443/'), true],
		[LOADER, LOADER.replace('https://', 'https://user:pass@'), false],
		[LOADER, LOADER.replace('inbox.', 'xinbox.'), false],
		[LOADER, LOADER.replace('.example', 'xexample'), false],
		['https://*.shop.example/*', LOADER, true],
		['https://*.shop.example/*', 'https://shop.example/a.js', false],
		['https://*.shop.example/*', 'https://inbox.shop.example.evil.example/a.js', false],
		['https://inbox.shop.example/app-inbox/*', LOADER, true],
		[
			'https://inbox.shop.example/app-inbox/*',
			'https://inbox.shop.example/app-inbox/../a.js',
			false,
		],
		[LOADER, 'not a URL', false],
	])('%s and %s: %s', (pattern, url, allowed) => {
		expect(denied('injectScript', `'${url}'`, scripts(pattern)) === undefined).toBe(allowed);
	});
	it.each([
		'https://*/*',
		'https://*.example/*',
		'http://inbox.shop.example/*',
		'https://inbox.shop.example:8443/*',
		'https://localhost/*',
		'https://in*box.shop.example/*',
		'https://inbox.shop.example',
	])('%s matches nothing in Tag Manager, so it is refused', (pattern) => {
		expect(() => denied('injectScript', "'a'", scripts(pattern))).toThrow(pattern);
	});
});

describe('permissions that are refused as a whole', () => {
	it.each([
		[globals({ 'document.cookie': 'r' }), 'access_globals names "document.cookie"'],
		[globals({ 'a b': 'r' }), 'access_globals names "a b"'],
		[permission('read_data_layer'), 'read_data_layer opens the whole data layer'],
		[permission('logging'), 'logging needs environments'],
		[permission('get_cookies'), 'get_cookies opens every cookie'],
		[permission('send_pixel'), 'send_pixel is not modelled'],
	])('%j', (granted, message) => {
		expect(() => denied('getType', '1', granted)).toThrow(message);
	});
	it('one that is there twice', () => {
		expect(() => denied('getType', '1', logging(), logging())).toThrow(
			'logging is there twice'
		);
	});
});

it('queryPermission asks without failing', () => {
	const template = sampleTemplate({
		code: `
			const query = require('queryPermission');
			require('logToConsole')([
				query('access_globals', 'readwrite', 'a'), query('access_globals', 'read', 'a'),
				query('access_globals', 'execute', 'a'), query('inject_script', '${LOADER}'),
				query('logging'), query('access_consent', 'ad_storage', 'read'),
				query('read_data_layer', 'a'), query('unknown'),
				query('get_cookies', 'a'), query('get_cookies', 'b')
			]);`,
		permissions: [
			globals({ a: 'rw' }),
			scripts('https://cdn.example/*'),
			logging(),
			cookies('a'),
		],
	});
	const run = runTemplate(template, { loadScript: () => {} });
	expect(run.problems).toEqual([]);
	expect(run.logs).toEqual([
		[[true, true, false, false, true, false, false, false, true, false]],
	]);
});
