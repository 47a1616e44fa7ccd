// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { lastCheck, rememberCheck } from '../../src/admin/check/last-check.ts';
import { CHECKS } from '../../src/admin/check/result.ts';
import { check, CHECK, createWorld, ELSEWHERE, SECRETS, seen, SITE, TOKEN } from './check-world.ts';

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
