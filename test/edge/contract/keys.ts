import { expect, it, vi } from 'vitest';
import { createKey, sign, claimsOf } from '../credentials.ts';
import {
	answerJson,
	answerKeys,
	answerText,
	hang,
	reset,
	tokenOf,
	type Answer,
} from '../upstreams.ts';
import type { Running, World } from './world.ts';

export function keyCases(world: World) {
	const shows = async (server: Running, key = world.key) =>
		(await world.signed(await world.jwt({}, key), {}, server)).status;
	const redirect =
		(location: string): Answer =>
		(_request, response) =>
			response.writeHead(302, { location }).end();

	it('case 14: asks the site’s front address once, and says nothing about the visitor there', async () => {
		const server = await world.start();
		const noise = {
			cookie: 'wordpress_logged_in_0=canary-cookie',
			'x-custom': 'canary-custom',
			referer: 'http://site/private',
		};
		for (let n = 0; n < 3; n++) {
			const answer = await world.signed(await world.jwt(), { headers: noise }, server);
			expect(answer.status).toBe(200);
		}
		expect(world.wordpress.requests).toHaveLength(1);
		const [{ method, url, headers, body }] = world.wordpress.requests as [
			(typeof world.wordpress.requests)[number],
		];
		expect([method, url, body]).toEqual(['GET', '/?app-inbox=keys', '']);
		const ours = Object.keys(headers).filter((name) => !OF_THE_CLIENT.test(name));
		expect(ours.sort()).toEqual(['accept', 'user-agent']);
		expect(JSON.stringify(headers)).not.toMatch(/canary|private|eyJ/);
	});

	it('case 14: a site in a folder is asked there, with and without a slash', async () => {
		for (const path of ['/blog', '/blog/']) {
			world.wordpress.reset();
			const server = await world.start({ SITE_URL: `${world.site}${path}` });
			const jwt = await sign(claimsOf(`${world.site}/blog`), world.key);
			expect((await world.signed(jwt, {}, server)).status).toBe(200);
			expect(world.wordpress.requests[0]!.url).toBe('/blog/?app-inbox=keys');
		}
	});

	it('case 14: the site at an inner address', async () => {
		const env = { SITE_URL: 'https://public.example', WORDPRESS_URL: `${world.site}/inner/` };
		const server = await world.start(env);
		const jwt = await sign(claimsOf('https://public.example'), world.key);
		expect((await world.signed(jwt, {}, server)).status).toBe(200);
		expect(world.wordpress.requests[0]!.url).toBe('/inner/?app-inbox=keys');
	});

	it('case 7 and case 14: a key that is published no more does not count', async () => {
		const server = await world.start();
		world.wordpress.answer = answerKeys([world.otherKey.jwk]);
		expect(await shows(server)).toBe(401);
		expect(await shows(server, world.otherKey)).toBe(200);
	});

	it('case 14: what others have printed round the keys does no harm', async () => {
		const server = await world.start();
		world.wordpress.answer = answerText(
			`\ufeff\n\nNotice: x\n${JSON.stringify({ keys: [world.key.jwk] })}\n<!-- cached -->`
		);
		expect(await shows(server)).toBe(200);
	});

	it.each<[string, Answer, number, RegExp]>([
		['a page', answerText('<!doctype html><h1>Hello'), 502, /a page instead of its keys/],
		[
			'a login page',
			answerText('<form><input name="pwd" type="password">'),
			502,
			/login wall .* shows its login page/,
		],
		['a redirect to a login', redirect('/wp-login.php?canary'), 502, /login wall .*\(302\)/],
		[
			'a redirect',
			redirect('https://www.canary.example/'),
			502,
			/redirects .*\(302\): SITE_URL/,
		],
		['a password', answerText('canary', 401), 502, /A password in front of the site .*\(401\)/],
		['a firewall', answerText('<h1>Blocked', 403), 502, /A firewall .*\(403\)/],
		[
			'a firewall that counts',
			answerText('<h1>Wait', 503, { 'retry-after': '600' }),
			503,
			/A firewall .*\(503\)/,
		],
		['no such page', answerText('<h1>Not found', 404), 502, /out of order \(404\)/],
		['an error', answerJson({ code: 'canary' }, 500), 502, /out of order \(500\)/],
		['a huge answer', answerText('x'.repeat(1e6)), 502, /a large page/],
		['a cut connection', reset, 502, /could not be asked .*\(network\)/],
		['broken JSON', answerText('{"keys":[{'), 502, /not with a set of public keys/],
		['other JSON', answerJson({ hello: 'canary' }), 502, /not with a set of public keys/],
		['no keys', answerJson({ keys: [] }), 502, /not with a set of public keys/],
		['a secret', answerJson({ keys: [{ kty: 'oct', k: 'canary' }] }), 502, /public keys/],
	])('case 14: %s instead of the keys', async (_name, answer, status, hint) => {
		const server = await world.start();
		world.wordpress.answer = answer;
		const answered = await world.signed(await world.jwt(), {}, server);
		expect(answered).toMatchObject({ status, json: { status, code: 'site_unavailable' } });
		expect(answered.headers['retry-after']).toBe(status === 503 ? '600' : undefined);
		expect(world.vendor.requests).toEqual([]);
		await vi.waitFor(() => expect(server.output()).toMatch(hint));
		expect(server.output()).toContain('IDENTITY_KEYS');
		// Whatever comes, and now that the site is well again: one question in 30 seconds.
		world.wordpress.answer = answerKeys([world.key.jwk]);
		for (let n = 0; n < 5; n++) {
			expect(await shows(server)).toBe(status);
		}
		expect(world.wordpress.requests).toHaveLength(1);
	});

	it('case 16: redirects of the site are not followed', async () => {
		const server = await world.start();
		world.wordpress.answer = redirect(`${world.vendor.url}/elsewhere`);
		expect(await shows(server)).toBe(502);
		expect(world.vendor.requests).toEqual([]);
	});

	it('case 16: Host and X-Forwarded-* steer nothing', async () => {
		const server = await world.start();
		const headers = {
			host: new URL(world.vendor.url).host,
			'x-forwarded-host': new URL(world.vendor.url).host,
			'x-forwarded-proto': 'https',
			forwarded: 'host=evil.example',
		};
		expect((await world.signed(await world.jwt(), { headers }, server)).status).toBe(200);
		expect(world.wordpress.requests).toHaveLength(1);
		expect(world.vendor.requests).toHaveLength(1);
	});

	it('case 14: an Age within five minutes is as good as none', async () => {
		const server = await world.start();
		world.wordpress.answer = answerKeys([world.key.jwk], { age: '299' });
		expect(await shows(server)).toBe(200);
		expect(await shows(server, world.otherKey)).toBe(401);
	});

	it('case 14: behind a cache that keeps the keys too long an unknown key is no bad one', async () => {
		const server = await world.start();
		world.wordpress.answer = answerKeys([world.key.jwk], { age: '301' });
		expect(await shows(server)).toBe(200);
		expect(await shows(server, world.otherKey)).toBe(502);
		await vi.waitFor(() => expect(server.output()).toMatch(/A cache in front of the site/));
	});

	it('case 14: a flood of unknown key ids is one question, and nobody with a known key waits', async () => {
		const server = await world.start();
		expect(await shows(server)).toBe(200);
		world.wordpress.answer = hang;
		const stranger = await createKey('flood');
		const flood = await Promise.all(
			Array.from({ length: 40 }, async (_, n) =>
				world.signed(await world.jwt({}, stranger, { kid: `kid-${n}` }), {}, server)
			)
		);
		expect(flood.map(({ status }) => status)).toEqual(Array(40).fill(401));
		expect(await shows(server)).toBe(200);
		expect(world.wordpress.requests).toHaveLength(1);
	});

	it('case 14: a site that never answers is asked once for all who wait', async () => {
		const server = await world.start();
		world.wordpress.answer = hang;
		const statuses = await Promise.all([1, 2, 3].map(() => shows(server)));
		expect(statuses).toEqual([504, 504, 504]);
		expect(world.wordpress.requests).toHaveLength(1);
	}, 12_000);

	it.each<[string, Record<string, string>]>([
		['cookies', { cookie: 'wordpress_logged_in_0=canary-cookie; PHPSESSID=canary-php' }],
		['Basic authentication', { authorization: `Basic ${btoa('staging:canary-basic')}` }],
		['an oversized cookie', { cookie: `wordpress_logged_in_0=${'x'.repeat(9000)}` }],
	])('case 13 and case 15: %s: no credential, and nobody is asked', async (_name, headers) => {
		for (const path of ['/token', '/check']) {
			const asking = { method: 'POST', headers: { origin: world.site, ...headers } } as const;
			expect(await world.ask(path, asking)).toMatchObject({
				status: 401,
				json: { code: 'unauthenticated' },
			});
		}
		expect(world.wordpress.requests).toEqual([]);
		expect(world.vendor.requests).toEqual([]);
	});

	it('case 15: cookies beside a credential change nothing and go nowhere', async () => {
		const headers = {
			origin: world.site,
			cookie: 'wordpress_logged_in_0=admin%7Ccanary-cookie',
		};
		const answer = await world.signed(await world.jwt({ email: undefined }), { headers });
		expect(answer.json).toEqual({ token: tokenOf({ externalCustomerId: '2' }) });
		expect(JSON.stringify(world.vendor.requests)).not.toContain('canary-cookie');
	});
}

/** What runtimes' HTTP clients add by themselves. */
const OF_THE_CLIENT =
	/^(accept-encoding|accept-language|cache-control|connection|host|pragma|sec-fetch-mode)$/;
