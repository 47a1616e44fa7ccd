import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { beforeEach, expect, it, vi } from 'vitest';
import {
	answerJson,
	answerText,
	hang,
	hangMidBody,
	reset,
	truncate,
	type Answer,
} from '../upstreams.ts';
import { API_KEY, SHOP, type Running, type World } from './world.ts';

export function faultCases(world: World) {
	// Failures in a row would open the breaker.
	beforeEach(async () => {
		expect((await world.signed(await world.jwt())).status).toBe(200);
		world.vendor.reset();
	});

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
	}, 12_000);

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

	it('case 19: a refused key makes room for the next one, for good', async () => {
		const next = 'canary-key-next-6c5b4a3210';
		const server = await world.start({ ESPUTNIK_API_KEY_NEXT: next });
		const usual = world.vendor.answer;
		world.vendor.answer = (request, response) =>
			(request.headers.authorization === `Basic ${btoa(`user:${next}`)}`
				? usual
				: answerText('', 401))(request, response);
		const statuses = [];
		for (let n = 0; n < 3; n++) {
			statuses.push((await world.signed(await world.jwt(), {}, server)).status);
		}
		expect(statuses).toEqual([200, 200, 200]);
		expect(world.vendor.requests).toHaveLength(4);
		await vi.waitFor(() => expect(server.output()).toContain('ESPUTNIK_API_KEY_NEXT'));
	});

	it('case 19: 429 keeps its Retry-After, in either form and no other', async () => {
		const given: Record<string, string> = {
			1: '17',
			2: 'Wed, 21 Oct 2126 07:28:00 GMT',
			3: 'soon',
			4: API_KEY,
		};
		world.vendor.answer = (request, response) => {
			const header = given[JSON.parse(request.body).externalCustomerId]!;
			answerJson({}, 429, { 'retry-after': header })(request, response);
		};
		const answers = await Promise.all(
			Object.keys(given).map(async (sub) => world.signed(await world.jwt({ sub })))
		);
		for (const answer of answers) {
			expect(answer).toMatchObject({ status: 503, json: { code: 'vendor_unavailable' } });
		}
		expect(answers.map(({ headers }) => headers['retry-after'])).toEqual([
			'17',
			'Wed, 21 Oct 2126 07:28:00 GMT',
			undefined,
			undefined,
		]);
		// Those who were told to wait longer than the visitor does were not asked again.
		expect(world.vendor.requests).toHaveLength(1 + 1 + 3 + 3);
	});

	it('case 20: three attempts, then the status that fits', async () => {
		world.vendor.answer = (request, response) =>
			answerText('broken', Number(JSON.parse(request.body).externalCustomerId))(
				request,
				response
			);
		const answers = await Promise.all(
			['500', '502', '503', '504'].map(async (sub) => world.signed(await world.jwt({ sub })))
		);
		expect(answers.map(({ status }) => status)).toEqual([502, 502, 503, 502]);
		for (const { status, json } of answers) {
			expect(json).toMatchObject({ status, code: 'vendor_unavailable' });
		}
		expect(world.vendor.requests).toHaveLength(12);
	});

	it('case 20: one failure is mended without a word', async () => {
		const usual = world.vendor.answer;
		let count = 0;
		world.vendor.answer = (...args) => (count++ === 0 ? reset : usual)(...args);
		expect((await world.signed(await world.jwt())).status).toBe(200);
		expect(world.vendor.requests).toHaveLength(2);
	});

	it('case 22: five failures in a row, and eSputnik is left alone', async () => {
		const server = await world.start();
		world.vendor.answer = answerText('<h1>Hello</h1>');
		const jwt = await world.jwt();
		for (let i = 0; i < 5; i++) {
			expect((await world.signed(jwt, {}, server)).status).toBe(502);
		}
		const answer = await world.signed(jwt, {}, server);
		expect(answer).toMatchObject({ status: 503, json: { code: 'vendor_unavailable' } });
		expect(Number(answer.headers['retry-after'])).toBeGreaterThan(25);
		expect(world.vendor.requests).toHaveLength(5);
		expect((await world.ask('/health', {}, server)).json.status).toBe('ok');
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

	it('case 23: one fetch of the keys for all, and a leader’s abort harms no follower', async () => {
		const server = await world.start();
		const usual = world.wordpress.answer;
		const held: Array<() => void> = [];
		world.wordpress.requests = [];
		world.wordpress.answer = (...args) => void held.push(() => usual(...args));
		const asked = world.wordpress.next();
		const leader = await leaderAt(server, await world.jwt({ sub: '1' }));
		await asked;
		const jwts = await Promise.all(['2', '3'].map((sub) => world.jwt({ sub })));
		const followers = jwts.map((jwt) => world.signed(jwt, {}, server));
		// Rounds of others, in which the followers arrive and the leader's end is noticed.
		const round = () => world.ask('/health', {}, server);
		await round();
		await round();
		leader.resetAndDestroy();
		await round();
		await round();
		held.forEach((answer) => answer());
		for (const follower of await Promise.all(followers)) {
			expect(follower.status).toBe(200);
		}
		expect(world.wordpress.requests).toHaveLength(1);
		expect((await world.signed(await world.jwt(), {}, server)).status).toBe(200);
	});

	// The last of all: it looks at what the others left behind.
	it('case 25: no secret in any log, error or header', async () => {
		const credentials = [...world.shown].flatMap((value) => value.split(/[ ;=]+/));
		const secrets = [
			...[API_KEY, btoa(`user:${API_KEY}`), 'canary', 'tok_', 'example.com', 'fresh-'],
			...credentials.filter((text) => text.length > 12),
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

/** A client that asks for a token, and can go away in a way that no server overlooks. */
async function leaderAt({ url }: Running, jwt: string): Promise<Socket> {
	const { hostname, port, pathname } = new URL(url);
	const socket = connect(Number(port), hostname);
	socket.on('error', () => undefined);
	await once(socket, 'connect');
	const headers = [`Host: ${hostname}`, `Origin: ${SHOP}`, `Authorization: Bearer ${jwt}`];
	socket.write(
		`POST ${pathname}/token HTTP/1.1\r\n${headers.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`
	);
	return socket;
}
