import { expect, it } from 'vitest';
import { answerJson, answerText, reset, type Answer } from '../../edge/upstreams.ts';
import { closedPort, Stage } from './stage.ts';

const stage = new Stage();

it('site: plain permalinks will do', async () => {
	const usual = stage.wordpress.answer;
	stage.wordpress.answer = (request, response) =>
		request.url.startsWith('/wp-json/')
			? answerText('<h1>Not found', 404)(request, response)
			: usual(request, response);
	const { code, found } = await stage.check();
	expect(code).toBe(0);
	expect(found('site')).toBe(`pass: WordPress answers at ${stage.site}.`);
});

it.each<[string, Answer, RegExp]>([
	[
		'a page',
		answerText('<h1>Hello'),
		/^fail: WordPress’s REST API answered without JSON \(200\)\. Check SITE_URL/,
	],
	[
		'a password',
		answerText('<h1>Who are you?', 401),
		/^fail: A password .* WordPress \(401\)\. .*WORDPRESS_URL/,
	],
	['maintenance', answerText('<h1>Later', 503), /^fail: .*without JSON \(503\)/],
	[
		'a redirect',
		answerText('', 301, { location: 'https://www.example.com/wp-json/?canary=1' }),
		/^fail: \S+ redirects to https:\/\/www\.example\.com\/wp-json\/\. Set SITE_URL/,
	],
	['other JSON', answerJson({ hello: 1 }), /^fail: .* not as WordPress does \(200\)/],
	['an error as JSON', answerJson({ code: 'x' }, 500), /^fail: .* as WordPress does \(500\)/],
	['a cut', reset, /^fail: .* closed the connection without an answer/],
	['something huge', answerText('x'.repeat(300_000)), /^fail: .*\(too_large\)/],
])('site: %s', async (_, answer, expected) => {
	stage.wordpress.answer = answer;
	const { code, found } = await stage.check([], { WORDPRESS_URL: stage.wordpress.url });
	expect(code).toBe(1);
	expect(found('site')).toMatch(expected);
	expect(found('keys')).toBe('skip: Not tried. Mend site first.');
	expect(found('endpoint')).toMatch(/^pass/);
});

it('site: nobody there', async () => {
	const { found } = await stage.check([], { WORDPRESS_URL: `http://${await closedPort()}` });
	expect(found('site')).toMatch(/^fail: Nothing listens at 127\.0\.0\.1:\d+\..*WORDPRESS_URL/);
});

it('site: WordPress has another address than SITE_URL', async () => {
	stage.wordpress.answer = answerJson({ home: 'https://www.example.com/blog/' });
	const { found } = await stage.check();
	expect(found('site')).toMatch(
		/^fail: WordPress says that its address is https:\/\/www\.example\.com\/blog, and SITE_URL is http:/
	);
	stage.wordpress.answer = answerJson({ home: `${stage.site}/` });
	expect((await stage.check()).found('site')).toMatch(/^pass/);
});

it('site: an inner address may call itself as it likes', async () => {
	stage.wordpress.answer = answerJson({ home: 'http://inner', authentication: {} });
	const { found } = await stage.check([], { WORDPRESS_URL: stage.wordpress.url });
	expect(found('site')).toMatch(/^pass/);
});
