import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { JSON_TYPE, basic, requestsTo } from './requests.ts';
import { startEsputnik } from './server.ts';

const esputnik = await startEsputnik();
const { askToken, tokenOf, inbox, send } = requestsTo(esputnik);
beforeEach(() => esputnik.reset());
afterAll(() => esputnik.stop());

const sentence = expect.stringMatching(/^[A-Z].{10,}\.$/);

describe('the token API', () => {
	it.each(['', 'user', 'any one'])('takes the key as password of the user "%s"', async (user) => {
		const response = await askToken(
			{ externalCustomerId: '2' },
			basic(`${user}:${esputnik.apiKey}`)
		);
		expect(response.status).toBe(200);
		expect(await response.json()).toEqual({ token: expect.stringMatching(/^[\w-]{32}$/) });
	});

	it.each([
		['no header', {}],
		['another key', basic('user:wrong')],
		['the key as user name', basic('stand-in-7Qm2vX9kLr4TzB8nWc3H:')],
		['the key as bearer', { Authorization: 'Bearer stand-in-7Qm2vX9kLr4TzB8nWc3H' }],
		['no pair at all', { Authorization: 'Basic c3RhbmQ=' }],
	])('refuses %s', async (_name, headers) => {
		const response = await askToken({ externalCustomerId: '2' }, headers);
		expect(response.status).toBe(401);
		expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
		expect(await response.json()).toEqual({ message: sentence });
	});

	it.each([
		['{}'],
		['{"email":""}'],
		['{"externalCustomerId":2}'],
		['{"name":"Anna"}'],
		['[]'],
		['null'],
		['{"email"'],
	])('refuses the body %s', async (body) => {
		const response = await askToken(body);
		expect(response.status).toBe(400);
		expect(await response.json()).toEqual({ message: sentence });
	});

	it('refuses a body that is too large, and says so', async () => {
		expect((await askToken({ email: 'a'.repeat(70_000) })).status).toBe(413);
	});

	it('answers an empty token for a contact that it does not know', async () => {
		const response = await askToken({ email: 'nobody@example.com' });
		expect(response.status).toBe(200);
		expect(await response.json()).toEqual({ token: '' });
	});

	it('finds a contact by its id first, and by e-mail in any case', async () => {
		const byId = await tokenOf({ externalCustomerId: '2', email: 'bohdan@example.com' });
		expect(await (await inbox('/count', byId)).json()).toEqual({ count: 2 });
		const byEmail = await tokenOf({ externalCustomerId: '99', email: 'Bohdan@Example.com' });
		expect(await (await inbox('/count', byEmail)).json()).toEqual({ count: 1 });
		expect(await tokenOf({ email: 'chloe@example.com' })).not.toBe('');
	});

	it('is not for browsers', async () => {
		const response = await askToken({ externalCustomerId: '2' });
		expect(response.headers.get('access-control-allow-origin')).toBeNull();
		const preflight = await fetch(response.url, { method: 'OPTIONS' });
		expect(preflight.status).toBe(405);
		expect(preflight.headers.get('allow')).toBe('POST');
	});

	it('tells whose account a key is for', async () => {
		const address = `${esputnik.apiUrl}/v1/account/info`;
		const response = await fetch(address, { headers: basic(`:${esputnik.apiKey}`) });
		expect(await response.json()).toEqual({
			userEmail: 'owner@example.com',
			organisationName: 'Example Shop',
			orgId: 4711,
		});
		expect((await fetch(address)).status).toBe(401);
	});
});

describe('the inbox API', () => {
	it('brings a new token with every answer, and the used one is dead', async () => {
		const first = await tokenOf({ externalCustomerId: '2' });
		const answer = await inbox('/count', first);
		const second = answer.headers.get('es-token') ?? '';
		expect(second).toMatch(/^[\w-]{32}$/);
		expect(second).not.toBe(first);
		const reused = await inbox('/count', first);
		expect(reused.status).toBe(401);
		expect(reused.headers.get('es-token')).toBeNull();
		expect((await inbox('/count', second)).status).toBe(200);
	});

	it('lets two tokens of one contact live side by side', async () => {
		const one = await tokenOf({ externalCustomerId: '2' });
		const other = await tokenOf({ externalCustomerId: '2' });
		const afterOne = (await inbox('/count', one)).headers.get('es-token') ?? '';
		expect((await inbox('/count', other)).status).toBe(200);
		expect((await inbox('/count', afterOne)).status).toBe(200);
	});

	it.each(['', 'made-up'])('refuses the token "%s"', async (token) => {
		expect((await inbox('/count', token)).status).toBe(401);
	});

	it('may end all tokens at any moment', async () => {
		const token = await tokenOf({ externalCustomerId: '2' });
		esputnik.revokeTokens();
		expect((await inbox('/count', token)).status).toBe(401);
	});

	it('lists messages by page and status, and marks them', async () => {
		let token = await tokenOf({ externalCustomerId: '2' });
		async function call(path: string, init?: RequestInit) {
			const response = await inbox(path, token, init);
			token = response.headers.get('es-token') ?? '';
			expect(response.status).toBe(200);
			return response.json() as Promise<{
				list: Array<Record<string, unknown>>;
				totalPages: number;
			}>;
		}
		const mark = (ids: unknown[] | null) =>
			call('/status', {
				method: 'POST',
				headers: JSON_TYPE,
				body: JSON.stringify({ status: 'OPENED', ids }),
			});

		const all = await call('');
		expect(all.totalPages).toBe(1);
		expect(all.list.map(({ title, status }) => [title, status])).toEqual([
			['Your order is on its way', 'UNOPENED'],
			['A voucher for you: 15% off', 'UNOPENED'],
			['How do you like your kettle?', 'OPENED'],
		]);
		expect(all.list[0]).toEqual({
			id: expect.any(String),
			createdDate: expect.any(Number),
			title: expect.any(String),
			content: expect.stringMatching(/^<p>We handed order <b>10482<\/b>/),
			image: '',
			link: 'https://example.com/orders/10482',
			category: 'orders',
			customData: { orderId: '10482' },
			newMessage: true,
			status: 'UNOPENED',
		});
		const secondPage = await call('?page=1&pageSize=2');
		expect(secondPage).toMatchObject({ list: [all.list[2]], totalPages: 2 });
		await mark([all.list[0]?.id, 'of-someone-else']);
		expect((await call('?status=UNOPENED')).list).toEqual([all.list[1]]);
		await mark(null);
		expect((await call('?status=UNOPENED')).list).toEqual([]);
		expect(await call('/count')).toEqual({ count: 0 });
	});

	it('lists twenty messages to a page, and all where nothing is asked for', async () => {
		for (let n = 0; n < 20; n++) {
			await send({ externalCustomerId: '2', title: `Message ${n}` });
		}
		const list = async (query: string) =>
			(await (await inbox(query, await tokenOf({ externalCustomerId: '2' }))).json()) as {
				list: unknown[];
				totalPages: number;
			};
		const page = await list('?page=0');
		expect([page.list.length, page.totalPages]).toEqual([20, 2]);
		const all = await list('');
		expect([all.list.length, all.totalPages]).toEqual([23, 1]);
	});

	it('rotates the token with a refusal too', async () => {
		const token = await tokenOf({ externalCustomerId: '2' });
		const refused = await inbox('?status=READ', token);
		expect(refused.status).toBe(400);
		expect(await refused.json()).toEqual({ message: expect.any(String) });
		const next = refused.headers.get('es-token') ?? '';
		expect((await inbox('?pageSize=0', next)).status).toBe(400);
	});

	it('may be called by the pages of any origin', async () => {
		const preflight = await inbox('/count', '', { method: 'OPTIONS' });
		expect(preflight.status).toBe(204);
		expect(preflight.headers.get('access-control-allow-headers')).toContain('ES-TOKEN');
		for (const token of [await tokenOf({ externalCustomerId: '2' }), 'dead']) {
			const { headers } = await inbox('/count', token);
			expect(headers.get('access-control-allow-origin')).toBe('*');
			expect(headers.get('access-control-expose-headers')).toBe('ES-TOKEN');
		}
	});
});

describe('the script', () => {
	it('is served by its id exactly as it is written', async () => {
		const response = await fetch(esputnik.scriptUrl());
		expect(response.headers.get('content-type')).toMatch(/^application\/javascript/);
		expect(await response.text()).toContain(esputnik.scriptId);
		const lowerCase = esputnik.scriptUrl(esputnik.scriptId.toLowerCase());
		expect((await fetch(lowerCase)).status).toBe(404);
		expect((await fetch(esputnik.scriptUrl('F'.repeat(32)))).status).toBe(404);
	});

	it('contains no key', async () => {
		expect(await (await fetch(esputnik.scriptUrl())).text()).not.toContain(esputnik.apiKey);
	});
});
