import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IDENTITY_URL } from '../../src/settings/frontend-config.ts';
import { logIn, logOut } from '../site/visitor.ts';
import { withSite } from './running.ts';
import { bell, expectNoBell, openMessages, tokenIs, visit, visitAs } from './visit.ts';

const ANNA = [
	'Your order is on its way',
	'A voucher for you: 15% off',
	'How do you like your kettle?',
];
const BOHDAN = ['Ваше замовлення вже у відділенні', 'Вітаємо в нашому клубі!'];

const site = withSite({ foreignEsputnik: true });

beforeEach(() => site.esputnik.reset());

describe.each([
	['at the site’s own address', () => `${site.url}/app-inbox`],
	['at an address of its own', () => site.tokenFunction.url],
])('the one credential, shown to a token function %s', (_, address) => {
	beforeAll(() => site.setEndpoint(`${address()}/token`));
	afterAll(() => site.setEndpoint(`${site.url}/app-inbox/token`));

	it('gets each subscriber their own messages, one after the other in one browser', async () => {
		await using anna = await visit(site.browser);
		const { page, requests } = anna;
		await logIn(page, site.url, 'anna');
		anna.clear();
		const asked = page.waitForRequest(`${address()}/token`);
		await page.goto(site.url);
		await bell(page, 2).waitFor();
		expect(await openMessages(page)).toEqual(ANNA);
		expect(anna.errors).toEqual([]);
		const ours = () => requests.filter((url) => /app-inbox[=/]/.test(url));
		expect(ours()).toEqual([`${site.url}${IDENTITY_URL}`, `${address()}/token`]);

		const headers = await (await asked).allHeaders();
		expect(headers.cookie).toBeUndefined();
		const claims = JSON.parse(
			Buffer.from(headers.authorization!.split('.')[1]!, 'base64url').toString()
		);
		expect(claims).toMatchObject({ iss: site.url, sub: '2', email: 'anna@example.com' });

		// The next page of the tab asks PHP for nothing but itself.
		anna.clear();
		await page.goto(site.url);
		await page.locator('esputnik-inbox .bell').waitFor();
		expect(ours()).toEqual([`${address()}/token`]);

		await logOut(page, site.url);
		await page.goto(site.url);
		expect(await page.evaluate(() => window.appInbox!.status().state)).toBe('guest');
		await expectNoBell(page);

		await logIn(page, site.url, 'bohdan');
		await page.goto(site.url);
		await bell(page, 1).waitFor();
		expect(await openMessages(page)).toEqual(BOHDAN);
		expect(anna.errors).toEqual([]);
		const contacts = site.esputnik.calls.filter(({ path }) => path.endsWith('/contact/token'));
		expect(contacts.map(({ externalCustomerId }) => externalCustomerId)).toEqual([
			'2',
			'2',
			'3',
		]);
	});
});

describe('the inbox on a real WordPress', () => {
	it('leaves a guest alone: no request but for the page itself', async () => {
		await using guest = await visit(site.browser);
		await guest.page.goto(site.url, { waitUntil: 'networkidle' });
		expect(guest.requests.filter((url) => !url.startsWith(`${site.url}/`))).toEqual([]);
		expect(guest.requests.filter((url) => /app-inbox[=/]/.test(url))).toEqual([]);
		expect(site.esputnik.calls).toEqual([]);
		expect(await guest.page.evaluate(() => window.appInbox!.status())).toMatchObject({
			state: 'guest',
			init: 'none',
			token: 'none',
		});
		expect(await guest.context.cookies()).toEqual([]);
		expect(guest.errors).toEqual([]);
	});

	it('keeps two tabs working while their tokens rotate', async () => {
		await using anna = await visitAs(site, 'anna');
		const tabs = [anna.page, await anna.context.newPage()];
		for (const tab of tabs) {
			await tab.goto(site.url);
			await bell(tab, 2).waitFor();
		}
		// Each opening asks for the list and marks it read: two tokens are used up in each tab.
		for (const tab of [...tabs, ...tabs]) {
			expect(await openMessages(tab)).toEqual(ANNA);
			await tab.keyboard.press('Escape');
		}
		// All tokens die at eSputnik; both tabs ask for new ones and go on.
		site.esputnik.revokeTokens();
		for (const tab of tabs) {
			expect(await openMessages(tab)).toEqual(ANNA);
		}
		const asked = await Promise.all(
			tabs.map((tab) => tab.evaluate<number>('__esputnik.tokensAsked'))
		);
		expect(asked).toEqual([2, 2]);
		expect(anna.errors).toEqual([]);
	});

	it('says so when eSputnik does not know the contact, and shows no bell', async () => {
		await using admin = await visitAs(site, 'admin');
		await admin.page.goto(site.url);
		await tokenIs(admin.page, 'unknown-contact');
		await expectNoBell(admin.page);
		expect(admin.errors).toEqual([]);
	});
});

describe('a page whose token function is out of order', () => {
	it('works when it is stopped', async () => {
		const restore = site.reroute('/app-inbox', 'http://127.0.0.1:1');
		await expectWorkingPage('failed');
		restore();
	});

	it('works when it answers garbage', async () => {
		await instead(
			(_, answer) =>
				answer
					.writeHead(200, { 'content-type': 'application/json' })
					.end('<html>{"token":'),
			() => expectWorkingPage('failed')
		);
	});

	it('works when it never answers: ten seconds are all it gets', async () => {
		await instead(
			() => {},
			() => expectWorkingPage('failed', { fakeClock: true })
		);
	});

	it('works when eSputnik refuses the key, resets, or sends nonsense', async () => {
		for (const fault of [
			{ status: 401 },
			{ reset: true as const },
			{ garbage: true as const },
		]) {
			site.esputnik.setFault('token', fault);
			await expectWorkingPage('failed');
		}
	});

	it('works when eSputnik’s script is not to be had', async () => {
		site.esputnik.setFault('script', { reset: true });
		await using anna = await visitAs(site, 'anna');
		await anna.page.goto(site.url);
		await anna.page.waitForFunction(() => window.appInbox?.status().state === 'blocked');
		expect(anna.errors).toEqual([]);
	});

	/** Tries something with a server that answers so in the token function's place. */
	async function instead(answer: RequestListener, tried: () => Promise<void>) {
		const server = createServer(answer);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const restore = site.reroute('/app-inbox', `http://127.0.0.1:${port}`);
		try {
			await tried();
		} finally {
			restore();
			server.closeAllConnections();
			server.close();
		}
	}

	async function expectWorkingPage(token: string, { fakeClock = false } = {}) {
		await using anna = await visitAs(site, 'anna');
		if (fakeClock) {
			await anna.page.clock.install();
		}
		await anna.page.goto(site.url);
		if (fakeClock) {
			await tokenIs(anna.page, 'pending');
			await anna.page.clock.fastForward(10_000);
		}
		await tokenIs(anna.page, token);
		await anna.page.getByRole('link', { name: 'Kavarnia' }).first().waitFor();
		await expectNoBell(anna.page);
		expect(anna.errors).toEqual([]);
	}
});
