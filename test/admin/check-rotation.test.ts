// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { aboutNextKey } from '../../src/edge/check.ts';
import { createSharedSecret } from '../../src/edge/identity/shared-secret.ts';
import { check, CHECK, createWorld, part, report } from './check-world.ts';

/** What the token function itself says of the previous secret, so long after its start. */
function aboutPrevious(minutes: number): string {
	let now = 0;
	const clock = { now: () => now, after: () => () => {} };
	const secrets = { secret: 'a'.repeat(40), previous: 'b'.repeat(40) };
	const keys = createSharedSecret(secrets, clock, () => {});
	now = minutes * 60_000;
	return keys.aboutPrevious!()!;
}

const ACCEPTED = { kind: 'account', organisation: 'Shop' } as const;
const TOKEN = { kind: 'token', token: 'token' } as const;
const REFUSED = {
	kind: 'refused',
	keyRefused: true,
	hint: 'eSputnik refused the API key (401).',
} as const;

describe('a secret that is being replaced', () => {
	it.each([
		['identity', aboutPrevious(1), /knows who you are/, /may still be needed/],
		['identity', aboutPrevious(17), /knows who you are/, /: remove it/],
		[
			'vendor-key',
			aboutNextKey(ACCEPTED, TOKEN).message,
			/accepts the next API key too/,
			/in the place of ESPUTNIK_API_KEY/,
		],
		[
			'vendor-key',
			aboutNextKey(REFUSED, TOKEN).message,
			/refuses the present API key, and accepts the next one/,
			/in the place of ESPUTNIK_API_KEY/,
		],
		// Any key may read the account.
		[
			'vendor-key',
			aboutNextKey(ACCEPTED, ACCEPTED).message,
			/accepts the next API key too/,
			/^$/,
		],
	] as const)('is told with what comes next: %s, %s', async (id, said, message, advice) => {
		const world = createWorld();
		world.answers[CHECK] = report(part(id, 'pass', said));
		expect((await check(world))[id]).toMatchObject({
			status: 'pass',
			message: expect.stringMatching(message),
			advice: expect.stringMatching(advice),
		});
	});

	it('stops nobody where the next one is no good', async () => {
		const world = createWorld();
		const { status, message } = aboutNextKey(ACCEPTED, REFUSED);
		world.answers[CHECK] = report(part('vendor-key', status, message));
		const results = await check(world);
		expect(results['vendor-key']).toMatchObject({
			status: 'fail',
			message: expect.stringMatching(/next API key cannot take the place/),
			advice: expect.stringMatching(/mend ESPUTNIK_API_KEY_NEXT\. It says: “.*\(401\)\.”/),
		});
		expect(results.token.status).toBe('pass');
	});
});
