import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { basic, requestsTo } from './requests.ts';
import { exampleSeed, startEsputnik } from './server.ts';

const esputnik = await startEsputnik();
const { askToken, tokenOf, inbox, putFault, send } = requestsTo(esputnik);
beforeEach(() => esputnik.reset());
afterAll(() => esputnik.stop());

describe('faults', () => {
	it('answers a status with a body and Retry-After, as often as was asked', async () => {
		const fault = { status: 503, body: 'Under repair', retryAfter: 7, times: 2 };
		expect((await putFault('token', fault)).status).toBe(204);
		for (let time = 0; time < 2; time++) {
			const response = await askToken({ externalCustomerId: '2' });
			expect(response.status).toBe(503);
			expect(response.headers.get('retry-after')).toBe('7');
			expect(await response.text()).toBe('Under repair');
		}
		expect((await askToken({ externalCustomerId: '2' })).status).toBe(200);
	});

	it('answers 429 when only Retry-After is given, and lets pages see it', async () => {
		esputnik.setFault('count', { retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' });
		const token = await tokenOf({ externalCustomerId: '2' });
		const response = await inbox('/count', token);
		expect(response.status).toBe(429);
		expect(response.headers.get('access-control-allow-origin')).toBe('*');
		esputnik.setFault('count', null);
		expect((await inbox('/count', token)).status).toBe(200);
	});

	it('cuts the connection', async () => {
		esputnik.setFault('account', { reset: true });
		const address = `${esputnik.apiUrl}/v1/account/info`;
		const cut = fetch(address, { headers: basic(`:${esputnik.apiKey}`) });
		await expect(cut).rejects.toThrow('fetch failed');
		expect(esputnik.calls.at(-1)).toMatchObject({ path: '/api/v1/account/info', status: 0 });
	});

	it('answers garbage', async () => {
		esputnik.setFault('token', { garbage: true });
		const response = await askToken({ externalCustomerId: '2' });
		expect(response.status).toBe(200);
		await expect(response.json()).rejects.toThrow(SyntaxError);
	});

	it('delays, then answers as always', async () => {
		esputnik.setFault('token', { delayMs: 1 });
		expect(await tokenOf({ externalCustomerId: '2' })).not.toBe('');
	});

	it('ends delays at once when it stops', async () => {
		const other = await startEsputnik();
		other.setFault('script', { delayMs: 600_000 });
		const arrived = fetch(other.scriptUrl()).catch(() => 'cut');
		await vi.waitFor(() => expect(other.calls).toHaveLength(1), 10_000);
		await other.stop();
		expect(await arrived).toBe('cut');
	});

	it('says what is wrong with a fault', async () => {
		const wrong = await putFault('token', { status: 'down', delay: 5 });
		expect(wrong.status).toBe(400);
		expect(await wrong.json()).toEqual({
			message: expect.stringMatching(/no fault.*status: expected: number.*no delay here/s),
		});
		const nowhere = await putFault('tokens', {});
		expect(nowhere.status).toBe(404);
		expect(await nowhere.json()).toEqual({
			message: expect.stringContaining('token, account'),
		});
		expect(() => esputnik.setFault('token', { times: 0 })).toThrow('times');
	});

	it('are all taken away together', async () => {
		esputnik.setFault('token', { status: 500 });
		esputnik.setFault('script', { status: 500 });
		await fetch(`${esputnik.url}/faults`, { method: 'DELETE' });
		expect((await askToken({ externalCustomerId: '2' })).status).toBe(200);
		expect((await fetch(esputnik.scriptUrl())).status).toBe(200);
	});
});

describe('the rest of the stand-in', () => {
	it('sends a message by hand', async () => {
		const hello = { externalCustomerId: '2', title: 'Hello', content: 'A new message.' };
		expect((await send(hello)).status).toBe(201);
		const token = await tokenOf({ externalCustomerId: '2' });
		expect(await (await inbox('', token)).json()).toMatchObject({
			list: [{ title: 'Hello', status: 'UNOPENED' }, {}, {}, {}],
		});
		expect((await send({ ...hello, externalCustomerId: '99' })).status).toBe(404);
		expect((await send({ title: 'Hello' })).status).toBe(400);
	});

	it('lets no other page press its buttons', async () => {
		const body = { externalCustomerId: '2', title: 'Hello', content: '' };
		expect((await send(body, { 'Content-Type': 'text/plain' })).status).toBe(400);
		const preflight = await fetch(`${esputnik.url}/messages`, { method: 'OPTIONS' });
		expect(preflight.status).toBe(405);
	});

	it('shows who is in it, and no key', async () => {
		const seed = exampleSeed();
		seed.contacts?.push({ name: '<b>Dora</b>', phone: '+380501234567' });
		const other = await startEsputnik({ seed });
		const page = await (await fetch(other.url)).text();
		await other.stop();
		expect(page).toContain(
			'<td>Anna</td><td>2</td><td>anna@example.com</td><td>3</td><td>2</td>'
		);
		expect(page).toContain('&#60;b&#62;Dora');
		expect(page).not.toContain(other.apiKey);
	});

	it('notes calls without secrets', async () => {
		const token = await tokenOf({ externalCustomerId: '2', email: 'anna@example.com' });
		await inbox('?page=0', token);
		await inbox('/count', token);
		await fetch(`${esputnik.url}/nowhere`);
		expect(esputnik.calls).toEqual([
			{
				method: 'POST',
				path: '/api/v1/auth/contact/token',
				query: '',
				status: 200,
				externalCustomerId: '2',
				email: 'anna@example.com',
			},
			{
				method: 'GET',
				path: '/appinbox/v1/messages',
				query: '?page=0',
				status: 200,
				externalCustomerId: '2',
				email: 'anna@example.com',
			},
			{ method: 'GET', path: '/appinbox/v1/messages/count', query: '', status: 401 },
			{ method: 'GET', path: '/nowhere', query: '', status: 404 },
		]);
		expect(JSON.stringify(esputnik.calls)).not.toContain(token);
	});

	it('forgets everything on reset', async () => {
		const token = await tokenOf({ externalCustomerId: '2' });
		await send({ externalCustomerId: '2', title: 'Hello', content: '' });
		esputnik.setFault('count', { status: 500 });
		esputnik.reset();
		expect(esputnik.calls).toEqual([]);
		expect((await inbox('/count', token)).status).toBe(401);
		const fresh = await inbox('/count', await tokenOf({ externalCustomerId: '2' }));
		expect(await fresh.json()).toEqual({ count: 2 });
	});

	it('lies under a base path, and nowhere else', async () => {
		const other = await startEsputnik({ basePath: '/esputnik/', apiKeys: ['another-key'] });
		expect(new URL(other.apiUrl).pathname).toBe('/esputnik/api');
		expect(other.apiKey).toBe('another-key');
		const statuses = [];
		for (const path of ['', '/', '/recoms', 'x/recoms', '/../recoms']) {
			statuses.push((await fetch(other.url + path)).status);
		}
		expect((await fetch(other.scriptUrl())).status).toBe(200);
		await other.stop();
		expect(statuses).toEqual([200, 200, 200, 404, 404]);
	});
});

describe('starting', () => {
	const account = exampleSeed().account;

	it.each([
		['a wrong script id', { account: { ...account, scriptId: 'abc' } }, 'account.scriptId'],
		['a wrong position', { account: { ...account, position: 'inside' } }, 'beforebegin'],
		['a name that is unknown', { account: { ...account, selektor: '' } }, 'no selektor here'],
		['no account', {}, 'account: expected: object'],
		['a contact without identifiers', { account, contacts: [{ name: 'Eve' }] }, 'at least one'],
		[
			'two contacts of one e-mail',
			{
				account,
				contacts: [
					{ name: 'A', email: 'a@example.com' },
					{ name: 'B', email: 'A@example.com' },
				],
			},
			'two contacts share',
		],
	])('refuses a seed with %s', async (_name, seed, message) => {
		const start = startEsputnik({ seed: seed as never });
		await expect(start).rejects.toThrow('This is no seed of the stand-in eSputnik.');
		await expect(start).rejects.toThrow(message);
	});

	it('says when the port is taken', async () => {
		const start = startEsputnik({ port: Number(new URL(esputnik.url).port) });
		await expect(start).rejects.toThrow(/Port \d+ of 127.0.0.1 is in use\./);
	});

	it('refuses a base path that is none', async () => {
		await expect(startEsputnik({ basePath: 'esputnik' })).rejects.toThrow(
			'starts with a slash'
		);
	});

	it('may be stopped twice', async () => {
		const other = await startEsputnik();
		await other.stop();
		await other.stop();
	});
});
