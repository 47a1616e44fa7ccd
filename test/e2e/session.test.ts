import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
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

describe('the inbox on a real WordPress, token function at the site’s own address', () => {
	it('shows each subscriber their own messages, one after the other in one browser', async () => {
		await using anna = await visit(site.browser);
		const { page } = anna;
		await logIn(page, site.url, 'anna');
		anna.clear();
		await page.goto(site.url);
		await bell(page, 2).waitFor();
		expect(await openMessages(page)).toEqual(ANNA);
		expect(anna.errors).toEqual([]);
		expect(anna.requests.filter((url) => url.endsWith('/app-inbox/token'))).toHaveLength(1);

		await logOut(page, site.url);
		anna.clear();
		await page.goto(site.url);
		expect(await page.evaluate(() => window.appInbox!.status().state)).toBe('guest');
		await expectNoBell(page);

		await logIn(page, site.url, 'bohdan');
		await page.goto(site.url);
		await bell(page, 1).waitFor();
		expect(await openMessages(page)).toEqual(BOHDAN);
		expect(anna.errors).toEqual([]);
		const asked = site.esputnik.calls.filter(({ path }) => path.endsWith('/contact/token'));
		expect(asked.map(({ externalCustomerId }) => externalCustomerId)).toEqual(['2', '3']);
	});

	it('leaves a guest alone: no request but for the page itself', async () => {
		await using guest = await visit(site.browser);
		await guest.page.goto(site.url, { waitUntil: 'networkidle' });
		expect(guest.requests.filter((url) => !url.startsWith(`${site.url}/`))).toEqual([]);
		expect(guest.requests.filter((url) => /admin-ajax|app-inbox/.test(url))).toEqual([]);
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

	it('prints the same script for everyone, without a name, a nonce or an e-mail', async () => {
		const printed: (string | undefined)[] = [];
		for (const user of ['', 'anna', 'bohdan', 'anna']) {
			await using someone = await (user ? visitAs(site, user) : visit(site.browser));
			const answer = await someone.page.goto(site.url);
			printed.push(
				/<script[^>]* id="app-inbox-for-esputnik"[\s\S]*?<\/script>/.exec(
					await answer!.text()
				)?.[0]
			);
		}
		expect(printed[0]).toContain('appInbox.init(');
		expect(new Set(printed).size).toBe(1);
		expect(printed[0]).not.toMatch(/@|anna|bohdan/i);
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
