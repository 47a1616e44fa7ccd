import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IDENTITY_URL } from '../../src/settings/frontend-config.ts';
import { openMessages, visit } from '../e2e/visit.ts';
import { launchBrowser } from '../site/browser.ts';
import { giveLogin, logIn } from '../site/visitor.ts';
import { ELSEWHERE, startSituatedSite, type SituatedSite } from './situated-site.ts';
import {
	COUNTS_REQUESTS,
	KEEPS_EVERY_GET,
	SITUATIONS,
	STOPS_REQUESTS,
	type Situation,
} from './situations.ts';

type Customer = 'anna' | 'bohdan';

/** What each has in the inbox. */
const TITLES: Record<Customer, string[]> = {
	anna: [
		'Your order is on its way',
		'A voucher for you: 15% off',
		'How do you like your kettle?',
	],
	bohdan: ['Ваше замовлення вже у відділенні', 'Вітаємо в нашому клубі!'],
};

let site: SituatedSite;
let browser: Browser;
const logins = {} as Record<Customer, Awaited<ReturnType<BrowserContext['storageState']>>>;

beforeAll(async () => {
	site = await startSituatedSite();
	browser = await launchBrowser();
	await site.bringInto({});
	for (const customer of Object.keys(TITLES) as Customer[]) {
		await using first = await visit(browser);
		await giveLogin(first.context, site.url, customer);
		logins[customer] = await first.context.storageState();
	}
});
afterAll(async () => {
	await browser?.close();
	await site?.stop();
});
beforeEach(() => site.stack.esputnik.reset());

/** A customer at a computer of their own, with each answer over 399 that comes there. */
async function comes(customer: Customer, { logsIn }: Situation = {}) {
	const computer = await visit(browser, logsIn ? {} : { storageState: logins[customer] });
	if (logsIn) {
		await logIn(computer.page, site.url, customer);
	}
	const refused: string[] = [];
	computer.context.on('response', (answer) => {
		if (answer.status() > 399) {
			refused.push(`${answer.status()} ${answer.url()}`);
		}
	});
	return Object.assign(computer, { refused });
}

/** The titles behind the bell on a page, or why there is none. */
async function inboxAt(page: Page, address: string): Promise<string[] | string> {
	await page.goto(site.url + address);
	const status = await page.waitForFunction(
		() => {
			const now = window.appInbox?.status();
			const isOver = now?.state === 'guest' || !/none|pending/.test(now?.token ?? 'none');
			return isOver && now;
		},
		null,
		{ timeout: 20_000 }
	);
	const { state, token, message } = (await status.jsonValue()) || {};
	return token === 'received' ? openMessages(page) : `${state} ${token} ${message}`;
}

describe('the customer has the bell, with the token function at the site’s address and elsewhere, where', () => {
	it.each(Object.entries(SITUATIONS))('%s', async (_, situation) => {
		const { tokenFunction } = await site.bringInto(situation);
		await using computer = await comes('anna', situation);
		const { page, requests, refused, errors } = computer;
		const addresses = ['', `?${ELSEWHERE}`].map((query) => (situation.page ?? '/') + query);
		const found: Record<string, unknown> = {};
		for (const address of addresses) {
			found[address] = await inboxAt(page, address).catch(String);
		}
		expect(found).toEqual(
			Object.fromEntries(addresses.map((address) => [address, TITLES.anna]))
		);
		// A 401 may be a question for a password in the middle of the page.
		expect(refused).toEqual([]);
		expect(errors).toEqual([]);
		expect(requests).toContain(`${site.url}/app-inbox/token`);
		expect(requests).toContain(`${tokenFunction.url}/token`);
		expect(requests.filter((url) => url === site.url + IDENTITY_URL)).toHaveLength(1);
		// Whoever asks with their credential must not end their login.
		expect(await page.locator('body.logged-in').count()).toBe(1);
	});
});

it('each customer has their own messages, and a guest none, where every GET is kept', async () => {
	await site.bringInto(KEEPS_EVERY_GET);
	const before = (await site.stack.requests()).length;
	for (const address of ['/', `/?${ELSEWHERE}`]) {
		for (const customer of ['anna', 'bohdan', 'anna'] as const) {
			await using computer = await comes(customer);
			expect(await inboxAt(computer.page, address), customer).toEqual(TITLES[customer]);
			expect(computer.refused).toEqual([]);
		}
		await using guest = await visit(browser);
		expect(await inboxAt(guest.page, address)).toContain('guest none');
	}
	const asked = (await site.stack.requests()).slice(before);
	expect(asked.filter((request) => request === 'GET /')).toHaveLength(1);
});

it('a firewall that counts requests has one to count, however many customers come', async () => {
	const surroundings = await site.bringInto(COUNTS_REQUESTS);
	for (const customer of ['anna', 'bohdan', 'anna', 'bohdan'] as const) {
		await using computer = await comes(customer);
		expect(await inboxAt(computer.page, '/')).toEqual(TITLES[customer]);
		expect(await inboxAt(computer.page, `/?${ELSEWHERE}`)).toEqual(TITLES[customer]);
		expect(computer.refused).toEqual([]);
	}
	expect(await surroundings.asked()).toEqual(['GET /?app-inbox=keys 200']);
});

it('a firewall that stops the first request is named, and not asked again and again', async () => {
	const surroundings = await site.bringInto(STOPS_REQUESTS);
	for (const customer of ['anna', 'bohdan'] as const) {
		await using computer = await comes(customer);
		expect(await inboxAt(computer.page, '/')).toBe(
			`initialised failed ${site.url}/app-inbox/token 503 Open ?app-inbox-debug.`
		);
	}
	expect(await surroundings.asked()).toEqual(['GET /?app-inbox=keys 503']);
	expect(surroundings.tokenFunction.output()).toContain(
		'A firewall of the site, or its maintenance, keeps its keys from this server (503).'
	);
});

it('nothing of this left a notice of the plugin’s in the log', async () => {
	expect(await site.ownLog()).toEqual([]);
});
