import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	askToken,
	failed,
	member,
	credentialRequests,
	ENDPOINT,
	IDENTITY,
	JWT,
	requestsOf,
	site,
	TOKEN,
	siteOf,
	token,
	tokenRequests,
} from './answers.ts';
import { settle } from './clock.ts';
import type { Answer, Page } from './page.ts';

const offline = () => new TypeError('Failed to fetch');
const tokenStatus = ({ window }: Page) => window.appInbox.status().token;

describe.each<[string, () => Answer]>([
	['a network error', offline],
	['a 500', () => failed(500)],
	['a 502', () => failed(502)],
	['a 503', () => failed(503)],
	['a 429', () => failed(429)],
	['an unusable Retry-After', () => failed(503, 'soon')],
])('after %s', (_name, fault) => {
	it('it tries again', async () => {
		const page = member(site(fault(), fault(), token()));
		expect(await askToken(page)).toBe(TOKEN);
		expect(tokenRequests(page)).toHaveLength(3);
	});
	it('it gives up after two more', async () => {
		const page = member(site(fault()));
		expect(await askToken(page)).toBe('');
		expect(tokenRequests(page)).toHaveLength(3);
		expect(tokenStatus(page)).toBe('failed');
	});
	it.each([0, 0.25, 0.999])('it waits with jitter: %d', async (random) => {
		const page = member(site(fault(), token()));
		page.window.Math.random = () => random;
		page.callback()();
		await settle();
		expect(tokenRequests(page)).toHaveLength(1);
		const [wait] = page.clock.due();
		expect(wait).toBeCloseTo(999 * random);
		await page.clock.pass(1000);
		expect(tokenRequests(page)).toHaveLength(2);
	});
});

describe('Retry-After', () => {
	const LATER = 'Tue, 24 Nov 2026 12:00:03 GMT';
	it.each([
		['in seconds', '3', 3000],
		['as a date', LATER, 3000],
		['of now', '0', 0],
		['of the past', 'Tue, 24 Nov 2026 11:00:00 GMT', 0],
	])('%s is kept', async (_name, retryAfter, ms) => {
		for (const status of [429, 503]) {
			const page = member(site(failed(status, retryAfter), token()));
			page.callback()();
			if (ms) {
				await page.clock.pass(ms - 1);
				expect(tokenRequests(page)).toHaveLength(1);
			}
			await page.clock.pass(1);
			await settle();
			expect(tokenRequests(page)).toHaveLength(2);
			expect(tokenStatus(page)).toBe('received');
		}
	});
	it('beyond the ten seconds ends it there', async () => {
		const page = member(site(failed(429, '3600'), token()));
		expect(await askToken(page, 9_999)).toBe('still pending');
		await page.clock.pass(1);
		expect(tokenStatus(page)).toBe('failed');
		expect(tokenRequests(page)).toHaveLength(1);
	});
});

describe('what is final', () => {
	it.each([400, 402, 404, 405, 413, 415, 418, 204, 302])(
		'is not repeated: %i',
		async (status) => {
			const page = member(site(failed(status)));
			expect(await askToken(page, 0)).toBe('');
			expect(tokenRequests(page)).toHaveLength(1);
			expect(tokenStatus(page)).toBe('failed');
		}
	);
	it('is an unknown contact', async () => {
		const page = member(site(token('')));
		expect(await askToken(page, 0)).toBe('');
		expect(tokenRequests(page)).toHaveLength(1);
		expect(tokenStatus(page)).toBe('unknown-contact');
	});
	it.each([[null], [5], [true], [{ a: 1 }], [['x']]])(
		'is a token that is none: %j',
		async (value) => {
			const page = member(site(token(value)));
			expect(await askToken(page, 0)).toBe('');
			expect(tokenRequests(page)).toHaveLength(1);
			expect(tokenStatus(page)).toBe('failed');
		}
	);
	it.each(['', '{}', 'null', '<!doctype html>', '{"token":"x"', '"x"', '[]'])(
		'is garbage and not asked for again: %j',
		async (body) => {
			const page = member(site({ body }));
			expect(await askToken(page)).toBe('');
			expect(tokenRequests(page)).toHaveLength(1);
			expect(tokenStatus(page)).toBe('failed');
		}
	);
});

describe('ten seconds', () => {
	const never = new Promise<never>(() => undefined);
	it.each([IDENTITY, ENDPOINT])(
		'are all that a hanging %s gets, and the next call starts anew',
		async (url) => {
			let hang = true;
			const answer = site();
			const page = member((asked) => (hang && asked.url === url ? never : answer(asked)));
			expect(await askToken(page, 9_999)).toBe('still pending');
			expect(await askToken(page, 1)).toBe('');
			expect(tokenStatus(page)).toBe('failed');
			hang = false;
			expect(await askToken(page, 0)).toBe(TOKEN);
		}
	);
	it('end the tries too: nobody asks after them', async () => {
		const page = member(site(failed(503, '9.9')));
		expect(await askToken(page)).toBe('');
		const tries = tokenRequests(page).length;
		await page.clock.pass(60_000);
		expect(tokenRequests(page)).toHaveLength(tries);
	});
});

it('the credential’s own faults are retried too', async () => {
	const page = member(siteOf([failed(500), offline(), { body: JWT }]));
	expect(await askToken(page)).toBe(TOKEN);
	expect(requestsOf(page)).toHaveLength(4);
});

it('whatever the answers, it resolves a string in ten seconds, after a few requests', async () => {
	const body = fc.constantFrom('{"token":"t"}', '{"token":""}', '', '0', 'null', JWT, '<html>');
	const answer = fc.oneof(
		fc.record({
			status: fc.constantFrom(200, 200, 200, 400, 401, 403, 404, 429, 500, 503),
			body,
			headers: fc.constantFrom(
				{},
				{ 'Retry-After': '2' },
				{ 'Retry-After': '-1' },
				{ 'Retry-After': 'x' }
			),
		}),
		fc.constantFrom<() => Answer>(
			offline,
			() => {
				throw new Error('hostile fetch');
			},
			() => new Promise<never>(() => undefined)
		)
	);
	await fc.assert(
		fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 8 }), async (list) => {
			let n = 0;
			const page = member(() => {
				const next = list[n++ % list.length]!;
				return typeof next === 'function' ? next() : next;
			});
			expect(await askToken(page)).toBeTypeOf('string');
			expect(tokenRequests(page).length).toBeLessThanOrEqual(4);
			expect(page.logged).toEqual([]);
			const { state, token: outcome } = page.window.appInbox.status();
			expect(state === 'guest' || outcome !== 'pending').toBe(true);
			page.window.close();
		}),
		{ numRuns: 100 }
	);
}, 60_000);

describe('the credential', () => {
	it('is fetched anew once, and kept for the tries that follow', async () => {
		const page = member(site(failed(401), failed(503), token()));
		expect(await askToken(page)).toBe(TOKEN);
		expect(credentialRequests(page)).toHaveLength(2);
		expect(tokenRequests(page)).toHaveLength(3);
	});
});

describe('after the ten seconds', () => {
	it('nothing is asked any more, even where the pause was longer', async () => {
		const page = member(site(failed(429, '15'), token()));
		expect(await askToken(page)).toBe('');
		await page.clock.pass(60_000);
		await settle();
		expect(tokenRequests(page)).toHaveLength(1);
	});
});
