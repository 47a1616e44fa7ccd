import { expect, it } from 'vitest';
import { claimsOf, forge, sign } from '../../edge/credentials.ts';
import { answerJson, answerText, reset, type Answer } from '../../edge/upstreams.ts';
import { ALL_PASS, statuses } from './findings.ts';
import { problem } from './own-problem.ts';
import { API_KEY, Stage } from './stage.ts';

const SECRET = 'canary-secret-kJ8sdf7sdfkjh3298sdfjkh';
const stage = new Stage();

it('token: a credential made with IDENTITY_SECRET goes the whole way', async () => {
	const passOn = await stage.startFunction({ IDENTITY_SECRET: SECRET });
	const way: Record<string, Answer> = { 'POST /app-inbox/check': passOn };
	const env = { IDENTITY_SECRET: SECRET };

	stage.instead = way;
	const known = await stage.check(['--contact', '2'], env);
	expect(known.code).toBe(0);
	expect(statuses(known.checks)).toEqual({
		...ALL_PASS,
		token: 'pass',
		'token/identity': 'pass',
		'token/vendor-key': 'pass',
		'token/contact': 'pass',
	});
	expect(stage.vendor.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);

	const unknown = await stage.check(['--contact', '404'], env);
	expect(unknown.code).toBe(1);
	expect(unknown.found('token')).toMatch(/^fail: .*The lines below/);
	expect(unknown.found('token/contact')).toMatch(/^fail: eSputnik has no contact/);

	expect((await stage.check([], env)).found('token')).toMatch(/^skip: .*--contact/);
	const email = ['--contact', 'canary.contact@example.com'];
	expect((await stage.check(email, env)).found('token')).toMatch(/^skip: .*externalCustomerId/);
	const byEmail = await stage.check(email, { ...env, IDENTIFY_BY: 'email' });
	expect(byEmail.found('token')).toMatch(/^pass/);

	const other = { IDENTITY_SECRET: `${SECRET}-another` };
	expect((await stage.check(['--contact', '2'], other)).found('token')).toMatch(
		/^fail: .*does not accept the credential\. .*IDENTITY_SECRET or SITE_URL differ/
	);
});

it('token: an administrator’s credential out of APP_INBOX_JWT goes the whole way', async () => {
	const jwt = (role?: string) => sign(claimsOf(stage.site, { role }), stage.key);
	const admin = { APP_INBOX_JWT: await jwt('administrator') };
	const { code, checks } = await stage.check(['--jwt'], admin);
	expect(code).toBe(0);
	expect(checks.slice(8).map(({ id, status }) => `${id} ${status}`)).toEqual([
		'token pass',
		'token/identity pass',
		'token/vendor-key pass',
		'token/contact pass',
	]);
	const quoted = { APP_INBOX_JWT: `"${admin.APP_INBOX_JWT}"` };
	expect((await stage.check(['--jwt'], quoted)).code).toBe(0);
	expect((await stage.check([], admin)).found('token')).toMatch(/^skip: Only the browser/);
	const anyone = { APP_INBOX_JWT: await jwt() };
	expect((await stage.check(['--jwt'], anyone)).found('token')).toMatch(/^fail: .*"role"/);
	stage.wordpress.answer = answerText('', 503);
	const fresh = { APP_INBOX_JWT: forge({ alg: 'EdDSA', kid: 'new' }, claimsOf(stage.site), 'x') };
	expect((await stage.check(['--jwt'], fresh)).found('token')).toMatch(/^fail: /);
});

it.each<[string, Answer, RegExp]>([
	['nonsense', answerJson({ checks: 'canary' }), /^fail: Something other/],
	['nothing', answerJson({ checks: [] }), /^fail: Something other/],
	[
		'escape sequences',
		answerJson({ checks: [{ id: 'identity', status: 'pass', message: '\u001b[2J' }] }),
		/^fail: Something other/,
	],
	['no keys', problem('site_unavailable', 502), /^fail: .*cannot get the site’s keys/],
	['nothing at all', reset, /^fail: .*does not reach the function \(502\)/],
])('token: the function answers %s', async (_, answer, expected) => {
	stage.instead['POST /app-inbox/check'] = answer;
	const APP_INBOX_JWT = forge({ alg: 'HS256' }, { canary: true }, 'x');
	const { code, found } = await stage.check(['--jwt'], { APP_INBOX_JWT });
	expect(code).toBe(1);
	expect(found('token')).toMatch(expected);
});

it('a server that sends secrets back does not get them onto the screen', async () => {
	stage.instead['POST /app-inbox/check'] = (request, response) =>
		answerJson({
			checks: [
				{
					id: 'identity',
					status: 'fail',
					message: `${request.headers.authorization} ${API_KEY}. Do ${API_KEY}.`,
				},
			],
		})(request, response);
	const env = { IDENTITY_SECRET: SECRET, ESPUTNIK_API_KEY: `"${API_KEY}"` };
	const { found } = await stage.check(['--contact', '2'], env);
	expect(found('token/identity')).toBe('fail: Bearer [secret] [secret]. Do [secret].');
	const { stdout } = await stage.run(['--contact', '2'], { ...env, COLUMNS: '40' });
	expect(stdout).toContain('[secret]');
});
