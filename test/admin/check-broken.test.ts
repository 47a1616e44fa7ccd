// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { BROKEN_ON_THE_WAY } from './check-broken-links.ts';
import { BROKEN_ON_THE_PAGE } from './check-broken-page.ts';
import { check, createWorld, HEALTH, without } from './check-world.ts';

describe('one broken link', () => {
	it.each([...BROKEN_ON_THE_WAY, ...BROKEN_ON_THE_PAGE])(
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
