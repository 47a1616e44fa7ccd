// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { lastCheck, rememberCheck } from '../../src/admin/check/last-check.ts';
import { CHECKS, type CheckId } from '../../src/admin/check/result.ts';
import {
	check,
	createWorld,
	ELSEWHERE,
	page,
	part,
	problem,
	report,
	SCRIPT_ID,
	SECRETS,
	seen,
	SITE,
	type World,
} from './check-world.ts';

const HEALTH = `GET ${SITE}/app-inbox/health`;
const TOKEN = `POST ${SITE}/app-inbox/token`;
const CHECK = `POST ${SITE}/app-inbox/check`;
const NONCE = 'GET /wp-admin/admin-ajax.php?action=rest-nonce';
const IDENTITY = 'GET /wp-admin/admin-ajax.php?action=app_inbox_identity';
const FRONT = `GET ${SITE}/`;

const statuses = async (world: World) =>
	Object.fromEntries(Object.values(await check(world)).map(({ id, status }) => [id, status]));
const without = (failed: CheckId, skipped: CheckId[] = []) =>
	Object.fromEntries([
		...CHECKS.map((id) => [id, skipped.includes(id) ? 'skip' : 'pass']),
		[failed, 'fail'],
	]);

const PERSON: CheckId[] = ['identity', 'vendor-key', 'contact', 'token'];
const noToken = (world: World, token = 'failed') => {
	world.frames = [seen({}, { token })];
};

describe('a site on which everything works', () => {
	it('passes every link, with the credential that a page of the site would show', async () => {
		const world = createWorld();
		expect(Object.values(await check(world)).map(({ status }) => status)).toEqual(
			CHECKS.map(() => 'pass')
		);
		expect(world.framesOpen).toBe(0);
		const posts = world.requests.filter(({ request }) => request.startsWith('POST'));
		expect(posts.map(({ request, init }) => [request, init.headers])).toEqual([
			[TOKEN, undefined],
			[CHECK, { 'X-WP-Nonce': SECRETS.nonce }],
			[TOKEN, { 'X-WP-Nonce': SECRETS.nonce }],
		]);
	});

	it.each([
		['another origin', `${ELSEWHERE}/token`, '/'],
		['above the cookie path', `${SITE}/app-inbox/token`, '/blog/'],
	])('shows the signed credential at %s', async (_, endpoint, cookiePath) => {
		const world = createWorld((settings) => {
			settings.endpoint = endpoint;
		});
		world.data.cookiePath = cookiePath;
		expect((await check(world)).token.status).toBe('pass');
		expect(
			world.requests.findLast(({ request }) => request === `POST ${endpoint}`)!.init.headers
		).toEqual({ Authorization: `Bearer ${SECRETS.jwt}` });
	});

	it('waits until the token has come', async () => {
		const world = createWorld();
		world.frames = [
			seen({ status: null }),
			seen({}, { token: 'none' }),
			seen({}, { token: 'pending' }),
			seen(),
		];
		expect((await check(world))['front-page'].status).toBe('pass');
		expect(world.framesOpen).toBe(0);
	});

	it('needs no inbox’s links where the inbox is off', async () => {
		const world = createWorld((settings) => {
			settings.features = { appInbox: false, recommendations: true, tracking: false };
			settings.consent = 'none';
		});
		world.frames = [seen({}, { token: 'none' })];
		const results = await check(world);
		expect(results.endpoint).toMatchObject({
			status: 'skip',
			message: expect.stringMatching(/switched off/),
		});
		expect(results.token.status).toBe('skip');
		expect(results['front-page']).toMatchObject({
			status: 'pass',
			message: expect.stringMatching(/without an inbox/),
		});
	});
});

describe('one broken link', () => {
	interface Case {
		name: string;
		breaks: (world: World) => void;
		failed: CheckId;
		message: RegExp;
		advice: RegExp;
		skipped?: CheckId[];
	}
	const cases: Case[] = [
		{
			name: 'no script id',
			breaks: (world) => (world.settings.scriptId = ''),
			failed: 'script',
			message: /no script id/,
			advice: /Paste your snippet/,
		},
		{
			name: 'an id that eSputnik does not know',
			breaks(world) {
				world.script = 'failed';
				world.answers[`GET https://cdn.esputnik.com/scripts/${SCRIPT_ID}.js`] = {
					status: 200,
				};
			},
			failed: 'script',
			message: /no script with this id/,
			advice: /Copy the snippet again/,
		},
		{
			name: 'an ad blocker',
			breaks(world) {
				world.script = 'failed';
				world.frames = [seen({}, { state: 'blocked', token: 'none' })];
			},
			failed: 'script',
			message: /could not load anything from cdn\.esputnik\.com/,
			advice: /ad blocker/,
			skipped: ['front-page', 'one-init'],
		},
		{
			name: 'no endpoint',
			breaks(world) {
				world.settings.endpoint = '';
			},
			failed: 'endpoint',
			message: /no address yet/,
			advice: /Token function/,
			skipped: ['origin', ...PERSON],
		},
		{
			name: 'an endpoint that is down',
			breaks(world) {
				world.answers[HEALTH] = null;
				noToken(world);
			},
			failed: 'endpoint',
			message: /Nothing answers at/,
			advice: /Start the token function/,
			skipped: ['origin', ...PERSON, 'front-page'],
		},
		{
			name: 'a web server that does not reach it',
			breaks(world) {
				world.answers[HEALTH] = { status: 502, body: 'Bad gateway' };
				noToken(world);
			},
			failed: 'endpoint',
			message: /does not reach the token function \(502\)/,
			advice: /PORT/,
			skipped: ['origin', ...PERSON, 'front-page'],
		},
		{
			name: 'a web server that does not pass it on',
			breaks(world) {
				world.answers[HEALTH] = { status: 404, body: page('/wp-content/themes/x/') };
				noToken(world);
			},
			failed: 'endpoint',
			message: /WordPress answers instead .*\/app-inbox\//,
			advice: /nginx or Apache/,
			skipped: ['origin', ...PERSON, 'front-page'],
		},
		{
			name: 'a firewall before it',
			breaks(world) {
				world.answers[HEALTH] = { status: 403, body: '<h1>Forbidden</h1>' };
				noToken(world);
			},
			failed: 'endpoint',
			message: /firewall or a password/,
			advice: /Exempt \/app-inbox\//,
			skipped: ['origin', ...PERSON, 'front-page'],
		},
		{
			name: 'another version',
			breaks(world) {
				world.answers[HEALTH] = { body: { status: 'ok', version: '0.9.0' } };
			},
			failed: 'endpoint',
			message: /version 0\.9\.0.*version 1\.2\.3/,
			advice: /Deploy the token function again/,
		},
		{
			name: 'a wrong origin',
			breaks(world) {
				world.answers[TOKEN] = problem(403, 'origin_not_allowed');
				noToken(world);
			},
			failed: 'origin',
			message: /does not let pages of https:\/\/shop\.example ask/,
			advice: /SITE_URL.*ALLOWED_ORIGINS/,
			skipped: [...PERSON, 'front-page'],
		},
		{
			name: 'a cache before the token function',
			breaks(world) {
				world.answers[TOKEN] = { body: { token: SECRETS.token } };
			},
			failed: 'origin',
			message: /without any login got an answer/,
			advice: /cache/,
			skipped: PERSON,
		},
		{
			name: 'a session that has ended',
			breaks(world) {
				world.answers[NONCE] = { status: 400, body: '0' };
			},
			failed: 'identity',
			message: /no longer knows you/,
			advice: /Log in again/,
			skipped: ['vendor-key', 'contact', 'token'],
		},
		{
			name: 'a guarded admin-ajax.php',
			breaks(world) {
				world.answers[NONCE] = { status: 403, body: 'Blocked' };
			},
			failed: 'identity',
			message: /\(403\)/,
			advice: /admin-ajax\.php/,
			skipped: ['vendor-key', 'contact', 'token'],
		},
		...[
			{
				code: 'unauthenticated',
				message: /does not believe that you are logged in/,
				advice: /SITE_URL to https:\/\/shop\.example/,
			},
			{
				code: 'forbidden',
				message: /not as an administrator/,
				advice: /administrator’s account/,
			},
			{ code: 'rate_limited', message: /too many tries/, advice: /Wait a minute/ },
			{ code: 'site_unavailable', message: /cannot ask your site/, advice: /WORDPRESS_URL/ },
			{
				code: 'not_found',
				message: /does not know the path \/app-inbox\//,
				advice: /BASE_PATH/,
			},
			{
				code: 'body_too_large',
				message: /changes requests \(body_too_large\)/,
				advice: /proxy/,
			},
			{ code: 'internal', message: /out of order \(internal, 500\)/, advice: /log says why/ },
		].map(({ code, message, advice }): Case => ({
			name: `a check that is answered ${code}`,
			breaks(world) {
				world.answers[CHECK] = problem(500, code);
			},
			failed: 'identity',
			message,
			advice,
			skipped: ['vendor-key', 'contact', 'token'],
		})),
		{
			name: 'an answer to the check that is none',
			breaks(world) {
				world.answers[CHECK] = { body: { checks: [{ id: 'identity', status: 'maybe' }] } };
			},
			failed: 'identity',
			message: /Something other than the token function/,
			advice: /typing mistake/,
			skipped: ['vendor-key', 'contact', 'token'],
		},
		{
			name: 'nothing to ask eSputnik by',
			breaks(world) {
				world.answers[CHECK] = report(part('identity', 'fail'), part('contact', 'skip'));
				noToken(world, 'unknown-contact');
			},
			failed: 'identity',
			message: /nothing that it asks eSputnik by/,
			advice: /IDENTIFY_BY/,
			skipped: ['contact', 'token', 'front-page'],
		},
		{
			name: 'a wrong key',
			breaks(world) {
				const hint = 'eSputnik refused the API key (401). Check ESPUTNIK_API_KEY.';
				world.answers[CHECK] = report(
					part('vendor-key', 'fail', hint),
					part('contact', 'fail', hint)
				);
				noToken(world);
			},
			failed: 'vendor-key',
			message: /does not accept the token function’s API key/,
			advice: /ESPUTNIK_API_KEY.*Never enter it in WordPress/,
			skipped: ['contact', 'token', 'front-page'],
		},
		{
			name: 'eSputnik out of order',
			breaks(world) {
				const hint = 'eSputnik is out of order or busy (503).';
				world.answers[CHECK] = report(
					part('vendor-key', 'fail', hint),
					part('contact', 'fail', hint)
				);
				noToken(world);
			},
			failed: 'vendor-key',
			message: /no usable answer/,
			advice: /It says: “eSputnik is out of order or busy \(503\)\.”/,
			skipped: ['contact', 'token', 'front-page'],
		},
		{
			name: 'a key without the contacts right',
			breaks(world) {
				world.answers[CHECK] = report(
					part('contact', 'fail', 'eSputnik refused the API key (403).')
				);
				noToken(world);
			},
			failed: 'contact',
			message: /may not look up contacts/,
			advice: /contacts right/,
			skipped: ['token', 'front-page'],
		},
		{
			name: 'an unknown contact',
			breaks(world) {
				world.answers[CHECK] = report(
					part('contact', 'fail', 'eSputnik has no contact with your email.')
				);
				noToken(world, 'unknown-contact');
			},
			failed: 'contact',
			message: /does not know you as a contact/,
			advice: /externalCustomerId/,
			skipped: ['token', 'front-page'],
		},
		{
			name: 'no token in the end',
			breaks(world) {
				world.answers[TOKEN] = ({ headers }) =>
					headers ? problem(502, 'vendor_unavailable') : problem(401, 'unauthenticated');
				noToken(world);
			},
			failed: 'token',
			message: /no usable answer/,
			advice: /esputnik\.com/,
			skipped: ['front-page'],
		},
		{
			name: 'a marker cookie that does not stay',
			breaks(world) {
				world.frames = [seen({}, { state: 'guest', init: 'none', token: 'none' })];
			},
			failed: 'front-page',
			message: /takes you for a guest/,
			advice: /app_inbox_user/,
			skipped: ['one-init'],
		},
		{
			name: 'a script that an optimiser holds back',
			breaks(world) {
				world.frames = [seen({ status: null })];
			},
			failed: 'front-page',
			message: /does not run on your front page/,
			advice: /exclude appInbox\.init/,
			skipped: ['one-init'],
		},
		{
			name: 'a vendor script that never asks for a token',
			breaks(world) {
				world.frames = [seen({}, { token: 'none' })];
			},
			failed: 'front-page',
			message: /does not ask for a token/,
			advice: /support/,
		},
		{
			name: 'a front page in maintenance',
			breaks(world) {
				world.answers[FRONT] = { status: 503, body: 'Back soon' };
			},
			failed: 'front-page',
			message: /\(503\)/,
			advice: /maintenance/,
			skipped: ['one-init', 'duplicate', 'page-cache', 'csp'],
		},
		{
			name: 'a snippet that starts first',
			breaks(world) {
				world.frames = [
					seen({}, { state: 'already-initialised', init: 'none', token: 'none' }),
				];
			},
			failed: 'one-init',
			message: /starts before App Inbox/,
			advice: /Remove that snippet/,
			skipped: ['front-page'],
		},
		{
			name: 'a script that removes eS',
			breaks(world) {
				world.frames = [seen({ es: 'none' })];
			},
			failed: 'one-init',
			message: /window\.eS/,
			advice: /one by one/,
		},
		{
			name: 'a snippet that a tag manager brings',
			breaks(world) {
				world.head =
					'<script src="https://www.googletagmanager.com/gtm.js?id=GTM-1"></script>';
				world.frames = [seen({}, { init: 'merged' })];
			},
			failed: 'duplicate',
			message: /Another script on your front page/,
			advice: /Google Tag Manager/,
		},
		{
			name: 'a consent plugin that breaks',
			breaks(world) {
				world.settings.features.tracking = true;
				world.frames = [seen({ consent: 'broken' })];
			},
			failed: 'consent',
			message: /breaks when it is asked/,
			advice: /Update the consent plugin/,
		},
		{
			name: 'a cached page without us',
			breaks(world) {
				world.headers = { 'x-litespeed-cache': 'hit' };
				const fresh = world.answers[FRONT];
				world.answers[`GET ${SITE}/?app-inbox-check=1000000`] = fresh!;
				world.answers[FRONT] = { headers: world.headers, body: page('') };
			},
			failed: 'page-cache',
			message: /without App Inbox in it/,
			advice: /Purge your page cache \(LiteSpeed Cache\)/,
		},
		{
			name: 'a cached page with older settings',
			breaks(world) {
				const old = createWorld((settings) => {
					settings.language = 'uk';
					settings.scriptId = 'F'.repeat(32);
				});
				world.answers[`GET ${SITE}/?app-inbox-check=1000000`] = world.answers[FRONT]!;
				world.answers[FRONT] = old.answers[FRONT]!;
			},
			failed: 'page-cache',
			message: /older settings/,
			advice: /Purge your page cache/,
		},
		{
			name: 'a policy that blocks our script',
			breaks(world) {
				world.headers = {
					'content-security-policy': `script-src 'self' https://*.esputnik.com`,
				};
				world.frames = [seen({ status: null })];
			},
			failed: 'csp',
			message: /blocks App Inbox’s script/,
			advice: /script-src: by a nonce/,
			skipped: ['front-page', 'one-init'],
		},
	];

	it.each(cases)('$name', async ({ breaks, failed, message, advice, skipped }) => {
		const world = createWorld();
		breaks(world);
		const results = await check(world);
		expect(results[failed]).toMatchObject({
			status: 'fail',
			message: expect.stringMatching(message),
			advice: expect.stringMatching(advice),
		});
		expect(
			Object.fromEntries(Object.values(results).map(({ id, status }) => [id, status]))
		).toEqual(without(failed, skipped));
		for (const id of skipped ?? []) {
			expect(results[id].message).toMatch(/^Not (tried|known)/);
		}
	});

	it('is named by those that depend on it', async () => {
		const world = createWorld();
		world.answers[HEALTH] = null;
		const { origin, token } = await check(world);
		expect(origin.message).toBe('Not tried. Mend “Token function” first.');
		expect(token.message).toBe(origin.message);
	});

	it('is said to be slow, and not away, where there is no answer in time', async () => {
		const world = createWorld();
		world.answers[HEALTH] = 'silence';
		expect((await check(world)).endpoint.message).toMatch(/no answer in time/);
	});
});

describe('what cannot be known', () => {
	it('is said of a function elsewhere that this origin may not read', async () => {
		const world = createWorld((settings) => {
			settings.endpoint = `${ELSEWHERE}/token`;
		});
		world.answers[`GET ${ELSEWHERE}/health`] = null;
		world.answers[`GET ${ELSEWHERE}/loader.js`] = {};
		const { endpoint, origin, identity } = await check(world);
		expect(endpoint).toMatchObject({
			status: 'skip',
			message: expect.stringMatching(/does not let pages/),
		});
		expect(origin).toMatchObject({
			status: 'fail',
			advice: expect.stringMatching(/ALLOWED_ORIGINS/),
		});
		expect(identity.message).toContain('“Your site’s address”');
	});

	it.each([
		[{ 'x-frame-options': 'DENY' }, /X-Frame-Options/],
		[{ 'content-security-policy': "frame-ancestors 'none'" }, /frame-ancestors/],
		[{}, /does not let this page look/],
	])('is said of a page that may not be framed: %o', async (headers, message) => {
		const world = createWorld((settings) => {
			settings.features.tracking = true;
		});
		world.headers = headers as Record<string, string>;
		world.frames = [null];
		const results = await check(world);
		for (const id of ['front-page', 'one-init', 'consent'] as const) {
			expect(results[id]).toMatchObject({
				status: 'skip',
				message: expect.stringMatching(message),
			});
		}
		expect(results.duplicate.status).toBe('pass');
	});

	it('is said of a site at another address than its admin area', async () => {
		const world = createWorld();
		world.origin = 'https://admin.example';
		const results = await check(world);
		expect(results['front-page']).toMatchObject({
			status: 'skip',
			message: expect.stringMatching(/admin area is at https:\/\/admin\.example/),
		});
		expect(results.identity.message).toBe(
			'Not tried, because “Your site’s address” could not be tried.'
		);
		expect(Object.values(results).map(({ status }) => status)).not.toContain('fail');
	});

	it('is said to an admin whose own role has no inbox', async () => {
		const world = createWorld((settings) => {
			settings.endpoint = `${ELSEWHERE}/token`;
			settings.excludedRoles = ['administrator'];
		});
		world.answers[IDENTITY] = { status: 400, body: '0' };
		world.frames = [seen({}, { state: 'guest', init: 'none', token: 'none' })];
		const results = await check(world);
		expect(results.identity).toMatchObject({
			status: 'skip',
			message: expect.stringMatching(/Your own role/),
		});
		expect(results['front-page']).toMatchObject({
			status: 'skip',
			message: expect.stringMatching(/Your own role/),
		});
		expect(await statuses(world)).toMatchObject({ token: 'skip', 'vendor-key': 'skip' });
	});
});

it('names the page cache that keeps a good copy', async () => {
	const world = createWorld();
	world.headers = { 'cf-cache-status': 'HIT' };
	expect((await check(world))['page-cache'].message).toContain('(Cloudflare)');
});

it.each([
	['no tool', /No consent plugin/],
	['allowed', /You have allowed it/],
	['refused', /You have not allowed it/],
])('tells what a consent plugin says: %s', async (consent, message) => {
	const world = createWorld((settings) => {
		settings.features.tracking = true;
	});
	world.frames = [seen({ consent })];
	expect((await check(world)).consent).toMatchObject({
		status: 'pass',
		message: expect.stringMatching(message),
	});
});

it('never shows a credential, a token, or what looks like one', async () => {
	const worlds = [createWorld(), createWorld(), createWorld()];
	const leak = Object.values(SECRETS).join(' ');
	worlds[1]!.answers[CHECK] = report(
		part('vendor-key', 'fail', `It said ${'s3cret'.repeat(8)}.`)
	);
	worlds[2]!.answers[TOKEN] = { status: 500, body: leak };
	for (const world of worlds) {
		const text = JSON.stringify(await check(world));
		for (const secret of [...Object.values(SECRETS), 's3cret']) {
			expect(text).not.toContain(secret);
		}
	}
});

it('says that a check broke, by the error’s name alone', async () => {
	const world = createWorld();
	Object.defineProperty(world.data, 'userRoles', {
		get() {
			throw new RangeError(SECRETS.token);
		},
	});
	world.frames = [seen({}, { state: 'guest', token: 'none' })];
	expect((await check(world))['front-page']).toMatchObject({
		status: 'fail',
		message: 'This check itself broke (RangeError).',
	});
});

describe('the last check', () => {
	afterEach(() => localStorage.clear());

	it('is remembered in the browser, and is nothing where that was changed', () => {
		expect(lastCheck()).toBeNull();
		rememberCheck({ at: 1_700_000_000_000, failed: ['script', 'token'] });
		expect(lastCheck()).toEqual({ at: 1_700_000_000_000, failed: ['script', 'token'] });
		localStorage.setItem(localStorage.key(0)!, '{"at":"yesterday"}');
		expect(lastCheck()).toBeNull();
		localStorage.setItem(localStorage.key(0)!, '{');
		expect(lastCheck()).toBeNull();
	});
});
