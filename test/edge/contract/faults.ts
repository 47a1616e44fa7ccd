import { expect, it } from 'vitest';
import {
	answerJson,
	answerText,
	COOKIE,
	hang,
	hangMidBody,
	reset,
	truncate,
	type Answer,
} from '../upstreams.ts';
import { API_KEY, type World } from './world.ts';

export function faultCases(world: World) {
	const ask = async (answer: Answer) => {
		world.vendor.answer = answer;
		return world.signed(await world.jwt());
	};

	it('case 16: redirects of eSputnik are not followed', async () => {
		for (const status of [301, 302, 307, 308]) {
			const answer = await ask((_request, response) =>
				response.writeHead(status, { location: `${world.wordpress.url}/elsewhere` }).end()
			);
			expect(answer).toMatchObject({ status: 502, json: { code: 'vendor_unavailable' } });
		}
		expect(world.wordpress.requests.filter(({ url }) => url === '/elsewhere')).toEqual([]);
	});

	it('case 18: eSputnik never answers, or stops in the middle', async () => {
		const jwt = await world.jwt();
		let count = 0;
		world.vendor.answer = (...args) => (count++ === 0 ? hang : hangMidBody)(...args);
		const answers = await Promise.all([world.signed(jwt), world.signed(jwt)]);
		for (const answer of answers) {
			expect(answer).toMatchObject({
				status: 504,
				json: { status: 504, code: 'vendor_unavailable' },
			});
		}
	}, 9000);

	it.each([
		['cuts the connection', reset],
		['cuts its answer short', truncate],
	])('case 18: eSputnik %s', async (_name, answer) => {
		expect(await ask(answer)).toMatchObject({
			status: 502,
			json: { code: 'vendor_unavailable' },
		});
	});

	it('case 18: eSputnik is not there', async () => {
		const server = await world.start({ ESPUTNIK_API_URL: 'http://127.0.0.1:1/api' });
		expect(await world.signed(await world.jwt(), {}, server)).toMatchObject({
			status: 502,
			json: { code: 'vendor_unavailable' },
		});
	});

	it.each([400, 401, 403, 404])(
		'case 19: %i is asked once, and nothing of it gets out',
		async (status) => {
			const answer = await ask((request, response) =>
				answerText(`no: ${JSON.stringify(request)}`, status)(request, response)
			);
			expect(answer).toMatchObject({ status: 502, json: { code: 'vendor_refused' } });
			expect(answer.text).not.toMatch(/no:|canary/);
			expect(world.vendor.requests).toHaveLength(1);
		}
	);

	it.each([
		['17', '17'],
		['Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21 Oct 2026 07:28:00 GMT'],
		['soon', undefined],
		[`${API_KEY}`, undefined],
	])('case 19: 429 with Retry-After %s', async (given, passed) => {
		const answer = await ask(answerJson({}, 429, { 'retry-after': given }));
		expect(answer).toMatchObject({ status: 503, json: { code: 'vendor_unavailable' } });
		expect(answer.headers['retry-after']).toBe(passed);
	});

	it.each([
		[500, 502],
		[502, 502],
		[503, 503],
		[504, 502],
	])('case 20: %i becomes %i', async (status, answered) => {
		expect(await ask(answerText('broken', status))).toMatchObject({
			status: answered,
			json: { status: answered, code: 'vendor_unavailable' },
		});
	});

	it.each([
		['HTML', answerText('<h1>Hello</h1>')],
		['a huge answer', answerText(`{"token":"${'x'.repeat(1e6)}"}`)],
		['a token in 16 KiB of blanks', answerText(`{"token":"t"}${' '.repeat(16_400)}`)],
		['a huge token', answerJson({ token: 'x'.repeat(5000) })],
		['half an answer', answerText('{"token":"abc')],
		['no token', answerJson({})],
		['null', answerJson(null)],
		['a list', answerJson([])],
		['a number as token', answerJson({ token: 5 })],
		['null as token', answerJson({ token: null })],
		['204', answerText('', 204)],
	])('case 21: %s', async (_name, answer) => {
		expect(await ask(answer)).toMatchObject({
			status: 502,
			json: { code: 'vendor_unavailable' },
		});
	});

	it('case 23: failures are not remembered, nor are tokens', async () => {
		const jwt = await world.jwt({ sub: '55' });
		world.vendor.answer = answerText('', 500);
		expect((await world.signed(jwt)).status).toBe(502);
		let count = 0;
		world.vendor.answer = (request, response) =>
			answerJson({ token: `fresh-${count++}` })(request, response);
		expect((await world.signed(jwt)).json.token).toBe('fresh-0');
		expect((await world.signed(jwt)).json.token).toBe('fresh-1');
	});

	it('the site closes its REST API to guests: its keys cannot be had', async () => {
		const server = await world.start();
		world.wordpress.answer = answerJson({ code: 'rest_forbidden' }, 401);
		expect(await world.signed(await world.jwt(), {}, server)).toMatchObject({
			status: 502,
			json: { status: 502, code: 'site_unavailable' },
		});
		expect(server.output()).toContain('IDENTITY_KEYS');
	});

	// The last of all: it looks at what the others left behind.
	it('case 25: no secret in any log, error or header', async () => {
		const credentials = [...world.shown].flatMap((value) => value.split(/[ ;=]+/));
		const secrets = [
			...[API_KEY, btoa(`user:${API_KEY}`), 'canary', 'tok_', 'example.com', 'fresh-'],
			...credentials.filter((text) => text.length > 12 && !text.startsWith(COOKIE)),
		];
		expect(secrets.length).toBeGreaterThan(50);
		const logs = world.running.map(({ output }) => output()).join('\n');
		expect(logs.split('\n').length).toBeGreaterThan(100);
		const headers = world.answers.map((answer) => ({
			...answer.headers,
			'access-control-allow-origin': undefined,
		}));
		const errors = world.answers.filter(({ status }) => status !== 200).map(({ text }) => text);
		const everything = [logs, JSON.stringify(headers), ...errors].join('\n');
		expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
	});
}
