import { exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { claimsOf, createKey, forge, SECRET, sign } from '../credentials.ts';
import { tokenOf } from '../upstreams.ts';
import { SHOP, type World } from './world.ts';

const now = () => Math.floor(Date.now() / 1000);

export function signedCases(world: World) {
	const refuses = async (jwt: string) => {
		expect(await world.signed(jwt)).toMatchObject({
			status: 401,
			json: { code: 'unauthenticated' },
		});
		expect(world.vendor.requests).toEqual([]);
	};
	const accepts = async (jwt: string) =>
		expect(await world.signed(jwt)).toMatchObject({ status: 200 });

	it('gives a token for a signed credential', async () => {
		const answer = await world.signed(await world.jwt());
		const contact = { externalCustomerId: '2', email: 'canary.signed@example.com' };
		expect(answer).toMatchObject({ status: 200, json: { token: tokenOf(contact) } });
		expect(world.vendor.requests).toMatchObject([
			{
				method: 'POST',
				url: '/api/v1/auth/contact/token',
				headers: {
					'content-type': 'application/json',
					authorization: `Basic ${btoa('user:canary-key-9f8e7d6c5b4a3210')}`,
				},
				body: JSON.stringify(contact),
			},
		]);
	});

	it('takes off the quotes that docker run --env-file keeps', async () => {
		const server = await world.start({
			SITE_URL: `'${world.site}'`,
			ESPUTNIK_API_KEY: '"canary-key-9f8e7d6c5b4a3210"',
		});
		expect(await world.signed(await world.jwt(), {}, server)).toMatchObject({ status: 200 });
		expect(world.vendor.requests[0]!.headers.authorization).toBe(
			`Basic ${btoa('user:canary-key-9f8e7d6c5b4a3210')}`
		);
	});

	it('says with an empty token that eSputnik does not know the contact', async () => {
		const answer = await world.signed(await world.jwt({ sub: '404' }));
		expect(answer).toMatchObject({ status: 200, json: { token: '' } });
	});

	it('case 23: an answer of eSputnik names the credential that it is for, and nothing else does', async () => {
		const people = await Promise.all(
			['2', '3', '404'].map((sub) => world.jwt({ sub, email: undefined }))
		);
		const answers = await Promise.all(people.map((jwt) => world.signed(jwt)));
		expect(answers.map(({ status, headers }) => [status, headers.credential])).toEqual(
			people.map((jwt) => [200, jwt.slice(-16)])
		);
		const administrator = await world.jwt({ role: 'administrator' });
		const asking = { origin: SHOP, authorization: `Bearer ${administrator}` };
		const others = [
			await world.ask('/check', { method: 'POST', headers: asking }),
			await world.signed(await world.jwt({ aud: 'app' })),
		];
		expect(others.map(({ status, headers }) => [status, headers.credential])).toEqual([
			[200, undefined],
			[401, undefined],
		]);
	});

	it.each(['none', 'None', 'NONE', 'nOnE', ''])('case 1: alg "%s"', async (alg) => {
		const claims = claimsOf(world.site);
		await refuses(forge({ alg, kid: 'key-1' }, claims));
		await refuses(`${forge({ alg, kid: 'key-1' }, claims)}AAAA`);
	});

	it('case 2: HS256 signed with the public key', async () => {
		const publicKey = (await importJWK(world.key.jwk, 'EdDSA', {
			extractable: true,
		})) as CryptoKey;
		const raw = Buffer.from(world.key.jwk.x!, 'base64url');
		const claims = claimsOf(world.site);
		for (const secret of [
			raw,
			world.key.jwk.x!,
			JSON.stringify(world.key.jwk),
			await exportSPKI(publicKey),
		]) {
			await refuses(forge({ alg: 'HS256', kid: 'key-1' }, claims, secret));
			await refuses(forge({ alg: 'EdDSA', kid: 'key-1' }, claims, secret));
		}
	});

	it('case 2: the key source says the algorithm, not the credential', async () =>
		refuses(await world.jwt({}, world.ecKey)));

	it('case 3: keys and key addresses in the header, an unknown crit', async () => {
		const attacker = await createKey('key-1');
		for (const header of [
			{ jwk: attacker.jwk },
			{ jku: `${world.vendor.url}/keys` },
			{ x5u: `${world.vendor.url}/cert` },
			{ kid: '../../dev/null' },
			{ kid: "x' OR 1=1 --" },
			{ kid: `${world.vendor.url}/keys` },
		]) {
			await refuses(await world.jwt({}, attacker, header));
		}
		const unknown = forge({ alg: 'EdDSA', kid: 'key-1', crit: ['exp2'], exp2: 1 }, {});
		const [header] = unknown.split('.');
		const [, payload, signature] = (await world.jwt()).split('.');
		await refuses(`${header}.${payload}.${signature}`);
		expect(world.vendor.requests).toEqual([]);
	});

	it.each<[string, () => object]>([
		['no exp', () => ({ exp: undefined })],
		['no iat', () => ({ iat: undefined })],
		['no sub', () => ({ sub: undefined })],
		['an empty sub', () => ({ sub: '' })],
		['a blank sub', () => ({ sub: '  ' })],
		['a number as sub', () => ({ sub: 2 })],
		['exp long ago', () => ({ iat: now() - 800, exp: now() - 70 })],
		['exp as a string', () => ({ exp: String(now() + 600) })],
		['iat as a string', () => ({ iat: String(now()) })],
		['nbf in the future', () => ({ nbf: now() + 120 })],
		['iat in the future', () => ({ iat: now() + 120, exp: now() + 300 })],
		['exp before iat', () => ({ iat: now() + 30, exp: now() + 20 })],
	])('case 4: %s', async (_name, change) => refuses(await world.jwt({ ...change() })));

	it('case 4: a minute of skew is allowed', async () => {
		await accepts(await world.jwt({ iat: now() - 600, exp: now() - 30 }));
		await accepts(await world.jwt({ iat: now() + 30, exp: now() + 600 }));
	});

	it.each<[string, (site: string) => object]>([
		['no iss', () => ({ iss: undefined })],
		['another iss', () => ({ iss: 'https://evil.example' })],
		['iss with a path', (site) => ({ iss: `${site}/blog` })],
		['iss as a list', (site) => ({ iss: [site] })],
		['no aud', () => ({ aud: undefined })],
		['another aud', () => ({ aud: 'app' })],
	])('case 5: %s', async (_name, change) => refuses(await world.jwt({ ...change(world.site) })));

	it('case 5: iss with a slash is the same site', async () =>
		accepts(await world.jwt({ iss: `${world.site}/` })));

	it('case 5: the Host header does not make another issuer', async () => {
		const jwt = await world.jwt({ iss: 'http://evil.example' });
		const answer = await world.signed(jwt, {
			headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
		});
		expect(answer.status).toBe(401);
	});

	it('case 6: a life of more than 15 minutes', async () => {
		await refuses(await world.jwt({ iat: now(), exp: now() + 901 }));
		await accepts(await world.jwt({ iat: now(), exp: now() + 900 }));
	});

	it.each<[string, string, RegExp]>([
		['empty', '', /IDENTITY_SECRET is empty/],
		['short', 'canary-31-bytes-4c1d9e7b2f8a605', /IDENTITY_SECRET is too short/],
		['one letter again and again', 'a'.repeat(64), /IDENTITY_SECRET repeats the same/],
		[
			'in quotes',
			'"canary-hmac-4c1d9e7b2f8a6053deadbeef"',
			/IDENTITY_SECRET begins or ends with/,
		],
		['a placeholder', 'changeme-changeme-changeme-changeme', /IDENTITY_SECRET is a placeh/],
	])('case 6: no work with a secret that is %s', async (_name, secret, problem) => {
		const complaint = await world.complaint({ IDENTITY_SECRET: secret });
		expect(complaint).toMatch(problem);
		expect(complaint).not.toMatch(/canary|aaaa|changeme/);
	});

	it('case 6: all weak secrets are named at once', async () => {
		const complaint = await world.complaint({
			ESPUTNIK_API_KEY: 'your-api-key-here',
			IDENTITY_SECRET: 'canary',
		});
		expect(complaint).toMatch(/ESPUTNIK_API_KEY is a placeholder[^]*IDENTITY_SECRET is too/);
		expect(complaint).not.toMatch(/canary|your-api/);
	});

	it('case 7: of two published keys either counts, and an unknown one does not', async () => {
		await accepts(await world.jwt({}, world.key));
		await accepts(await world.jwt({}, world.otherKey));
		world.vendor.reset();
		await refuses(await world.jwt({}, await createKey('key-1')));
		await refuses(await world.jwt({}, await createKey('key-9')));
	});

	it('case 8: a credential may be shown again within its life', async () => {
		const jwt = await world.jwt({ sub: '77' });
		await accepts(jwt);
		await accepts(jwt);
		expect(world.vendor.requests).toHaveLength(2);
	});

	it('case 9: the request says nothing about who it is', async () => {
		const answer = await world.ask('/token?externalCustomerId=3&email=bob@example.com', {
			method: 'POST',
			headers: {
				origin: SHOP,
				authorization: `Bearer ${await world.jwt({ email: undefined })}`,
				'content-type': 'application/json',
				'x-user-id': '3',
			},
			body: '{"externalCustomerId":"3","email":"bob@example.com","__proto__":{"email":"b@x.y"}}',
		});
		expect(answer.json).toEqual({ token: tokenOf({ externalCustomerId: '2' }) });
	});

	it.each<[string, object, object]>([
		['only a sub', { email: null }, { externalCustomerId: '2' }],
		['an e-mail in blanks', { email: ' A.Ü@Example.com ' }, { email: 'A.Ü@Example.com' }],
		['no e-mail at all', { email: 'nobody' }, { externalCustomerId: '2' }],
		['two lines in an e-mail', { email: 'a@b.c\r\nx: y' }, { externalCustomerId: '2' }],
		['a sub in Unicode', { sub: 'Олена-7', email: null }, { externalCustomerId: 'Олена-7' }],
	])('case 10: %s', async (_name, change, contact) => {
		await accepts(await world.jwt({ ...change }));
		expect(JSON.parse(world.vendor.requests[0]!.body)).toEqual({
			externalCustomerId: '2',
			...contact,
		});
	});

	it('case 25: one answer for every refused credential', async () => {
		const expired = await world.jwt({ iat: now() - 800, exp: now() - 70 });
		const alien = await world.jwt({}, await createKey('key-1'));
		const answers = [await world.ask('/token', { method: 'POST', headers: { origin: SHOP } })];
		for (const shown of [
			'',
			'Basic dXNlcjpwYXNz',
			'Bearer',
			'Bearer a.b.c',
			`Bearer ${expired}`,
		]) {
			answers.push(await world.signed('', { headers: { authorization: shown } }));
		}
		answers.push(await world.signed(alien));
		const visible = answers.map(({ status, text, headers }) => ({
			status,
			text,
			headers: { ...headers, date: '', 'x-request-id': '' },
		}));
		expect(visible[0]).toMatchObject({
			status: 401,
			headers: { 'www-authenticate': 'Bearer' },
		});
		expect(visible).toEqual(visible.map(() => visible[0]));
	});

	describe('other sources of keys', () => {
		it('HS256 with IDENTITY_SECRET, and nothing else', async () => {
			const server = await world.start({
				IDENTITY_SECRET: SECRET,
				IDENTIFY_BY: 'phone,email',
			});
			const claims = { phone: '+380 (50) 123-45-67' };
			const jwt = forge({ alg: 'HS256' }, claimsOf(world.site, claims), SECRET);
			expect(await world.signed(jwt, {}, server)).toMatchObject({
				status: 200,
				json: {
					token: tokenOf({ phone: '+380501234567', email: 'canary.signed@example.com' }),
				},
			});
			const none = claimsOf(world.site, { email: undefined });
			world.vendor.reset();
			expect(
				await world.signed(forge({ alg: 'HS256' }, none, SECRET), {}, server)
			).toMatchObject({ status: 200, json: { token: '' } });
			expect(world.vendor.requests).toEqual([]);
			const wrong = forge({ alg: 'HS256' }, claimsOf(world.site), `${SECRET}!`);
			expect((await world.signed(wrong, {}, server)).status).toBe(401);
			expect((await world.signed(await world.jwt(), {}, server)).status).toBe(401);
			expect(world.wordpress.requests).toEqual([]);
		});

		it('case 7: the previous secret counts beside the new one, and the log says so', async () => {
			const previous = 'canary-hmac-previous-2f8a6053deadbeef';
			const env = { IDENTITY_SECRET: SECRET, IDENTITY_SECRET_PREVIOUS: previous };
			const server = await world.start(env);
			const signedWith = (secret: string) =>
				world.signed(forge({ alg: 'HS256' }, claimsOf(world.site), secret), {}, server);
			expect((await signedWith(SECRET)).status).toBe(200);
			expect(server.output()).not.toContain('IDENTITY_SECRET_PREVIOUS');
			expect((await signedWith(previous)).status).toBe(200);
			expect((await signedWith(`${previous}!`)).status).toBe(401);
			await vi.waitFor(() => expect(server.output()).toContain('IDENTITY_SECRET_PREVIOUS'));
		});

		it('a JWKS URL', async () => {
			const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
			const jwk = await crypto.subtle.exportKey('jwk', publicKey);
			const server = await world.start({ IDENTITY_JWKS_URL: `${world.wordpress.url}/jwks` });
			world.wordpress.answer = (_request, response) =>
				response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'es' }] }));
			const jwt = await new SignJWT(claimsOf(world.site))
				.setProtectedHeader({ alg: 'ES256', kid: 'es' })
				.sign(privateKey);
			expect((await world.signed(jwt, {}, server)).status).toBe(200);
			expect((await world.signed(await world.jwt(), {}, server)).status).toBe(401);
			expect(world.wordpress.requests).toHaveLength(1);
		});

		it('IDENTITY_KEYS', async () => {
			const server = await world.start({
				IDENTITY_KEYS: JSON.stringify({ keys: [world.key.jwk] }),
			});
			expect((await world.signed(await world.jwt(), {}, server)).status).toBe(200);
			const other = await sign(claimsOf(world.site), world.otherKey);
			expect((await world.signed(other, {}, server)).status).toBe(401);
			expect(world.wordpress.requests).toEqual([]);
		});
	});
}
