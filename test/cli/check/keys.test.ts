import { expect, it } from 'vitest';
import { answerJson, answerKeys, answerText, reset, type Answer } from '../../edge/upstreams.ts';
import { closedPort, Stage } from './stage.ts';

const stage = new Stage();
const redirect = (location: string) => answerText('', 301, { location });

it('keys: asks the site as the function does', async () => {
	const { code, found } = await stage.check();
	expect(code).toBe(0);
	expect(found('keys')).toBe('pass: The plugin publishes its public keys at ?app-inbox=keys.');
	expect(new Set(stage.wordpress.requests.map(({ url }) => url))).toEqual(
		new Set(['/?app-inbox=keys'])
	);
});

it.each<[string, Answer, RegExp]>([
	[
		'a page',
		answerText('<h1>Hello'),
		/a page instead of its keys \(200\).*\?app-inbox=keys as it/,
	],
	['a login page', answerText('<input type=password>'), /login wall .*\(200\)/],
	['a password', answerText('<h1>Who are you?', 401), /^A password .*\(401\)/],
	['a firewall', answerText('<h1>Blocked', 403), /^A firewall .*\(403\)/],
	['maintenance', answerText('<h1>Later', 503), /maintenance.*\(503\)/],
	['an error', answerJson({ code: 'x' }, 500), /out of order \(500\)/],
	[
		'a redirect',
		redirect('https://www.example.com/?canary=1'),
		/^The site redirects .*\(301\): .*\?app-inbox=keys leads to https:\/\/www\.example\.com\/\. /,
	],
	[
		'a redirect to a login',
		redirect('/wp-login.php?canary=1'),
		/^A login wall .*\/wp-login\.php/,
	],
	['other JSON', answerJson({ hello: 1 }), /not with a set of public keys/],
	['a cut', reset, /closed the connection without an answer\. .*WORDPRESS_URL/],
	['something huge', answerText('x'.repeat(300_000)), /a large page/],
])('keys: %s', async (_, answer, expected) => {
	stage.wordpress.answer = answer;
	const { code, found } = await stage.check([], { WORDPRESS_URL: stage.wordpress.url });
	expect(code).toBe(1);
	expect(found('keys')).toMatch(/^fail: /);
	expect(found('keys').replace('fail: ', '')).toMatch(expected);
	expect(found('keys')).toContain('IDENTITY_KEYS');
	expect(found('endpoint')).toMatch(/^pass/);
});

it('keys: a cache that keeps them too long', async () => {
	stage.wordpress.answer = answerKeys([stage.key.jwk], { age: '4000' });
	expect((await stage.check()).found('keys')).toMatch(/^fail: A cache in front of the site/);
});

it('keys: nobody there', async () => {
	const { found } = await stage.check([], { WORDPRESS_URL: `http://${await closedPort()}` });
	expect(found('keys')).toMatch(/^fail: Nothing listens at 127\.0\.0\.1:\d+\..*WORDPRESS_URL/);
});

it('keys: given in the environment', async () => {
	const { kid, kty, crv, x } = stage.key.jwk;
	const IDENTITY_KEYS = JSON.stringify({ keys: [{ kid, kty, crv, x }] });
	const { code, found } = await stage.check([], { IDENTITY_KEYS });
	expect(code).toBe(0);
	expect(found('keys')).toBe('pass: IDENTITY_KEYS contains public keys.');
	expect(stage.wordpress.requests).toEqual([]);
});

it('keys: given, but unusable', async () => {
	const IDENTITY_KEYS = '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA"}]}';
	expect((await stage.check([], { IDENTITY_KEYS })).found('keys')).toBe(
		'fail: There are keys, but none for EdDSA. Publish a public key of one of these kinds.'
	);
});

it('keys: a secret, and the one before it', async () => {
	const IDENTITY_SECRET = 'canary-hmac-4c1d9e7b2f8a6053deadbeef';
	const { found } = await stage.check([], { IDENTITY_SECRET });
	expect(found('keys')).toMatch(/^pass: IDENTITY_SECRET is set\. .* the same one\.$/);
	const both = { IDENTITY_SECRET, IDENTITY_SECRET_PREVIOUS: `${IDENTITY_SECRET}-previous` };
	expect((await stage.check([], both)).found('keys')).toMatch(/^pass: .*PREVIOUS can go/);
	expect(stage.wordpress.requests).toEqual([]);
});

it('keys: a key set', async () => {
	const IDENTITY_JWKS_URL = `${stage.wordpress.url}/jwks?canary=1`;
	const keys = async () => (await stage.check([], { IDENTITY_JWKS_URL })).found('keys');
	stage.wordpress.answer = answerJson({ keys: [stage.key.jwk, stage.key.jwk] });
	expect(await keys()).toBe('pass: The key set of IDENTITY_JWKS_URL can be fetched.');
	stage.wordpress.answer = answerText('', 404);
	expect(await keys()).toMatch(/^fail: .*\(404\)\. Check IDENTITY_JWKS_URL/);
	stage.wordpress.answer = redirect('/elsewhere?canary=1');
	expect(await keys()).toMatch(
		/^fail: .*The address of IDENTITY_JWKS_URL leads to .*elsewhere\./
	);
	stage.wordpress.answer = reset;
	expect(await keys()).toMatch(/^fail: 127.* closed the connection.*IDENTITY_JWKS_URL/);
	stage.wordpress.answer = answerJson({ keys: [{ kty: 'EC', crv: 'P-521', x: 'A', y: 'A' }] });
	expect(await keys()).toMatch(/^fail: There are keys, but none for EdDSA, Ed25519, ES256/);
});
