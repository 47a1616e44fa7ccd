import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '../bench/soak/random.ts';
import { crowdSeed, letCrowdIn } from '../bench/wordpress/crowd.ts';
import { visitPages } from '../bench/wordpress/visits.ts';
import { bell, openMessages, tokenIs, visit } from '../e2e/visit.ts';
import { exampleSeed } from '../esputnik/server.ts';
import { requestsTo } from '../esputnik/requests.ts';
import { launchBrowser } from '../site/browser.ts';
import { logIn } from '../site/visitor.ts';
import { startStack, type Stack } from './stack.ts';
import { StackVisitor } from './visitor.ts';

/** Visitors of the short load: few enough for a busy machine. */
const CROWD = 10;

let stack: Stack;
let anna: StackVisitor;

beforeAll(async () => {
	const { contacts = [], ...account } = exampleSeed();
	stack = await startStack({
		seed: { ...account, contacts: [...contacts, ...(crowdSeed(CROWD).contacts ?? [])] },
	});
	anna = new StackVisitor(stack);
	await anna.logIn('anna');
});
afterAll(() => stack?.stop());
beforeEach(() => stack.esputnik.reset());

const titles = async (token: string) => {
	const answer = await requestsTo(stack.esputnik).inbox('', token);
	return ((await answer.json()) as { list: { title: string }[] }).list.map(({ title }) => title);
};
const ANNA = [
	'Your order is on its way',
	'A voucher for you: 15% off',
	'How do you like your kettle?',
];

describe('on nginx, PHP-FPM and MariaDB', () => {
	it.each([
		['at the site’s address, through nginx', () => `${stack.url}/app-inbox/token`],
		['at an address of its own', () => `${stack.tokenFunction.url}/token`],
	])('a subscriber gets a token from the function %s', async (_, endpoint) => {
		const { status, token } = await anna.token(endpoint());
		expect(status).toBe(200);
		expect(await titles(token)).toEqual(ANNA);
	});

	it('a guest gets no credential, and nobody a token without one', async () => {
		const guest = new StackVisitor(stack);
		expect(await guest.identity()).toBe('');
		expect(await guest.token()).toEqual({ status: 401, token: '' });
		// The function looks at no cookie.
		expect(await anna.token(undefined, '')).toEqual({ status: 401, token: '' });
	});

	it('the front page has the same bytes for a guest, Anna and Bohdan', async () => {
		const bohdan = new StackVisitor(stack);
		await bohdan.logIn('bohdan');
		const guest = await (await new StackVisitor(stack).fetch('/')).text();
		expect(guest).toContain('appInbox.init(');
		for (const visitor of [anna, bohdan, anna]) {
			const page = await (await visitor.fetch('/')).text();
			// A word that WordPress itself adds to the body's class.
			expect(page.replace(' logged-in ', ' ')).toBe(guest);
		}
	});

	it('a post has its pretty address, and a page that does not exist its 404', async () => {
		expect((await anna.fetch('/shop-news/')).status).toBe(200);
		expect((await anna.fetch('/no-such-page/')).status).toBe(404);
		expect((await anna.fetch('/wp-json/')).status).toBe(200);
	});

	it('ten visitors for five seconds: no error, and nobody else’s token', async () => {
		const members = await letCrowdIn(stack, CROWD);
		const report = await visitPages(stack, members, 5, createRandom(1));
		expect(report.errors).toEqual([]);
		expect(report.wrongUser).toBe(0);
		expect(report.firstTokens).toHaveLength(CROWD);
	});
});

describe('in a browser', () => {
	let browser: Browser;
	beforeAll(async () => (browser = await launchBrowser()));
	afterAll(() => browser?.close());

	it('the bell appears, with her messages behind it', async () => {
		await using computer = await visit(browser);
		const { page } = computer;
		await logIn(page, stack.url, 'anna');
		computer.clear();
		await page.goto(stack.url);
		await bell(page, 2).waitFor();
		expect(await openMessages(page)).toEqual(ANNA);
		expect(computer.errors).toEqual([]);
	});

	it('requests of WordPress per visitor’s first token: 1; for the tab’s next pages: none', async () => {
		// The keys are the function's business, for five minutes and for everybody.
		await anna.token();
		await using computer = await visit(browser);
		const { page } = computer;
		await logIn(page, stack.url, 'bohdan');
		const before = (await stack.requests()).length;
		for (const path of ['/', '/shop-news/', '/']) {
			await page.goto(stack.url + path);
			await tokenIs(page, 'received');
		}
		expect((await stack.requests()).slice(before)).toEqual([
			'GET /',
			'POST /?app-inbox=identity',
			'GET /shop-news/',
			'GET /',
		]);
	});
});

it('nothing of this left a notice in the log', async () => {
	expect(await stack.log()).toBe('');
});
