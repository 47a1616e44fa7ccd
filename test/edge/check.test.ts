import { expect, it } from 'vitest';
import type { HttpResult } from '../../src/edge/types.ts';
import { claimsOf, createKey, sign } from './credentials.ts';
import { answered, FakePlatform } from './fake-platform.ts';

const ACCOUNT = '/account/info';
const key = await createKey('key-1');

/** A site and eSputnik; `change` answers instead of eSputnik where it has an answer. */
function stage(change: (url: string) => HttpResult | undefined = () => undefined) {
	const platform = new FakePlatform(({ url, headers }) => {
		const role = headers.cookie?.endsWith('=admin') ? 'administrator' : 'subscriber';
		if (url.includes('users/me')) {
			return answered({ id: 2, email: 'a@example.com', roles: [role] });
		}
		if (url.includes('authentication')) {
			return answered({ authentication: { 'app-inbox': { keys: [key.jwk] } } });
		}
		return change(url) ?? answered({ token: 'token', organisationName: 'Shop' });
	});
	const check = (headers: Record<string, string>) =>
		platform.handle(
			new Request('https://edge.example/app-inbox/check', {
				method: 'POST',
				headers: { origin: 'https://site.example', ...headers },
			}),
			platform.env
		);
	const session = (user: string) => ({
		cookie: `wordpress_logged_in_0123456789abcdef=${user}`,
		'x-wp-nonce': '0123456789',
	});
	return { platform, check, session };
}

it('remembers for each session whether it is an administrator’s', async () => {
	const { platform, check, session } = stage();
	for (const [user, status] of [
		['admin', 200],
		['bob', 403],
		['admin', 200],
		['bob', 403],
	] as const) {
		expect((await check(session(user))).status).toBe(status);
	}
	expect(platform.count('users/me')).toBe(2);
});

it('remembers for each credential whether it is an administrator’s', async () => {
	const { platform, check } = stage();
	const jwt = (role: string) =>
		sign(claimsOf('https://site.example', { role }, platform.clock.now()), key);
	const [admin, editor] = [await jwt('administrator'), await jwt('editor')];
	for (const [credential, status] of [
		[admin, 200],
		[editor, 403],
		[admin, 200],
		[editor, 403],
	] as const) {
		expect((await check({ authorization: `Bearer ${credential}` })).status).toBe(status);
	}
});

it('an account that cannot be read does not open the breaker for visitors', async () => {
	const { platform, check, session } = stage((url) =>
		url.includes(ACCOUNT) ? answered('<h1>', 200) : undefined
	);
	for (let i = 0; i < 6; i++) {
		const { checks } = (await (await check(session('admin'))).json()) as {
			checks: Array<{ status: string }>;
		};
		expect(checks.map(({ status }) => status)).toEqual(['pass', 'fail', 'pass']);
	}
	expect(platform.count(ACCOUNT)).toBe(6);
	expect((await platform.session()).status).toBe(200);
});

it('while the breaker is open the key is looked at, and the contact is not', async () => {
	const { platform, check, session } = stage((url) =>
		url.includes('/contact/token') ? answered('<h1>', 200) : undefined
	);
	for (let i = 0; i < 5; i++) {
		await platform.session();
	}
	const asked = platform.count('/contact/token');
	const { checks } = (await (await check(session('admin'))).json()) as {
		checks: Array<{ status: string; message: string }>;
	};
	expect(checks.map(({ status }) => status)).toEqual(['pass', 'pass', 'fail']);
	expect(checks[2]!.message).toMatch(/not asked/);
	expect(platform.count('/contact/token')).toBe(asked);
});

it('its line in the log says nothing of the person', async () => {
	const { platform, check, session } = stage();
	await check(session('admin'));
	expect(platform.lines.map((line) => JSON.parse(line))).toEqual([
		expect.objectContaining({ route: '/check', status: 200, outcome: 'check', vendorMs: 0 }),
	]);
	expect(platform.lines.join()).not.toMatch(/example\.com|Shop|canary/);
});
