import { expect, it } from 'vitest';
import { lintPermissions } from './lint-permissions.ts';
import {
	consents,
	cookies,
	globals,
	logging,
	permission,
	sampleTemplate,
	scripts,
} from './sample-template.ts';

const LOADER = 'https://inbox.shop.example/app-inbox/loader.js';
const CODE = `
const callInWindow = require('callInWindow');
const injectScript = require('injectScript');
const LOADER = '${LOADER}';
injectScript(LOADER, () => callInWindow('appInbox.init', {}), data.gtmOnFailure, 'loader');
`;
const complaints = (code: string, ...permissions: unknown[]) =>
	lintPermissions(sampleTemplate({ code, permissions }));

it('takes exactly what the calls need', () => {
	expect(complaints(CODE, globals({ 'appInbox.init': 'x' }), scripts(LOADER))).toEqual([]);
});
it.each([
	[
		'a permission is missing',
		[globals({ 'appInbox.init': 'x' })],
		'needs the permission inject_script',
	],
	[
		'a key is missing',
		[globals({ appInbox: 'x' }), scripts(LOADER)],
		'access_globals to execute "appInbox.init", which is not granted',
	],
	[
		'a right is missing',
		[globals({ 'appInbox.init': 'rw' }), scripts(LOADER)],
		'to execute "appInbox.init", which is not',
	],
	[
		'a URL is missing',
		[globals({ 'appInbox.init': 'x' }), scripts('https://other.example/*')],
		`inject_script for ${LOADER}, which is not`,
	],
	[
		'a permission is not used',
		[globals({ 'appInbox.init': 'x' }), scripts(LOADER), logging()],
		'logging belongs to no required API',
	],
	[
		'a key is not used',
		[globals({ 'appInbox.init': 'x', dataLayer: 'r' }), scripts(LOADER)],
		'No call needs access_globals to read "dataLayer"',
	],
	[
		'a right is not used',
		[globals({ 'appInbox.init': 'rx' }), scripts(LOADER)],
		'No call needs access_globals to read "appInbox.init"',
	],
	[
		'a URL is not used',
		[globals({ 'appInbox.init': 'x' }), scripts(LOADER, 'https://cdn.example/a.js')],
		'No call needs inject_script for https://cdn.example/a.js',
	],
])('complains when %s', (_name, permissions, complaint) => {
	expect(complaints(CODE, ...permissions).join('\n')).toContain(complaint);
});
it('knows which cookie is read', () => {
	const code = "require('getCookieValues')('a');";
	expect(complaints(code, cookies('a'))).toEqual([]);
	expect(complaints(code, cookies('a', 'b'))).toEqual([
		'No call needs get_cookies for "b". Take it out.',
	]);
});
it('does not guess which key a variable holds', () => {
	const code = "const isGranted = require('isConsentGranted'); isGranted(data.type);";
	expect(complaints(code, consents('ad_storage', 'analytics_storage'))).toEqual([]);
});
it('knows calls of an object’s methods and of a require on the spot', () => {
	const code = "require('templateStorage').getItem('a'); require('logToConsole')('b');";
	expect(complaints(code, logging())).toEqual([
		'An API needs the permission access_template_storage, which the template lacks. Add it.',
	]);
	expect(complaints(code, logging(), permission('access_template_storage'))).toEqual([]);
});
