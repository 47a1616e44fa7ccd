import { expect, it } from 'vitest';
import { answerJson, answerText, type Answer } from '../upstreams.ts';
import { SHOP, type World } from './world.ts';

export function checkCases(world: World) {
	const signed = async (role?: unknown) => ({
		origin: SHOP,
		authorization: `Bearer ${await world.jwt({ role })}`,
	});
	const administrator = () => signed('administrator');
	const check = (headers: Record<string, string>) =>
		world.ask('/check', { method: 'POST', headers });
	/** Like eSputnik, but for tokens. */
	const tokens =
		(answer: Answer): Answer =>
		(request, response) =>
			(request.url.endsWith('/contact/token')
				? answer
				: answerJson({ organisationName: 'Shop' }))(request, response);
	const statuses = async (headers: Record<string, string>) => {
		const { json } = await check(headers);
		return json.checks.map((one: { id: string; status: string }) => `${one.id} ${one.status}`);
	};

	it('passes for an administrator from an allowed origin, and keeps the token to itself', async () => {
		const answer = await check(await administrator());
		expect(answer.status).toBe(200);
		expect(answer.headers['cache-control']).toBe('no-store');
		expect(answer.headers['access-control-allow-origin']).toBe(SHOP);
		expect(answer.json).toEqual({
			checks: [
				{ id: 'identity', status: 'pass', message: expect.any(String) },
				{
					id: 'vendor-key',
					status: 'pass',
					message: 'eSputnik accepts the API key of “Shop Ltd”, for tokens too.',
				},
				{ id: 'contact', status: 'pass', message: expect.any(String) },
			],
		});
		expect(answer.text).not.toMatch(/tok_|canary/);
		expect(world.vendor.requests.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
			'GET /api/v1/account/info',
			'POST /api/v1/auth/contact/token',
		]);
	});

	it.each([undefined, null, '', 'Administrator', 'editor', ['administrator'], true, 1])(
		'the role %j in a credential is no administrator’s',
		async (role) => {
			expect(await check(await signed(role))).toMatchObject({
				status: 403,
				json: { code: 'forbidden' },
			});
			expect(world.vendor.requests).toEqual([]);
			expect((await world.signed(await world.jwt({ role }))).status).toBe(200);
		}
	);

	it('has the rules of /token for origins, credentials and methods', async () => {
		const admin = await administrator();
		const { authorization } = admin;
		expect((await check({ ...admin, origin: 'https://evil.example' })).status).toBe(403);
		expect((await check({ authorization })).json.code).toBe('origin_not_allowed');
		const refused = await check({ ...admin, authorization: 'Bearer a.b.c' });
		expect(refused.status).toBe(401);
		expect(refused.text).toBe((await world.signed('')).text);
		expect((await world.ask('/check')).headers.allow).toBe('POST, OPTIONS');
		const large = { method: 'POST', headers: admin, body: 'x'.repeat(2000) } as const;
		expect((await world.ask('/check', large)).status).toBe(413);
		expect(world.vendor.requests).toEqual([]);
	});

	it('an unknown contact fails', async () => {
		world.vendor.answer = tokens(answerJson({ token: '' }));
		const headers = await administrator();
		expect(await statuses(headers)).toEqual([
			'identity pass',
			'vendor-key pass',
			'contact fail',
		]);
		const { message } = (await check(headers)).json.checks[2];
		expect(message).toContain('externalCustomerId and email');
	});

	const KEY_REFUSED = expect.stringMatching(
		/refused the API key \(401\).*ESPUTNIK_API_KEY.*90 days.*Settings → API → New key.*Full access to API.*api\.yespo\.io/
	);
	it('a refused key fails, with what to do and nothing of the answer', async () => {
		world.vendor.answer = answerText('no: canary', 401);
		const answer = await check(await administrator());
		expect(answer.json.checks).toMatchObject([
			{ status: 'pass' },
			{ status: 'fail', message: KEY_REFUSED },
			{ status: 'fail', message: KEY_REFUSED },
		]);
		expect(answer.text).not.toContain('canary');
	});

	it('a key that may fetch tokens and not read the account is good enough', async () => {
		world.vendor.answer = (request, response) =>
			(request.url.endsWith('/contact/token')
				? answerJson({ token: 'canary-token' })
				: answerText('', 403))(request, response);
		expect(await statuses(await administrator())).toEqual([
			'identity pass',
			'vendor-key pass',
			'contact pass',
		]);
	});

	it('a key that may not fetch tokens is not', async () => {
		world.vendor.answer = tokens(answerText('', 403));
		expect(await statuses(await administrator())).toEqual([
			'identity pass',
			'vendor-key pass',
			'contact fail',
		]);
		const { checks } = (await check(await administrator())).json;
		expect(checks[1].message).toMatch(/accepts the API key of “Shop”\. Whether for tokens too/);
		expect(checks[2].message).toMatch(/refused the API key for tokens.*Full access to API/);
	});

	it('an account without a usable name is an account', async () => {
		for (const account of [{}, { organisationName: 5 }, { organisationName: 'a\nb' }]) {
			world.vendor.answer = (request, response) =>
				answerJson({ ...account, token: 't' })(request, response);
			const { json } = await check(await administrator());
			expect(json.checks[1].message).toBe('eSputnik accepts the API key, for tokens too.');
		}
		world.vendor.answer = answerText('<h1>Hello</h1>');
		expect(await statuses(await administrator())).toEqual([
			'identity pass',
			'vendor-key fail',
			'contact fail',
		]);
	});

	it('an administrator without any identifier: no contact is looked for', async () => {
		const server = await world.start({ IDENTIFY_BY: 'phone' });
		const asking = { method: 'POST', headers: await administrator() } as const;
		const { json } = await world.ask('/check', asking, server);
		expect(json.checks).toMatchObject([
			{ id: 'identity', status: 'fail', message: expect.stringContaining('IDENTIFY_BY') },
			{ id: 'vendor-key', status: 'pass', message: expect.stringContaining('Whether for') },
			{ id: 'contact', status: 'skip' },
		]);
		expect(world.vendor.requests).toHaveLength(1);
	});

	it('a site out of order is no failed check: nobody knows who asks', async () => {
		const server = await world.start();
		world.wordpress.answer = answerText('Maintenance', 503);
		const asking = { method: 'POST', headers: await administrator() } as const;
		expect(await world.ask('/check', asking, server)).toMatchObject({
			status: 503,
			json: { code: 'site_unavailable' },
		});
	});
}
