import { expect, it } from 'vitest';
import { parseGtmSettings } from '../../src/gtm/index.ts';
import { defaultSettings } from '../../src/settings/schema.ts';
import { ENDPOINT, SCRIPT_ID, settingsOf } from './example.ts';

const errorsOf = (input: unknown) => {
	const parsed = parseGtmSettings(input);
	return parsed.ok ? {} : parsed.errors;
};
const withEndpoint = (endpoint: unknown) => errorsOf({ scriptId: SCRIPT_ID, endpoint });

it('fills in the defaults of what is left out', () => {
	expect(settingsOf()).toEqual({
		scriptId: SCRIPT_ID,
		scriptHost: 'cdn.esputnik.com',
		script: 'ours',
		features: { appInbox: true, recommendations: false, tracking: false },
		endpoint: ENDPOINT,
		language: 'auto',
		consent: 'marketing',
		identityUrl: '',
	});
});

it('takes all settings of a site, and leaves out those that are of no use here', () => {
	const { schemaVersion, placement, excludedRoles, ...used } = {
		...defaultSettings(),
		scriptId: SCRIPT_ID,
		endpoint: ENDPOINT,
	};
	expect(settingsOf({ ...used, schemaVersion, placement, excludedRoles })).toEqual({
		...used,
		identityUrl: '',
	});
});

it.each(['/', '/blog/?app-inbox=identity', '/Блог/'])(
	'takes the identity address %s',
	(identityUrl) => {
		expect(settingsOf({ identityUrl }).identityUrl).toBe(identityUrl);
	}
);

it.each([
	'https://inbox.example.com/token',
	'https://a.b.c.example.com/app-inbox/token',
	'https://xn--80ak6aa92e.com/app-inbox/token',
	'https://my_app.example.com/token',
	'https://a--b.local.example.com/token',
	"https://inbox.example.com/a'b$&(c);d=,~!+@:%20/token",
])('takes %s', (endpoint) => {
	// The @ of a path is in no endpoint that the settings take.
	const usual = endpoint.replace('@', '');
	expect(settingsOf({ endpoint: usual }).endpoint).toBe(usual);
});

it.each([
	['https://INBOX.Example.com/token', 'https://inbox.example.com/token'],
	['https://inbox.example.com/a/../token', 'https://inbox.example.com/token'],
])('writes %s as browsers do', (endpoint, expected) => {
	expect(settingsOf({ endpoint }).endpoint).toBe(expected);
});

it.each([
	['', 'Give the address of your token function'],
	[undefined, 'Give the address of your token function'],
	['http://inbox.example.com/token', 'give the address that starts with https://'],
	['http://localhost:8787/token', 'give the address that starts with https://'],
	['inbox.example.com/token', 'The address starts with https:// and ends with /token'],
	['ftp://inbox.example.com/token', 'The address starts with https:// and ends with /token'],
	['https://inbox.example.com', 'The address starts with https:// and ends with /token'],
	['https://inbox.example.com/app-inbox', 'starts with https:// and ends with /token'],
	['https://inbox.example.com/token\n', 'starts with https:// and ends with /token'],
	['https://inbox.example.com/"/token', 'starts with https:// and ends with /token'],
	['https://inbox..example.com/token', 'starts with https:// and ends with /token'],
	['https://inbox.example.com\\@evil.example/token', 'starts with https:// and ends'],
	['https://user:secret@inbox.example.com/token', 'leave out all before the @'],
	['https://user@inbox.example.com/token', 'leave out all before the @'],
	['https://inbox.example.com:8443/token', 'give an address without a port'],
	['https://inbox.example.com:443/token', 'give an address without a port'],
	['https://localhost/token', 'give a full domain name'],
	['https://inbox/token', 'give a full domain name'],
	['https://inbox.localhost/token', 'give a full domain name'],
	['https://nas.LOCAL/token', 'give a full domain name'],
	['https://inbox.corp.internal/token', 'give a full domain name'],
	['https://-inbox.example.com/token', 'The host is no domain name'],
	['https://inbox-.example.com/token', 'The host is no domain name'],
	['https://inbox.example-.com/token', 'The host is no domain name'],
	['https://inbox.example.com-/token', 'The host is no domain name'],
	['https://127.0.0.1/token', 'give your token function a domain name'],
	['https://192.0.2.7/token', 'give your token function a domain name'],
	['https://[::1]/token', 'give your token function a domain name'],
	['https://*.example.com/token', 'give the exact address'],
	['https://inbox.example.com/*/token', 'give the exact address'],
	['https://скринька.example/token', 'write it in punycode'],
	['https://inbox.example.com/token?a=b', 'leave out all from the ? or # on'],
	['https://inbox.example.com/token#a', 'leave out all from the ? or # on'],
	['https://xn--a.example.com/token', 'The host is no domain name'],
	[`https://inbox.example.com/${'a'.repeat(500)}/token`, '500 characters at most'],
	[7, 'This value is not of the right kind.'],
])('refuses the endpoint %j, for one clear reason', (endpoint, reason) => {
	const { endpoint: message, ...others } = withEndpoint(endpoint);
	expect(message).toContain(reason);
	expect(message).toMatch(/\.$/);
	expect(message).not.toMatch(/secret|evil|undefined/);
	expect(others).toEqual({});
});

it.each([
	[{ scriptId: '' }, 'scriptId', 'Give your script id'],
	[{ scriptId: undefined }, 'scriptId', 'Give your script id'],
	[{ scriptId: '123' }, 'scriptId', 'A script id has 32 digits'],
	[{ scriptId: `${SCRIPT_ID}\n` }, 'scriptId', 'A script id has 32 digits'],
	[{ scriptId: 5 }, 'scriptId', 'not of the right kind'],
	[{ scriptHost: 'evil.example' }, 'scriptHost', 'not an address that eSputnik serves'],
	[{ script: 'both' }, 'script', 'whether App Inbox or your own snippet'],
	[{ language: 'english' }, 'language', 'two-letter language code'],
	[{ consent: 'ad_storage' }, 'consent', 'Choose one of the consent categories'],
	[{ identityUrl: 'https://shop.example/' }, 'identityUrl', 'as a path of the site'],
	[{ identityUrl: '//shop.example/' }, 'identityUrl', 'as a path of the site'],
	[{ identityUrl: '/\\shop.example/' }, 'identityUrl', 'as a path of the site'],
	[{ identityUrl: '/a b' }, 'identityUrl', 'as a path of the site'],
	[{ identityUrl: `/${'a'.repeat(500)}` }, 'identityUrl', 'as a path of the site'],
	[{ identityUrl: 5 }, 'identityUrl', 'not of the right kind'],
	[{ features: { tracking: 'yes' } }, 'features.tracking', 'not of the right kind'],
])('refuses %j', (some, field, reason) => {
	const errors = errorsOf({ scriptId: SCRIPT_ID, endpoint: ENDPOINT, ...some });
	expect(errors).toEqual({ [field]: expect.stringContaining(reason) });
});

it.each([[undefined], [null], ['text'], [[]]])('refuses %j', (input) => {
	expect(parseGtmSettings(input).ok).toBe(false);
});

it('names all that is wrong at once', () => {
	expect(Object.keys(errorsOf({ language: 'x' })).sort()).toEqual([
		'endpoint',
		'language',
		'scriptId',
	]);
});
