import { expect, it } from 'vitest';
import {
	answerJson,
	answerText,
	cookieOf,
	nonceOf,
	reset,
	tokenOf,
	type Upstream,
} from '../upstreams.ts';
import { SHOP, type World } from './world.ts';

export function sessionCases(world: World) {
	const alice = () => ({ cookie: cookieOf('alice'), 'x-wp-nonce': nonceOf('alice') });
	const refuses = async (headers: Record<string, string>) => {
		expect(await world.session(headers)).toMatchObject({
			status: 401,
			json: { code: 'unauthenticated' },
		});
		expect(world.vendor.requests).toEqual([]);
	};

	it('gives a token for a WordPress session', async () => {
		const contact = { externalCustomerId: '2', email: 'alice@example.com' };
		expect(await world.session(alice())).toMatchObject({
			status: 200,
			json: { token: tokenOf(contact) },
		});
		expect(JSON.parse(world.vendor.requests[0]!.body)).toEqual(contact);
	});

	it('case 13: no nonce, no cookie, a foreign page: nobody is asked', async () => {
		await refuses({ cookie: cookieOf('alice') });
		await refuses({ 'x-wp-nonce': nonceOf('alice') });
		await refuses({ ...alice(), 'x-wp-nonce': '' });
		await refuses({ ...alice(), 'x-wp-nonce': 'a b' });
		await refuses({ ...alice(), origin: SHOP });
		expect(world.wordpress.requests).toEqual([]);
	});

	it('an Authorization header leaves the session out', async () => {
		await refuses({ ...alice(), authorization: 'Bearer a.b.c' });
		await refuses({ ...alice(), authorization: 'Basic dXNlcjpwYXNzd29yZA==' });
		expect(world.wordpress.requests.filter(({ headers }) => headers.cookie)).toEqual([]);
	});

	it('case 14: a stale nonce, somebody else’s nonce, logged out', async () => {
		await refuses({ ...alice(), 'x-wp-nonce': '0000000000' });
		await refuses({ ...alice(), 'x-wp-nonce': nonceOf('bob') });
		world.wordpress.answer = answerJson({ code: 'rest_not_logged_in' }, 401);
		await refuses(alice());
	});

	it('case 14: an answer without an e-mail', async () => {
		const headers = { cookie: cookieOf('no-mail'), 'x-wp-nonce': nonceOf('no-mail') };
		expect((await world.session(headers)).json).toEqual({
			token: tokenOf({ externalCustomerId: '4' }),
		});
	});

	it('case 14: HTML instead of JSON at one address: the other is used, and remembered', async () => {
		const server = await world.start();
		const usual = world.wordpress.answer;
		world.wordpress.answer = (asked, response) =>
			asked.url.startsWith('/wp-json/')
				? answerText('<h1>Not found</h1>', 404)(asked, response)
				: usual(asked, response);
		expect((await world.session(alice(), server)).status).toBe(200);
		expect((await world.session(alice(), server)).status).toBe(200);
		expect(urls(world.wordpress)).toEqual([
			'/wp-json/wp/v2/users/me?context=edit&_fields=id,email,roles,app_inbox',
			'/?rest_route=/wp/v2/users/me&context=edit&_fields=id,email,roles,app_inbox',
			'/?rest_route=/wp/v2/users/me&context=edit&_fields=id,email,roles,app_inbox',
		]);
	});

	it.each([
		['HTML at both', answerText('<h1>Hello</h1>'), 502],
		['broken JSON', answerText('{"id":', 200, { 'content-type': 'application/json' }), 502],
		['no id', answerJson({ email: 'canary.mail@example.com' }), 502],
		['an id as text', answerJson({ id: '2' }), 502],
		['id 0', answerJson({ id: 0 }), 502],
		['no such route', answerJson({ code: 'rest_no_route' }, 404), 502],
		['an error', answerJson({ code: 'internal' }, 500), 502],
		['a cut connection', reset, 502],
		['maintenance', answerText('Maintenance', 503, { 'retry-after': '600' }), 503],
		['a cached answer', answerJson({ id: 2 }, 200, { age: '30' }), 502],
		['a huge answer', answerText('x'.repeat(1e6)), 502],
	])('case 14: WordPress out of order: %s', async (_name, answer, status) => {
		world.wordpress.answer = answer;
		const answered = await world.session(alice());
		expect(answered).toMatchObject({ status, json: { status, code: 'site_unavailable' } });
		expect(answered.headers['retry-after']).toBe(status === 503 ? '600' : undefined);
		expect(world.vendor.requests).toEqual([]);
	});

	it.each(['signed', '', null, false])(
		'a WordPress that signs who its users are (%j): a session alone is none',
		async (said) => {
			world.wordpress.answer = answerJson({ id: 2, app_inbox: said });
			expect(await world.session(alice())).toMatchObject({
				status: 401,
				json: { code: 'unauthenticated' },
			});
			expect(world.vendor.requests).toEqual([]);
		}
	);

	it('case 15: only the login cookie and the nonce go to WordPress', async () => {
		await world.session({
			...alice(),
			cookie: `a=b; wordpress_sec_1=canary-sec; ${cookieOf('alice')}; PHPSESSID=canary-php; wp-settings-1=x`,
			'x-forwarded-for': '1.2.3.4',
			'x-custom': 'canary-custom',
			referer: 'http://site/private',
		});
		const { headers } = world.wordpress.requests[0]!;
		expect(headers.cookie).toBe(cookieOf('alice'));
		expect(headers['x-wp-nonce']).toBe(nonceOf('alice'));
		const ours = Object.keys(headers).filter((name) => !OF_THE_CLIENT.test(name));
		expect(ours.sort()).toEqual(['accept', 'cookie', 'user-agent', 'x-wp-nonce']);
		expect(JSON.stringify(headers)).not.toMatch(/canary|1\.2\.3\.4|private/);
	});

	it('case 15: an oversized login cookie', async () => {
		const cookie = `${cookieOf('alice')}${'x'.repeat(9000)}`;
		await refuses({ ...alice(), cookie });
		expect(world.wordpress.requests).toEqual([]);
	});

	it('case 16: redirects of WordPress are not followed', async () => {
		world.wordpress.answer = (_request, response) =>
			response.writeHead(302, { location: `${world.vendor.url}/elsewhere` }).end();
		expect(await world.session(alice())).toMatchObject({
			status: 502,
			json: { code: 'site_unavailable' },
		});
		expect(world.vendor.requests).toEqual([]);
	});

	it('case 16: Host and X-Forwarded-* steer nothing', async () => {
		const steering = {
			host: new URL(world.vendor.url).host,
			'x-forwarded-host': new URL(world.vendor.url).host,
			'x-forwarded-proto': 'https',
			forwarded: 'host=evil.example',
		};
		expect((await world.session({ ...alice(), ...steering })).status).toBe(200);
		expect(world.wordpress.requests).toHaveLength(1);
		expect(world.vendor.requests).toHaveLength(1);
		expect((await world.session({ ...steering, origin: world.vendor.url })).status).toBe(403);
	});

	it('case 23: a remembered session is one person’s, and refusals are not remembered', async () => {
		const server = await world.start({ IDENTITY_CACHE_SECONDS: '60' });
		const ask = async (user: string, nonce = nonceOf(user)) =>
			(await world.session({ cookie: cookieOf(user), 'x-wp-nonce': nonce }, server)).json
				.token;
		const alices = tokenOf({ externalCustomerId: '2', email: 'alice@example.com' });
		const bobs = tokenOf({ externalCustomerId: '3', email: 'bob@example.com' });
		expect([
			await ask('alice'),
			await ask('bob'),
			await ask('alice'),
			await ask('bob'),
		]).toEqual([alices, bobs, alices, bobs]);
		expect(world.wordpress.requests).toHaveLength(2);
		expect(await ask('alice', nonceOf('bob'))).toBeUndefined();
		expect(await ask('alice', nonceOf('bob'))).toBeUndefined();
		expect(world.wordpress.requests).toHaveLength(4);
	});
}

const urls = ({ requests }: Upstream) => requests.map(({ url }) => url);

/** What runtimes' HTTP clients add by themselves. */
const OF_THE_CLIENT =
	/^(accept-encoding|accept-language|cache-control|connection|host|pragma|sec-fetch-mode)$/;
