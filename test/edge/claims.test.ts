import fc from 'fast-check';
import { expect, it } from 'vitest';
import { claimsOf, forge, type Claims } from './credentials.ts';
import { answered, FakePlatform } from './fake-platform.ts';

const SITE = 'https://site.example';
const SECRET = '9f8e7d6c5b4a32100123456789abcdef';

const platform = new FakePlatform(() => answered({ token: 'token' }), {
	IDENTITY_SECRET: SECRET,
	IDENTIFY_BY: 'externalCustomerId,email,phone',
	RATE_LIMIT_PER_MINUTE: '100000',
});
const now = platform.clock.now() / 1000;

/** Asks with these claims; answers the identifiers that eSputnik was asked by, or the refusal. */
async function ask(claims: Claims) {
	platform.asked = [];
	const { status } = await platform.signed(forge({ alg: 'HS256' }, claims, SECRET));
	const body = platform.asked.at(-1)?.body;
	return { status, identifiers: body === undefined ? null : (JSON.parse(body) as object) };
}

/** Any JSON value, and those near to what is right. */
const anything = fc.oneof(
	fc.jsonValue({ maxDepth: 1 }),
	fc.constantFrom(
		SITE,
		`${SITE}/`,
		'https://site.example.evil',
		'app-inbox',
		['app-inbox'],
		['x']
	)
);
const second = fc.oneof(
	fc.integer({ min: -1000, max: 1000 }).map((offset) => now + offset),
	fc.constantFrom(
		...[-960, -900, -61, -60, -59, 0, 59, 60, 61, 900].map((offset) => now + offset)
	),
	anything
);
const name = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc.constantFrom(' a', 'a ', 'a\u0000', 'a b', '', 'x'.repeat(256)),
	anything
);

const changes: fc.Arbitrary<Claims> = fc.record(
	{
		iss: anything,
		aud: anything,
		sub: name,
		iat: second,
		exp: second,
		nbf: second,
		email: name,
		phone: name,
		role: anything,
	},
	{ requiredKeys: [] }
);
/** One or two claims changed: with more nearly nothing would be right. */
const change = changes.chain((all) =>
	fc
		.subarray(Object.keys(all), { maxLength: 2 })
		.map((keys) => Object.fromEntries(keys.map((key) => [key, all[key]])))
);

/** The contract, said once more. */
function isGood({ iss, aud, sub, iat, exp, nbf, email, phone }: Claims): boolean {
	const isOptionalText = (value: unknown) =>
		value === undefined || value === null || typeof value === 'string';
	return (
		(iss === SITE || iss === `${SITE}/`) &&
		(aud === 'app-inbox' || (Array.isArray(aud) && aud.includes('app-inbox'))) &&
		typeof sub === 'string' &&
		sub.length > 0 &&
		sub.length <= 255 &&
		sub.trim() === sub &&
		!/\p{Cc}/u.test(sub) &&
		typeof iat === 'number' &&
		typeof exp === 'number' &&
		iat < exp &&
		exp - iat <= 900 &&
		iat <= now + 60 &&
		exp > now - 60 &&
		(nbf === undefined || (typeof nbf === 'number' && nbf <= now + 60)) &&
		isOptionalText(email) &&
		isOptionalText(phone)
	);
}

it('claims: what the contract asks for and nothing else is let in, as exactly that person', async () => {
	let good = 0;
	let bad = 0;
	await fc.assert(
		fc.asyncProperty(change, async (changed) => {
			const claims = claimsOf(SITE, { email: 'a@example.com', ...changed }, now * 1000);
			const { status, identifiers } = await ask(claims);
			if (!isGood(claims)) {
				bad++;
				expect({ status, identifiers }).toEqual({ status: 401, identifiers: null });
				return;
			}
			good++;
			expect(status).toBe(200);
			expect(identifiers).toMatchObject({ externalCustomerId: claims.sub });
			for (const [key, value] of Object.entries(identifiers!)) {
				const claim = key === 'externalCustomerId' ? claims.sub : claims[key];
				expect(claim).toContain(value);
			}
		}),
		{ numRuns: 1500 }
	);
	expect(Math.min(good, bad)).toBeGreaterThan(100);
});
