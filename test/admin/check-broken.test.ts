// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { BROKEN_CREDENTIAL } from './check-broken-credential.ts';
import { BROKEN_ON_THE_WAY } from './check-broken-links.ts';
import { BROKEN_ON_THE_PAGE } from './check-broken-page.ts';
import {
	check,
	CHECK,
	createWorld,
	HEALTH,
	IDENTITY,
	problem,
	SITE,
	without,
} from './check-world.ts';

describe('one broken link', () => {
	it.each([...BROKEN_ON_THE_WAY, ...BROKEN_CREDENTIAL, ...BROKEN_ON_THE_PAGE])(
		'$name',
		async ({ breaks, failed, message, advice, skipped }) => {
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
		}
	);

	it('is told with the whole address of a site in a folder, as the function has to know it', async () => {
		const world = createWorld();
		world.data.siteUrl = `${SITE}/blog`;
		for (const [code, address] of [
			['unauthenticated', `SITE_URL to ${SITE}/blog,`],
			['site_unavailable', `${SITE}/blog/?app-inbox=keys`],
		] as const) {
			world.answers[CHECK] = problem(500, code);
			expect((await check(world)).identity.advice).toContain(address);
		}
	});

	it('is named by those that depend on it', async () => {
		const world = createWorld();
		world.answers[HEALTH] = null;
		const { origin, token } = await check(world);
		expect(origin.message).toBe('Not tried. Mend “Token function” first.');
		expect(token.message).toBe(origin.message);
	});

	it('is WordPress, where it gives no answer in time to who is logged in', async () => {
		const world = createWorld();
		world.answers[IDENTITY] = 'silence';
		expect((await check(world)).identity.message).toBe(
			'WordPress does not answer who you are.'
		);
	});

	it('is said to be slow, and not away, where there is no answer in time', async () => {
		const world = createWorld();
		world.answers[HEALTH] = 'silence';
		expect((await check(world)).endpoint.message).toMatch(/no answer in time/);
	});
});
