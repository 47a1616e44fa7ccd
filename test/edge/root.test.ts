import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { rootPage as buildRootPage, stayInside } from '../../build/root-page.ts';
import { IDENTITY_KEY } from '../../src/gtm/index.ts';
import { FakePlatform, rootPage } from './fake-platform.ts';

const { html: PAGE, policy: POLICY } = await rootPage();

/** Asks a function of this environment, which asks nobody else for the page. */
function ask(url: string, init: RequestInit = {}, env: Record<string, string> = {}) {
	const platform = new FakePlatform(() => {
		throw new Error('Nobody is to be asked.');
	}, env);
	return platform.handle(new Request(`https://edge.example${url}`, init), platform.env);
}

it.each([
	['/app-inbox', {}],
	['/app-inbox/', {}],
	['/app-inbox/?q=1', {}],
	['/', { BASE_PATH: '/' }],
	['/a/b', { BASE_PATH: '/a/b' }],
	['/a/b/', { BASE_PATH: '/a/b/' }],
])('%s is the page, with %j', async (url, env) => {
	const response = await ask(url, {}, env);
	expect(response.status).toBe(200);
	expect(await response.text()).toBe(PAGE);
	expect(Object.fromEntries(response.headers)).toMatchObject({
		'content-type': 'text/html; charset=utf-8',
		'content-security-policy': POLICY,
		'cache-control': 'no-cache',
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
	});
	expect(response.headers.has('access-control-allow-origin')).toBe(false);
});

it.each([
	['/', {}],
	['/other', {}],
	['/app-inboxx', {}],
	['/app-inbox//', {}],
	['/app-inbox/x/', {}],
	['/app-inbox/', { BASE_PATH: '/' }],
	['/b/', { BASE_PATH: '/a/b' }],
])('%s is nothing, with %j', async (url, env) => {
	const response = await ask(url, {}, env);
	expect(response.status).toBe(404);
	expect(await response.json()).toMatchObject({ code: 'not_found' });
});

it('HEAD has the headers of GET', async () => {
	const [get, head] = [await ask('/app-inbox/'), await ask('/app-inbox/', { method: 'HEAD' })];
	expect(head.status).toBe(200);
	expect(head.body).toBeNull();
	expect([...head.headers]).toEqual([...get.headers]);
});

it('POST is a 405 that names what there is', async () => {
	for (const url of ['/app-inbox', '/app-inbox/']) {
		const response = await ask(url, {
			method: 'POST',
			headers: { origin: 'https://site.example' },
		});
		expect(response.status).toBe(405);
		expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
	}
});

it('is asked for again by its ETag, and keeps its policy with the 304', async () => {
	const etag = (await ask('/app-inbox/')).headers.get('etag')!;
	const again = await ask('/app-inbox/', { headers: { 'if-none-match': `W/${etag}` } });
	expect(again.status).toBe(304);
	expect(await again.text()).toBe('');
	expect(again.headers.get('content-security-policy')).toBe(POLICY);
	const other = await ask('/app-inbox/', { headers: { 'if-none-match': '"x"' } });
	expect(other.status).toBe(200);
});

it('is one route in the log, with and without its slash', async () => {
	const platform = new FakePlatform(() => ({ ok: false, failure: 'network' }));
	for (const url of ['https://edge.example/app-inbox', 'https://edge.example/app-inbox/']) {
		await platform.handle(new Request(url), platform.env);
	}
	expect(platform.lines.map((line) => JSON.parse(line).route)).toEqual(['/', '/']);
});

const built = await buildRootPage('9.8.7-canary');
const insides = (name: string) =>
	[...built.html.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, text]) => text!);
const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

it('as it is built, its policy allows its one style and its one script, and nothing else', () => {
	const [styles, scripts] = [insides('style'), insides('script')];
	expect([styles.length, scripts.length]).toEqual([1, 1]);
	expect(built.policy.split('; ')).toEqual([
		"default-src 'none'",
		`style-src ${sha256(styles[0]!)}`,
		`script-src ${sha256(scripts[0]!)}`,
		"form-action 'none'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
	]);
	// What a policy of this kind would forbid anyway, unseen.
	const markup = built.html.replace(/<(style|script)>.*?<\/\1>/gs, '');
	expect(markup).not.toMatch(/\s(style|on\w+|src|href|action)=/i);
	expect(insides('style')[0]).not.toMatch(/url\(|@import/);
	expect(markup).not.toMatch(/<script/i);
	// Without one a script may name another element, and still ends at its own end.
	expect(built.html).not.toContain('<!--');
});

it.each([
	['style', 'a::before{content:"</style>"}'],
	['style', 'a::before{content:"<!--"}'],
	['script', 'a="</SCRIPT>"'],
	['script', 'if(a<!--b);'],
] as const)('is not built when its %s would end too early: %s', (element, text) => {
	expect(() => stayInside(element, text)).toThrow(`The ${element} of the page contains <`);
	expect(stayInside(element, 'a < b')).toBe('a < b');
});

it('as it is built, it says how to import again', () => {
	expect(built.html.replace(/\s+/g, ' ')).toContain(
		'<em>Overwrite conflicting tags, triggers, and variables</em>'
	);
});

it('as it is built, it names a heading that the README has', async () => {
	const [, heading] = /The README of this project shows how, under “([^”]*)”/.exec(
		built.html.replace(/\s+/g, ' ')
	)!;
	expect(await readFile(join(ROOT, 'README.md'), 'utf8')).toContain(`### ${heading}\n`);
});

it('as it is built, it says its version and the name by which pages give an identity', () => {
	expect(built.html.match(/9\.8\.7-canary/g)).toHaveLength(1);
	expect(built.html).toContain(`<code>${IDENTITY_KEY}</code>`);
});
