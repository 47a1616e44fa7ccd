import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/edge/check.ts';
import type { HttpRequest, HttpResult } from '../../src/edge/types.ts';
import { claimsOf, forge, SECRET } from './credentials.ts';
import { answered, FakePlatform } from './fake-platform.ts';

const ACCOUNT = '/account/info';

/** A site and eSputnik; `change` answers instead of eSputnik where it has an answer. */
function stage(
	change: (request: HttpRequest) => HttpResult | undefined = () => undefined,
	env: Record<string, string> = {}
) {
	const platform = new FakePlatform(
		(request) => change(request) ?? answered({ token: 'token', organisationName: 'Shop' }),
		env
	);
	const jwt = (role: string, secret = SECRET) =>
		forge(
			{ alg: 'HS256' },
			claimsOf('https://site.example', { role }, platform.clock.now()),
			secret
		);
	const check = (credential = jwt('administrator')) =>
		platform.handle(
			new Request('https://edge.example/app-inbox/check', {
				method: 'POST',
				headers: {
					origin: 'https://site.example',
					authorization: `Bearer ${credential}`,
				},
			}),
			platform.env
		);
	const checks = async () => {
		const { checks: all } = (await (await check()).json()) as { checks: Check[] };
		return all;
	};
	return { platform, jwt, check, checks };
}

it('remembers for each credential whether it is an administrator’s', async () => {
	const { check, jwt } = stage();
	const [admin, editor] = [jwt('administrator'), jwt('editor')];
	for (const [credential, status] of [
		[admin, 200],
		[editor, 403],
		[admin, 200],
		[editor, 403],
	] as const) {
		expect((await check(credential)).status).toBe(status);
	}
});

it('an account that cannot be read does not open the breaker for visitors', async () => {
	const { platform, checks } = stage(({ url }) =>
		url.includes(ACCOUNT) ? answered('<h1>', 200) : undefined
	);
	for (let i = 0; i < 6; i++) {
		expect((await checks()).map(({ status }) => status)).toEqual(['pass', 'fail', 'pass']);
	}
	expect(platform.count(ACCOUNT)).toBe(6);
	expect((await platform.visit()).status).toBe(200);
});

it('while the breaker is open the key is looked at, and the contact is not', async () => {
	const { platform, checks } = stage(({ url }) =>
		url.includes('/contact/token') ? answered('<h1>', 200) : undefined
	);
	for (let i = 0; i < 5; i++) {
		await platform.visit();
	}
	const asked = platform.count('/contact/token');
	const all = await checks();
	expect(all.map(({ status }) => status)).toEqual(['pass', 'pass', 'fail']);
	expect(all[2]!.message).toMatch(/not asked/);
	expect(platform.count('/contact/token')).toBe(asked);
});

it('its line in the log says nothing of the person', async () => {
	const { platform, check } = stage();
	await check();
	expect(platform.lines.map((line) => JSON.parse(line))).toEqual([
		expect.objectContaining({ route: '/check', status: 200, outcome: 'check', vendorMs: 0 }),
	]);
	expect(platform.lines.join()).not.toMatch(/example\.com|Shop|canary/);
});

describe('while the API key is being replaced', () => {
	const NEXT = 'canary-key-next-6c5b4a3210';
	const isNext = ({ headers }: HttpRequest) =>
		headers.authorization === `Basic ${btoa(`user:${NEXT}`)}`;
	const keyCheck = async (change: (request: HttpRequest) => HttpResult | undefined) => {
		const { platform, checks } = stage(change, { ESPUTNIK_API_KEY_NEXT: NEXT });
		const { status, message } = (await checks())[1]!;
		expect(platform.lines.join()).not.toContain('canary');
		return `${status}: ${message}`;
	};

	it('says that the next one would do', async () =>
		expect(await keyCheck(() => undefined)).toMatch(
			/^pass: eSputnik accepts ESPUTNIK_API_KEY_NEXT too\. Put the next key in the place/
		));

	it('says that the next one is in use', async () =>
		expect(
			await keyCheck((request) => (isNext(request) ? undefined : answered('', 401)))
		).toMatch(/^pass: eSputnik refuses ESPUTNIK_API_KEY and accepts ESPUTNIK_API_KEY_NEXT\./));

	it('does not take a key for good that reads the account and gets no token', async () =>
		expect(
			await keyCheck((request) =>
				isNext(request) && !request.url.includes(ACCOUNT) ? answered('', 403) : undefined
			)
		).toMatch(/^fail: ESPUTNIK_API_KEY_NEXT cannot take.*\(403\)/));

	it('nor for a bad one that gets tokens and may not read the account', async () =>
		expect(
			await keyCheck((request) =>
				isNext(request) && request.url.includes(ACCOUNT) ? answered('', 403) : undefined
			)
		).toMatch(/^pass: .*Put the next key in the place/));

	it('says that the next one would not do', async () =>
		expect(
			await keyCheck((request) => (isNext(request) ? answered('', 401) : undefined))
		).toMatch(
			/^fail: ESPUTNIK_API_KEY_NEXT cannot take.*\(401\)\. Check ESPUTNIK_API_KEY_NEXT/
		));
});

it('says when the previous secret can go', async () => {
	const previous = 'canary-hmac-previous-2f8a6053deadbeef';
	const { platform, checks, jwt, check } = stage(undefined, {
		IDENTITY_SECRET_PREVIOUS: previous,
	});
	const message = async () => (await checks())[0]!.message;
	const minutes = (count: number) => platform.clock.advance(count * 60_000);
	expect(await message()).toMatch(/IDENTITY_SECRET_PREVIOUS may still be in use/);
	await minutes(15);
	expect((await check(jwt('administrator', previous))).status).toBe(200);
	await minutes(15.9);
	expect(await message()).toMatch(/may still be in use/);
	await minutes(0.1);
	expect(await message()).toMatch(/with IDENTITY_SECRET_PREVIOUS: remove it/);
	expect(platform.lines.filter((line) => line.includes('"previous_secret_used"'))).toHaveLength(
		1
	);
	expect(await (await stage().check()).text()).not.toContain('PREVIOUS');
});
