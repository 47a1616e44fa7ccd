import { describe, expect, it } from 'vitest';
import { claimsOf, createKey, forge, sign } from './credentials.ts';
import { answered, FakePlatform } from './fake-platform.ts';

const SITE = 'https://site.example';
const BASE64 = 'q7Tz+Kf/3vLw9xRb2YhN5mPc8sJd4uGaQ1==';
const BASE64URL = 'q7Tz-Kf_3vLw9xRb2YhN5mPc8sJd4uGaQ1';

function functionWith(secret: string) {
	const platform = new FakePlatform(() => answered({ token: 'token' }), {
		IDENTITY_SECRET: secret,
	});
	const now = platform.clock.now();
	/** What it answers to a credential, and the reason and the hint in its log. */
	const show = async (jwt: string) => {
		platform.lines = [];
		const answer = await platform.signed(jwt);
		const { reason, hint } = JSON.parse(platform.lines[0]!) as Record<string, string>;
		return { status: answer.status, text: await answer.text(), reason, hint };
	};
	return {
		show,
		claims: claimsOf(SITE, {}, now),
		signedWith: (key: string | Buffer, alg = 'HS256') =>
			show(forge({ alg }, claimsOf(SITE, {}, now), key)),
	};
}

describe.each([
	['base64', BASE64],
	['base64url', BASE64URL],
])('a secret that is %s', (_name, secret) => {
	const { signedWith, show, claims } = functionWith(secret);
	const bytes = Buffer.from(secret, 'base64');

	it('counts as it is written', async () => expect((await signedWith(secret)).status).toBe(200));

	it('decoded gets a hint in the log, and nothing in the answer', async () => {
		const decoded = await signedWith(bytes);
		const other = await signedWith('another-secret-of-somebody-else-0');
		expect(decoded).toMatchObject({
			status: 401,
			hint: expect.stringMatching(/IDENTITY_SECRET after decoding.*as it is/),
		});
		expect(other).toMatchObject({ status: 401, hint: undefined });
		expect([decoded.text, decoded.reason]).toEqual([other.text, other.reason]);
		expect(decoded.hint).not.toContain(secret);
	});

	it('gets none for another algorithm, or a signature that is none', async () => {
		expect(await signedWith(bytes, 'HS512')).toMatchObject({ status: 401, hint: undefined });
		expect(await show(forge({ alg: 'none' }, claims))).toMatchObject({ hint: undefined });
		const eddsa = await sign(claims, await createKey('a'));
		expect(await show(eddsa)).toMatchObject({ status: 401, hint: undefined });
	});
});

it.each(['not!base64-but-long-enough-0123456', '9f8e7d6c5b4a32100123456789abcdef0'])(
	'%s cannot be decoded: no hint',
	async (secret) => {
		const { signedWith } = functionWith(secret);
		const lenient = await signedWith(Buffer.from(secret, 'base64'));
		expect(lenient).toMatchObject({ status: 401, hint: undefined });
	}
);
