import { expect, it } from 'vitest';
import { answerJson, answerText, type Answer } from '../../edge/upstreams.ts';
import { problem } from './own-problem.ts';
import { Stage } from './stage.ts';

const stage = new Stage();

it('origin: the function was deployed for another site', async () => {
	const { code, found } = await stage.check([], { ALLOWED_ORIGINS: 'https://shop.example.com' });
	expect(code).toBe(1);
	expect(found('origin')).toMatch(
		/^fail: .*does not let pages of https:\/\/shop\.example\.com ask\. .*SITE_URL.*ALLOWED_ORIGINS/
	);
	expect(found('refusal')).toMatch(/^pass/);
});

it.each<[string, Answer, RegExp]>([
	[
		'for everybody',
		answerText('', 204, { 'access-control-allow-origin': '*' }),
		/answers preflights itself/,
	],
	['without a word', answerText('', 200), /answers preflights itself/],
	[
		'twice',
		(_, response) => {
			response.writeHead(204, [
				...['access-control-allow-origin', 'http://a.example'],
				...['access-control-allow-origin', 'http://a.example'],
			]);
			response.end();
		},
		/allows an origin twice/,
	],
	['by a firewall', answerText('', 403), /firewall/],
	['by a web server', answerText('', 405), /knows nothing about/],
])('origin: a preflight is answered %s', async (_, answer, expected) => {
	stage.instead['OPTIONS /app-inbox/token'] = answer;
	const { code, found } = await stage.check();
	expect(code).toBe(1);
	expect(found('origin')).toMatch(/^fail: /);
	expect(found('origin')).toMatch(expected);
});

it.each<[string, Answer, RegExp]>([
	['a token for anybody', answerJson({ token: 'tok_canary' }), /as if it had one\. A cache/],
	[
		'one that may be stored',
		problem('unauthenticated', 401, { 'cache-control': 'public' }),
		/no-store/,
	],
	['one out of a cache', problem('unauthenticated', 401, { age: '7' }), /may be stored/],
	['one of a password', answerText('', 401), /firewall or a password/],
	['one of another kind', problem('origin_not_allowed', 403), /refuses the site’s origin/],
	['one too many', problem('rate_limited', 429), /Wait a minute.*TRUSTED_PROXIES/],
	['the right code with another status', problem('unauthenticated', 403), /out of order/],
])('refusal: %s', async (_, answer, expected) => {
	stage.instead['POST /app-inbox/token'] = answer;
	const { code, found } = await stage.check();
	expect(code).toBe(1);
	expect(found('refusal')).toMatch(/^fail: /);
	expect(found('refusal')).toMatch(expected);
});
