// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { lastCheck, rememberCheck } from '../../src/admin/check/last-check.ts';
import { CHECKS } from '../../src/admin/check/result.ts';
import {
	check,
	CHECK,
	createWorld,
	ELSEWHERE,
	IDENTITY,
	SECRETS,
	seen,
	SITE,
	TOKEN,
} from './check-world.ts';

/** How a page of the site asks. */
const AS_PAGE: RequestInit = {
	credentials: 'omit',
	headers: { Authorization: `Bearer ${SECRETS.jwt}` },
};
const asRequest = (request: string, init: RequestInit) => ({
	request,
	init: expect.objectContaining(init) as unknown,
});

describe('a site on which everything works', () => {
	it('passes every link, with the credential that a page of the site would show', async () => {
		const world = createWorld();
		expect(Object.values(await check(world)).map(({ status }) => status)).toEqual(
			CHECKS.map(() => 'pass')
		);
		expect(world.framesOpen).toBe(0);
		const asked = (url: RegExp) => world.requests.filter(({ request }) => url.test(request));
		expect(asked(/^POST/)).toEqual([
			asRequest(TOKEN, { credentials: 'omit' }),
			asRequest(`${IDENTITY}&0.25`, { method: 'POST' }),
			asRequest(CHECK, AS_PAGE),
			asRequest(TOKEN, AS_PAGE),
		]);
		expect(asked(/rest_route/).map(({ init }) => [init.credentials, init.headers])).toEqual([
			['same-origin', { 'X-WP-Nonce': SECRETS.nonce }],
			['omit', undefined],
		]);
	});

	it.each([
		['at another origin', `${ELSEWHERE}/token`, '/?app-inbox=identity'],
		['beside a site in a folder', `${SITE}/blog/app-inbox/token`, '/blog/?app-inbox=identity'],
	])('shows the same credential to a function %s', async (_, endpoint, identityUrl) => {
		const world = createWorld((settings) => {
			settings.endpoint = endpoint;
		});
		world.data.identityUrl = identityUrl;
		world.answers[IDENTITY] = null;
		world.answers[`POST ${identityUrl}`] = { body: SECRETS.jwt };
		expect((await check(world)).token.status).toBe('pass');
		expect(
			world.requests.findLast(({ request }) => request === `POST ${endpoint}`)!.init
		).toMatchObject(AS_PAGE);
	});

	it.each([
		['blank lines', `\n\n\uFEFF${SECRETS.jwt}\n`],
		['a notice of PHP', `<b>Notice</b>: x in <b>wp-config.php</b><br />${SECRETS.jwt}`],
		['a comment', `${SECRETS.jwt}<!-- generated in 0.1 s -->`],
	])('takes the credential out of what is printed beside it: %s', async (_, body) => {
		const world = createWorld();
		world.answers[IDENTITY] = { body };
		expect((await check(world)).token.status).toBe('pass');
		expect(world.requests.findLast(({ request }) => request === TOKEN)!.init).toMatchObject(
			AS_PAGE
		);
	});

	it('takes it where this page sees no marker of the site’s', async () => {
		const world = createWorld();
		world.marker = undefined;
		expect((await check(world)).identity.status).toBe('pass');
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
