import { expect, it } from 'vitest';
import { answerJson, answerText, reset } from '../../edge/upstreams.ts';
import { Stage } from './stage.ts';

const stage = new Stage();

it('keys: a WordPress without the plugin', async () => {
	stage.wordpress.answer = answerJson({ home: stage.site, authentication: [] });
	const { code, found } = await stage.check();
	expect(code).toBe(1);
	expect(found('keys')).toBe(
		'fail: WordPress publishes no key. Activate the plugin App Inbox for eSputnik.'
	);
});

it('keys: a WordPress that is closed to guests needs none at its own address', async () => {
	stage.wordpress.answer = answerJson({ code: 'rest_login_required' }, 401);
	const session = await stage.check();
	expect(session.code).toBe(0);
	expect(session.found('site')).toMatch(/^pass: .*not to guests \(401\)/);
	expect(session.found('keys')).toMatch(/^skip: Not needed/);
	const signed = await stage.check(['--endpoint', `${stage.front.url}/app-inbox/token`]);
	expect(signed.code).toBe(1);
	expect(signed.found('keys')).toMatch(/^fail: .*closes its REST API.*IDENTITY_KEYS/);
});

it('keys: given in the environment', async () => {
	const { kid, kty, crv, x } = stage.key.jwk;
	const IDENTITY_KEYS = JSON.stringify({ keys: [{ kid, kty, crv, x }] });
	const endpoint = ['--endpoint', `${stage.front.url}/app-inbox/token`];
	const { code, found } = await stage.check(endpoint, { IDENTITY_KEYS });
	expect(code).toBe(0);
	expect(found('keys')).toBe('pass: IDENTITY_KEYS contains public keys.');
	expect(found('site')).toMatch(/^skip: Not needed/);
	expect(stage.wordpress.requests).toEqual([]);
	expect((await stage.check([], { IDENTITY_KEYS })).found('site')).toMatch(/^pass/);
});

it('keys: given, but unusable', async () => {
	const IDENTITY_KEYS = '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA"}]}';
	expect((await stage.check([], { IDENTITY_KEYS })).found('keys')).toBe(
		'fail: There are keys, but none for EdDSA. Publish a public key of one of these kinds.'
	);
});

it('keys: a key set', async () => {
	const IDENTITY_JWKS_URL = `${stage.wordpress.url}/jwks?canary=1`;
	const keys = async () => (await stage.check([], { IDENTITY_JWKS_URL })).found('keys');
	stage.wordpress.answer = answerJson({ keys: [stage.key.jwk, stage.key.jwk] });
	expect(await keys()).toBe('pass: The key set of IDENTITY_JWKS_URL can be fetched.');
	stage.wordpress.answer = answerText('', 404);
	expect(await keys()).toMatch(/^fail: .*could not be fetched\. Check IDENTITY_JWKS_URL/);
	stage.wordpress.answer = reset;
	expect(await keys()).toMatch(/^fail: 127.* closed the connection.*IDENTITY_JWKS_URL/);
	stage.wordpress.answer = answerJson({ keys: [{ kty: 'EC', crv: 'P-521', x: 'A', y: 'A' }] });
	expect(await keys()).toMatch(/^fail: There are keys, but none for EdDSA, Ed25519, ES256/);
});
