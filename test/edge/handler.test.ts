import { expect, it } from 'vitest';
import type { HttpAnswer, HttpResult } from '../../src/edge/types.ts';
import { answered, FakePlatform } from './fake-platform.ts';

const usual = ({ url }: { url: string }) =>
	url.includes('users/me')
		? answered({ id: 2, email: 'a@example.com' })
		: answered({ token: 't' });

it('writes one line of JSON for each request, without a word about the visitor', async () => {
	const platform = new FakePlatform(usual);
	await platform.session();
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
		const platform = new FakePlatform(({ url }) =>
			url.includes('users/me') ? answered({ id: 2 }) : answered({ message: 'canary' }, status)
		);
		const response = await platform.session();
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
	const platform = new FakePlatform(({ url }) =>
		url.includes('users/me') ? answered({ id: 2 }) : answer
	);
	platform.random = () => 1;
	const answering = platform.session();
	while (platform.lines.length === 0) {
		await platform.clock.advance(1000);
	}
	expect((await answering).status).toBe(502);
	expect(JSON.parse(platform.lines.at(-1)!).hint).toMatch(hint);
});

it('says to the owner that a password of the web server is in the way', async () => {
	const locked: HttpResult = {
		...(answered('<h1>', 401) as HttpAnswer),
		header: () => 'text/html',
	};
	const platform = new FakePlatform(() => locked);
	const hints = () => platform.lines.map((line) => JSON.parse(line).hint as string | undefined);
	expect((await platform.session()).status).toBe(502);
	expect(hints().at(-1)).toMatch(/^A password .*WordPress.*WORDPRESS_URL/);
	const credential = { authorization: `Basic ${btoa('staging:canary')}` };
	expect((await platform.post(credential)).status).toBe(401);
	expect(hints().at(-1)).toMatch(/HTTP Basic/);
	expect((await platform.post({ authorization: 'Bearer nonsense' })).status).toBe(401);
	expect(hints().at(-1)).toBeUndefined();
	expect(platform.lines.join()).not.toMatch(/canary|c3RhZ2lu/);
});

it('LOG_LEVEL=error leaves out what went well', async () => {
	const platform = new FakePlatform(usual, { LOG_LEVEL: 'error' });
	await platform.session();
	expect(platform.lines).toEqual([]);
	platform.server = () => ({ ok: false, failure: 'network' });
	await platform.session('bob');
	expect(platform.lines).toHaveLength(1);
});

it('answers 500 for an error that nobody expected, and quotes nothing of it', async () => {
	const platform = new FakePlatform(() => {
		throw new RangeError('canary');
	});
	const response = await platform.session();
	expect(response.status).toBe(500);
	expect(await response.json()).toMatchObject({ code: 'internal', status: 500 });
	expect(JSON.parse(platform.lines[0]!)).toMatchObject({ reason: 'RangeError' });
	expect(platform.lines.join()).not.toContain('canary');
});

it('with a bad environment every request is a 500, and the log says once why', async () => {
	const platform = new FakePlatform(usual, { ESPUTNIK_API_KEY: 'changeme', PORT: 'canary' });
	expect((await platform.session()).status).toBe(500);
	expect((await platform.session()).status).toBe(500);
	expect(platform.lines).toHaveLength(1);
	expect(platform.lines[0]).toMatch(/ESPUTNIK_API_KEY.*PORT/);
	expect(platform.lines[0]).not.toMatch(/changeme|canary/);
	expect(platform.asked).toEqual([]);
});

it('asks WordPress at WORDPRESS_URL, below its path, and takes SITE_URL for the origin', async () => {
	const platform = new FakePlatform(usual, {
		SITE_URL: 'https://site.example/blog/',
		WORDPRESS_URL: 'http://wordpress:8080/blog',
	});
	expect((await platform.session()).status).toBe(200);
	expect(platform.asked[0]!.url).toMatch(/^http:\/\/wordpress:8080\/blog\/wp-json\/wp\/v2\//);
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
