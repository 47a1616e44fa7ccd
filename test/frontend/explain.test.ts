import { describe, expect, it } from 'vitest';
import { explain } from '../../src/frontend/debug/explain.ts';
import type { Asked, Facts } from '../../src/frontend/debug/facts.ts';
import type { Status } from '../../src/frontend/status.ts';
import { ID, SCRIPT, VERSION } from './page.ts';

const status = (change: Partial<Status> = {}): Status => ({
	version: VERSION,
	state: 'initialised',
	init: 'ours',
	token: 'received',
	message: 'Open ?app-inbox-debug.',
	...change,
});
/** A page on which all is well. */
const facts = (change: Partial<Facts> = {}): Facts => ({
	status: status(),
	config: { scriptId: ID, endpoint: '/app-inbox/token' },
	vendorScripts: [SCRIPT],
	es: 'vendor',
	consent: 'no tool',
	requests: [],
	violated: [],
	...change,
});
const bad = (change: Partial<Facts>) =>
	explain(facts(change))
		.filter((sentence) => sentence.bad)
		.map(({ text }) => text);
const all = (change: Partial<Facts>) =>
	explain(facts(change))
		.map(({ text }) => text)
		.join('\n');

it('a page on which all is well leaves nothing to do', () => {
	expect(explain(facts())).toEqual([
		{ bad: false, text: 'App Inbox made the one init of this page.' },
		{ bad: false, text: 'eSputnik’s script has its token.' },
	]);
});

const credential = (code: number): Asked => ({ what: 'credential', status: code, ms: 9 });

describe('what is wrong, and what to do', () => {
	it.each<[string, Partial<Facts>, RegExp]>([
		['our script has not run', { status: undefined, es: 'none' }, /has not run.*optimiser/],
		['no script id', { status: status({ state: 'idle', token: 'none' }) }, /Paste the snippet/],
		[
			'too late',
			{ status: status({ state: 'already-initialised', init: 'foreign', token: 'none' }) },
			/ran before App Inbox.*Remove that snippet/,
		],
		[
			'blocked',
			{ status: status({ state: 'blocked', token: 'none' }) },
			/did not load.*ad blocker/,
		],
		['an unknown contact', { status: status({ token: 'unknown-contact' }) }, /Add the contact/],
		['no token', { status: status({ token: 'failed' }) }, /\/health/],
		['the script twice', { vendorScripts: [SCRIPT, SCRIPT] }, /twice.*Remove the other/],
		[
			'the site’s own script twice',
			{ vendorScripts: [SCRIPT, SCRIPT], config: { scriptId: ID, script: 'site' } },
			/twice. Remove one/,
		],
		[
			'two accounts',
			{ vendorScripts: [SCRIPT, SCRIPT.replace(ID, 'F'.repeat(32))] },
			/different ids, 0123456789ABCDEF0123456789ABCDEF and F{32}: two accounts/,
		],
		['eS removed', { es: 'none' }, /removed window\.eS/],
		['a policy', { violated: ['connect-src'] }, /\(connect-src\) stops.*README/],
		['a password', { requests: [credential(401)] }, /A password.*Exempt/],
		['a firewall', { requests: [credential(403)] }, /firewall.*Exempt/],
		['no WordPress', { requests: [credential(404)] }, /plugin active/],
		['a redirect', { requests: [credential(405)] }, /a GET of it.*own address/],
		['a firewall that counts', { requests: [credential(429)] }, /firewall.*Exempt/],
		['a broken site', { requests: [credential(500)] }, /error log/],
		['maintenance', { requests: [credential(503)] }, /maintenance.*Exempt/],
		['what has no advice', { requests: [credential(418)] }, /answered 418 after 9 ms\.$/],
		['a refused credential', { requests: [{ what: 'token', status: 401, ms: 9 }] }, /SITE_URL/],
		[
			'a refused origin',
			{ requests: [{ what: 'token', status: 403, ms: 9 }] },
			/ALLOWED_ORIGINS/,
		],
		['no function', { requests: [{ what: 'token', status: 404, ms: 9 }] }, /pass it on/],
		[
			'a script id of nobody',
			{ requests: [{ what: 'script', status: 404, ms: 9 }] },
			/answered 404/,
		],
	])('%s', (_name, change, words) => {
		const sentences = bad(change);
		expect(sentences).toHaveLength(1);
		expect(sentences[0]).toMatch(words);
	});
});

describe('a credential that did not come', () => {
	const failedAt = (message: string) => status({ token: 'failed', message });

	it('is missed in an answer of 200 that no question for a token follows', () => {
		const requests = [credential(200)];
		const change = {
			status: failedAt('https://shop.example/wp-login.php 200 Open ?app-inbox-debug.'),
			requests,
		};
		expect(bad(change).at(-1)).toMatch(/answered 200.*no credential.*login page.*Exempt/);
		expect(all(change)).toMatch(/wrong answer: https:\/\/shop\.example\/wp-login\.php 200$/m);
		expect(bad({ requests })).toEqual([]);
	});
	it('is none that the function refused', () => {
		const refused: Asked = { what: 'token', status: 401, ms: 9 };
		const change = { status: failedAt('Open ?app-inbox-debug.') };
		expect(all({ ...change, requests: [credential(200), refused] })).not.toMatch(
			/held no credential/
		);
		expect(all(change)).not.toMatch(/wrong answer/);
	});
});

describe('what was found, with nothing to do', () => {
	it.each<[string, Partial<Facts>, RegExp]>([
		[
			'a guest',
			{ status: status({ state: 'guest', init: 'none', token: 'none' }) },
			/Nobody is logged in/,
		],
		[
			'two snippets made one',
			{ status: status({ init: 'merged' }) },
			/merged into one.*Switch on.*no longer needed/,
		],
		[
			'the site’s own snippet, which is to stay',
			{ status: status({ init: 'merged' }), config: { scriptId: '', script: 'site' } },
			/merged into one.*Keep that snippet/,
		],
		[
			'on its way',
			{ status: status({ token: 'pending' }), es: 'stub' },
			/on its way[^]*not taken over/,
		],
		['not asked', { status: status({ token: 'none' }) }, /not asked for a token yet/],
		[
			'an answer',
			{ requests: [{ what: 'token', status: 200, ms: 123 }] },
			/answered 200 after 123 ms/,
		],
		['WordPress’s no', { requests: [credential(204)] }, /answer to a guest/],
		['a silent browser', { requests: [{ what: 'token', status: 0, ms: 5 }] }, /does not say/],
	])('%s', (_name, change, words) => {
		expect(bad(change)).toEqual([]);
		expect(all(change)).toMatch(words);
	});

	it('consent: the visitor’s own no', () => {
		const features = { appInbox: true, tracking: true };
		const config = { scriptId: ID, features, consent: false };
		expect(all({ config, consent: 'refused' })).toMatch(/tracking and recommendations are off/);
	});
	it.each<[Facts['consent'], RegExp]>([
		['no tool', /no consent tool.*“marketing” counts as allowed/],
		['allowed', /allows “marketing”/],
		['refused', /not allowed “marketing”/],
	])('consent: %s', (consent, words) => {
		const config = {
			scriptId: ID,
			features: { appInbox: true, recommendations: true, tracking: false },
			consent: 'marketing' as const,
		};
		expect(all({ config, consent })).toMatch(words);
		expect(all({ config: { ...config, features: { appInbox: true } }, consent })).not.toMatch(
			words
		);
	});
});
