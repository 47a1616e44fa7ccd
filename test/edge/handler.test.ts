import { expect, it } from 'vitest';
import { forge } from './credentials.ts';
import { answered, FakePlatform } from './fake-platform.ts';

const usual = () => answered({ token: 't' });
/** Keys from the site, in place of a secret. */
const WORDPRESS = { IDENTITY_SECRET: undefined };

it('writes one line of JSON for each request, without a word about the visitor', async () => {
	const platform = new FakePlatform(usual);
	await platform.visit();
	expect(platform.lines.map((line) => JSON.parse(line))).toEqual([
		{
			time: '2026-03-01T12:00:00.000Z',
			level: 'info',
			event: 'request',
			id: 'id-1',
			method: 'POST',
			route: '/token',
			status: 200,
			outcome: 'token',
			ms: 0,
			vendorMs: 0,
		},
	]);
});

it('writes neither addresses nor methods that others made up', async () => {
	const platform = new FakePlatform(usual);
	const url = 'https://edge.example/app-inbox/canary@example.com?token=canary';
	await platform.handle(new Request(url, { method: 'CANARY' }), platform.env);
	expect(JSON.parse(platform.lines[0]!)).toMatchObject({ method: 'other', route: 'none' });
	expect(platform.lines.join()).not.toContain('anary');
});

it.each([401, 403])(
	'says to the owner what to do when eSputnik refuses the key: %i',
	async (status) => {
		const platform = new FakePlatform(() => answered({ message: 'canary' }, status));
		const response = await platform.visit();
		expect(response.status).toBe(502);
		const line = JSON.parse(platform.lines.at(-1)!);
		expect(line).toMatchObject({ level: 'error', outcome: 'vendor_refused' });
		expect(line.hint).toContain('ESPUTNIK_API_KEY');
		expect(platform.lines.join()).not.toContain('canary');
	}
);

it.each([
	['a redirect', answered('', 302), /302\).*ESPUTNIK_API_URL/],
	['another success', answered('', 202), /202\).*ESPUTNIK_API_URL/],
	['a page', answered('<h1>'), /200\).*ESPUTNIK_API_URL/],
	['an outage', answered('', 500), /500\).*Nothing is to be done/],
])('says to the owner what to do when eSputnik answers %s', async (_name, answer, hint) => {
	const platform = new FakePlatform(() => answer);
	platform.random = () => 1;
	const answering = platform.visit();
	while (platform.lines.length === 0) {
		await platform.clock.advance(1000);
	}
	expect((await answering).status).toBe(502);
	expect(JSON.parse(platform.lines.at(-1)!).hint).toMatch(hint);
});

it('says to the owner that a password of the web server is in the way', async () => {
	const platform = new FakePlatform(() => answered('canary', 401), WORDPRESS);
	expect((await platform.signed(forge({ alg: 'EdDSA', kid: 'key-1' }, {}, 'x'))).status).toBe(
		502
	);
	expect(JSON.parse(platform.lines.at(-1)!).hint).toMatch(/^A password .*WORDPRESS_URL/);
	expect((await platform.post({ authorization: 'Bearer nonsense' })).status).toBe(401);
	expect(JSON.parse(platform.lines.at(-1)!).hint).toBeUndefined();
	expect(platform.lines.join()).not.toMatch(/canary/);
});

it('says to the owner that the site signs as another address', async () => {
	const platform = new FakePlatform(usual, { SITE_URL: 'https://www.site.example' });
	const headers = { ...platform.bearer(), origin: 'https://www.site.example' };
	expect((await platform.post(headers)).status).toBe(401);
	expect(JSON.parse(platform.lines.at(-1)!)).toMatchObject({
		reason: 'bad credential: iss',
		hint: expect.stringContaining('Site Address'),
	});
});

it('LOG_LEVEL=error leaves out what went well', async () => {
	const platform = new FakePlatform(usual, { LOG_LEVEL: 'error' });
	await platform.visit();
	expect(platform.lines).toEqual([]);
	platform.server = () => answered('<h1>');
	await platform.visit();
	expect(platform.lines).toHaveLength(1);
});

it('answers 500 for an error that nobody expected, and quotes nothing of it', async () => {
	const platform = new FakePlatform(() => {
		throw new RangeError('canary');
	});
	const response = await platform.visit();
	expect(response.status).toBe(500);
	expect(await response.json()).toMatchObject({ code: 'internal', status: 500 });
	expect(JSON.parse(platform.lines[0]!)).toMatchObject({ reason: 'RangeError' });
	expect(platform.lines.join()).not.toContain('canary');
});

it('with a bad environment every request is a 500, and the log says once why', async () => {
	const platform = new FakePlatform(usual, { ESPUTNIK_API_KEY: 'changeme', PORT: 'canary' });
	expect((await platform.visit()).status).toBe(500);
	expect((await platform.visit()).status).toBe(500);
	expect(platform.lines).toHaveLength(1);
	expect(platform.lines[0]).toMatch(/ESPUTNIK_API_KEY.*PORT/);
	expect(platform.lines[0]).not.toMatch(/changeme|canary/);
	expect(platform.asked).toEqual([]);
});

it('BASE_PATH=/ puts the routes at the root', async () => {
	const platform = new FakePlatform(usual, { BASE_PATH: '/' });
	const ask = async (path: string) =>
		(await platform.handle(new Request(`https://edge.example${path}`), platform.env)).status;
	expect(await ask('/health')).toBe(200);
	expect(await ask('/app-inbox/health')).toBe(404);
});

it('HEAD has no body on any runtime', async () => {
	const platform = new FakePlatform(usual);
	const url = 'https://edge.example/app-inbox/loader.js';
	const response = await platform.handle(new Request(url, { method: 'HEAD' }), platform.env);
	expect(response.status).toBe(200);
	expect(response.body).toBeNull();
});
