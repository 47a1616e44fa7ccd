// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import {
	check,
	CHECK,
	createWorld,
	ELSEWHERE,
	IDENTITY,
	KEPT,
	part,
	report,
	SECRETS,
	seen,
	statuses,
	TOKEN,
} from './check-world.ts';

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
		world.answers[IDENTITY] = { status: 204 };
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

it('is said of a REST API that is closed at the site’s address', async () => {
	const world = createWorld();
	world.answers[KEPT] = { status: 403, body: 'Blocked' };
	expect((await check(world))['kept-answers']).toMatchObject({
		status: 'skip',
		message: expect.stringMatching(/REST API does not answer/),
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
