import { describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResult } from '../../src/edge/types.ts';
import { answered, FakePlatform, settle, silence, type FakeServer } from './fake-platform.ts';

const TOKEN = '/contact/token';
const broken: HttpResult = { ok: false, failure: 'network' };

/** eSputnik with these answers, one after the other, and the last for ever. */
function stage(...answers: Array<HttpResult | FakeServer>) {
	let count = 0;
	const platform = new FakePlatform((request) => {
		const answer = answers[Math.min(count++, answers.length - 1)]!;
		return typeof answer === 'function' ? answer(request) : answer;
	});
	return {
		platform,
		/** Asks once and turns the clock by these pauses, each after the next question is out. */
		async ask(...pauses: number[]) {
			const before = platform.count(TOKEN);
			const start = platform.clock.now();
			const answer = platform.visit().then((response) => ({
				response,
				ms: platform.clock.now() - start,
			}));
			for (const [index, pause] of pauses.entries()) {
				await platform.asks(TOKEN, before + index + 1);
				await settle();
				await platform.clock.advance(pause);
			}
			const { response, ms } = await answer;
			return {
				status: response.status,
				retryAfter: response.headers.get('retry-after'),
				json: (await response.json()) as { token?: string; code?: string },
				ms,
				asked: platform.count(TOKEN) - before,
			};
		},
	};
}

it.each([
	['a network error', broken],
	['a time-out of the way out', { ok: false, failure: 'timeout' } as const],
	['500', answered('', 500)],
	['503', answered('', 503)],
	['429', answered('', 429)],
	['408', answered('', 408)],
])('case 20: after %s it tries twice more', async (_name, failure) => {
	const good = answered({ token: 't' });
	expect(await stage(failure, failure, good).ask(200, 400)).toMatchObject({
		status: 200,
		json: { token: 't' },
		ms: 600,
		asked: 3,
	});
	const never = await stage(failure).ask(200, 400);
	expect(never).toMatchObject({ ms: 600, asked: 3, json: { code: 'vendor_unavailable' } });
});

it.each([
	[0, 100],
	[0.999_999, 300],
])('case 20: chance %f makes the first pause %i ms', async (chance, pause) => {
	const { platform, ask } = stage(broken, answered({ token: 't' }));
	platform.random = () => chance;
	expect((await ask(pause)).ms).toBe(pause);
});

it('case 18: three seconds for an attempt, eight for all', async () => {
	const { platform } = stage(silence);
	const answer = platform.visit();
	let done = false;
	void answer.then(() => (done = true));
	await platform.asks(TOKEN);
	for (const milliseconds of [2999, 1, 199]) {
		await platform.clock.advance(milliseconds);
	}
	expect(platform.count(TOKEN)).toBe(1);
	for (const milliseconds of [1, 3000, 400]) {
		await platform.clock.advance(milliseconds);
	}
	expect(platform.count(TOKEN)).toBe(3);
	await platform.clock.advance(1399);
	expect(done).toBe(false);
	await platform.clock.advance(1);
	expect((await answer).status).toBe(504);
	expect(JSON.parse(platform.lines.at(-1)!)).toMatchObject({ ms: 8000, vendorMs: 8000 });
	expect(platform.clock.timers).toBe(0);
});

it.each([
	['a page', answered('<h1>', 200)],
	['a redirect', answered('', 302)],
	['too large an answer', { ok: false, failure: 'too_large' } as const],
	['400', answered('', 400)],
	['401', answered('', 401)],
	['403', answered('', 403)],
	['404', answered('', 404)],
])('case 19: %s is no reason to ask again', async (_name, answer) => {
	expect(await stage(answer).ask()).toMatchObject({ status: 502, asked: 1, ms: 0 });
});

const later = (value: string) => answered('', 429, { 'retry-after': value });

it.each([
	['2', 2200],
	['Sun, 01 Mar 2026 12:00:03 GMT', 3200],
	['Sun, 01 Mar 2026 11:00:00 GMT', 200],
	['7', 7200],
])('case 19: Retry-After %s is kept while the visitor waits', async (value, pause) => {
	const { platform } = stage(later(value), answered({ token: 't' }));
	const answer = platform.visit();
	await platform.asks(TOKEN);
	await settle();
	await platform.clock.advance(pause - 1);
	expect(platform.count(TOKEN)).toBe(1);
	await platform.clock.advance(1);
	expect((await answer).status).toBe(200);
	expect(platform.clock.timers).toBe(0);
});

it.each(['8', '999999999', 'Sun, 01 Mar 2026 12:00:08 GMT', 'Wed, 21 Oct 2026 07:28:00 GMT'])(
	'case 19: Retry-After %s is too long to wait for, and is passed on at once',
	async (value) => {
		expect(await stage(later(value)).ask()).toMatchObject({
			status: 503,
			retryAfter: value,
			ms: 0,
			asked: 1,
		});
	}
);

it('case 22: five failures in a row open the breaker; one probe at a time closes it', async () => {
	const { platform, ask } = stage(answered('<h1>', 200));
	for (let i = 0; i < 5; i++) {
		expect(await ask()).toMatchObject({ status: 502, asked: 1 });
	}
	expect(await ask()).toMatchObject({
		status: 503,
		retryAfter: '30',
		json: { code: 'vendor_unavailable' },
		asked: 0,
	});
	await platform.clock.advance(29_001);
	expect(await ask()).toMatchObject({ status: 503, retryAfter: '1', asked: 0 });
	await platform.clock.advance(999);
	// The probe is on its way: nobody else gets through.
	let answer = (_result: HttpResult) => {};
	platform.server = () => new Promise((resolve) => (answer = resolve));
	const probe = platform.visit();
	await platform.asks(TOKEN, 6);
	expect(await ask()).toMatchObject({ status: 503, retryAfter: '1', asked: 0 });
	answer(answered({ token: 'back' }));
	expect((await probe).status).toBe(200);
	platform.server = () => answered({ token: 't' });
	expect(await ask()).toMatchObject({ status: 200, asked: 1 });
	const events = platform.lines.map((line) => JSON.parse(line).event);
	expect(events.filter((event) => event !== 'request')).toEqual([
		'breaker_opened',
		'breaker_closed',
	]);
	expect(platform.lines.join()).not.toContain('canary');
});

it('case 22: a probe has one attempt; when it fails, another 30 seconds pass', async () => {
	const { platform, ask } = stage(broken);
	for (let i = 0; i < 5; i++) {
		await ask(200, 400);
	}
	await platform.clock.advance(30_000);
	expect(await ask()).toMatchObject({ status: 502, asked: 1, ms: 0 });
	expect(await ask()).toMatchObject({ status: 503, retryAfter: '30', asked: 0 });
	await platform.clock.advance(30_000);
	expect(await ask()).toMatchObject({ status: 502, asked: 1 });
});

it('case 22: who waits for a retry gives up when the breaker opens', async () => {
	const page = answered('<h1>', 200);
	const { platform } = stage(broken, page);
	const waiting = platform.visit();
	await platform.asks(TOKEN);
	await settle();
	for (let i = 0; i < 5; i++) {
		await platform.visit();
	}
	await platform.clock.advance(200);
	expect((await waiting).status).toBe(502);
	expect(platform.count(TOKEN)).toBe(6);
});

it('case 22: /health answers, and tells nothing, while the breaker is open', async () => {
	const { platform, ask } = stage(answered('<h1>', 200));
	for (let i = 0; i < 5; i++) {
		await ask();
	}
	const request = new Request('https://edge.example/app-inbox/health');
	const response = await platform.handle(request, platform.env);
	expect(response.status).toBe(200);
	expect(await response.json()).toEqual({ status: 'ok', version: '1.2.3' });
});

it.each([400, 401, 403, 404])('%i is no outage: the breaker stays closed', async (status) => {
	const { ask } = stage(answered('', status));
	for (let i = 0; i < 6; i++) {
		expect(await ask()).toMatchObject({ asked: 1, json: { code: 'vendor_refused' } });
	}
});

it('a refused key is reported loudly, once a minute', async () => {
	const { platform, ask } = stage(answered('', 401));
	const reports = () => platform.lines.filter((line) => line.includes('"api_key_refused"'));
	await ask();
	await platform.clock.advance(59_999);
	await ask();
	expect(reports()).toHaveLength(1);
	expect(JSON.parse(reports()[0]!)).toMatchObject({
		level: 'error',
		hint: expect.stringContaining('ESPUTNIK_API_KEY'),
	});
	await platform.clock.advance(1);
	await ask();
	expect(reports()).toHaveLength(2);
	expect(platform.lines.join()).not.toContain('canary');
});

it.each([
	['https://esputnik.com/api', 'An account of Yespo needs ESPUTNIK_API_URL='],
	['https://api.yespo.io/api', 'one of eSputnik needs no ESPUTNIK_API_URL'],
	['https://yespo.io/api', 'one of eSputnik needs no ESPUTNIK_API_URL'],
	['https://yespo.io.example.com/api', 'An account of Yespo needs ESPUTNIK_API_URL='],
])('a key refused at %s may be one of the other brand', async (url, advice) => {
	const { platform, ask } = stage(answered({}, 401));
	platform.env.ESPUTNIK_API_URL = url;
	await ask();
	expect(platform.lines.find((line) => line.includes('"api_key_refused"'))).toContain(advice);
});

it('a request that is refused for another reason says nothing of the key', async () => {
	const { platform, ask } = stage(answered('', 400));
	await ask();
	expect(platform.lines.join()).not.toContain('api_key_refused');
});

it('case 23: two tabs of one visitor get two tokens, also at the same moment', async () => {
	const waiting: Array<(result: HttpResult) => void> = [];
	const { platform } = stage(() => new Promise((resolve) => waiting.push(resolve)));
	const answers = [platform.visit(), platform.visit()];
	await platform.asks(TOKEN, 2);
	waiting.forEach((answer, index) => answer(answered({ token: `token-${index}` })));
	const tokens = await Promise.all(answers.map(async (answer) => (await answer).json()));
	expect(tokens).toEqual([{ token: 'token-0' }, { token: 'token-1' }]);
});

describe('a next API key', () => {
	const NEXT = 'canary-key-next-6c5b4a3210';
	const keys = { good: new Set<string>() };
	const keyOf = ({ headers }: HttpRequest) =>
		atob(headers.authorization!.split(' ')[1]!).slice(5);
	const withNext = (good: string[]) => {
		keys.good = new Set(good);
		const { platform, ask } = stage((request) =>
			keys.good.has(keyOf(request)) ? answered({ token: 't' }) : answered('', 403)
		);
		platform.env.ESPUTNIK_API_KEY_NEXT = NEXT;
		const changes = () => platform.lines.filter((line) => line.includes('"api_key_changed"'));
		return { platform, ask, changes, first: platform.env.ESPUTNIK_API_KEY! };
	};

	it('is not asked while the first one is good', async () => {
		const { platform, ask, first } = withNext([]);
		keys.good = new Set([first, NEXT]);
		expect(await ask()).toMatchObject({ status: 200, asked: 1 });
		expect(platform.asked.map(keyOf)).toEqual([first]);
	});

	it('takes over when the first is refused, also for those who asked in the same moment', async () => {
		const { platform, ask, changes, first } = withNext([NEXT]);
		const usual = platform.server;
		const held: Array<() => void> = [];
		platform.server = (request) =>
			new Promise((resolve) => held.push(() => resolve(usual(request))));
		const asking = [platform.visit('1'), platform.visit('2')];
		await platform.asks(TOKEN, 2);
		platform.server = usual;
		held[0]!();
		await asking[0];
		held[1]!();
		const both = await Promise.all(asking);
		expect(both.map(({ status }) => status)).toEqual([200, 200]);
		expect(platform.asked).toHaveLength(4);
		expect(await ask()).toMatchObject({ status: 200, asked: 1 });
		expect(changes()).toHaveLength(1);
		expect(changes()[0]).toMatch(/refuses ESPUTNIK_API_KEY and takes ESPUTNIK_API_KEY_NEXT/);
		// The other way round, should somebody switch the wrong one off.
		keys.good = new Set([first]);
		expect(await ask()).toMatchObject({ status: 200, asked: 2 });
		expect(await ask()).toMatchObject({ status: 200, asked: 1 });
		expect(changes()).toHaveLength(2);
		expect(platform.lines.join()).not.toContain('canary');
	});

	it('that is refused too does not hide what is wrong with the first', async () => {
		const { platform, ask, changes } = withNext([]);
		expect(await ask()).toMatchObject({ status: 502, asked: 2 });
		expect(platform.lines.join()).toMatch(/\(403\)\. Check ESPUTNIK_API_KEY\. /);
		expect(changes()).toEqual([]);
	});

	it('has the time that is left', async () => {
		const { platform } = withNext([]);
		platform.server = (request) =>
			keyOf(request) === NEXT ? silence(request) : answered('', 401);
		const answer = platform.visit();
		await platform.asks(TOKEN, 2);
		let status = 0;
		void answer.then((response) => ({ status } = response));
		for (let n = 0; n < 9; n++) {
			await platform.clock.advance(1000);
		}
		expect(status).toBe(504);
	});
});
