import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeJwt } from 'jose';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '../bench/soak/random.ts';
import { launchBrowser } from '../site/browser.ts';
import { openComputer, wrong, type Computer } from './shared-computer.ts';
import { PEOPLE, startSharedSite, type Person, type SharedSite } from './shared-site.ts';

let site: SharedSite;
let browser: Browser;

beforeAll(async () => {
	[site, browser] = await Promise.all([
		startSharedSite({
			// A single sign-on, as far as WordPress sees it: no login at its form, and no session.
			muPlugin: `
				add_filter( 'determine_current_user', static function ( $user ) {
					return isset( $_COOKIE['member'] ) ? (int) $_COOKIE['member'] : $user;
				}, 30 );`,
		}),
		launchBrowser(),
	]);
});
afterAll(async () => {
	await browser?.close();
	await site?.stop();
});
beforeEach(() => {
	site.stack.esputnik.reset();
	site.between.take('passes');
});

const [{ name: ANNA }, { name: BOHDAN }, { name: CHLOE }] = PEOPLE;
const open = (tabs?: number) => openComputer(browser, site, tabs);

const TOKEN = '/app-inbox/token';
const PATHS = ['/', '/shop-news/', '/about/', '/news/'];

/** So many views in random order, now and then by somebody else: what should have come of each, and what did. */
async function useAtRandom(computer: Computer, seed: number, views: number, change: number) {
	const random = createRandom(seed);
	const one = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)]!;
	const fates: [person: Person | undefined, fate: string][] = [];
	while (fates.length < views) {
		if (random() < change) {
			await computer.become(one([ANNA, BOHDAN, CHLOE, undefined]));
		}
		const fate = await computer.view(one(computer.tabs), one(PATHS));
		fates.push([computer.who(), fate]);
	}
	return fates;
}

describe('a cache that keeps every GET for a minute, whatever its headers say', () => {
	it('three people, two browsers, 1,000 views, with logins and log-outs: each gets their own', async () => {
		site.between.take('keeps');
		await using first = await open(2);
		await using second = await open(2);
		const fates = (
			await Promise.all([useAtRandom(first, 1, 500, 0.1), useAtRandom(second, 2, 500, 0.1)])
		).flat();
		expect([first, second].flatMap(wrong)).toEqual([]);
		expect(fates).toHaveLength(1000);
		// Nor does it cost anybody the bell.
		expect(fates.filter(([person, fate]) => fate !== (person ? 'received' : 'guest'))).toEqual(
			[]
		);
		expect(first.handed.length + second.handed.length).toBe(
			fates.filter(([person]) => person).length
		);
		for (const who of [ANNA, BOHDAN, CHLOE, undefined]) {
			expect(fates.filter(([person]) => person === who).length).toBeGreaterThan(100);
		}
		expect(site.between.others('GET /')).toBeGreaterThan(100);
	}, 300_000);

	it('a marker that WordPress mends with a page, and the cache sends to the next person, is nobody’s', async () => {
		await using computer = await open();
		const [tab] = computer.tabs as [Computer['tabs'][0]];
		await computer.become(ANNA);
		expect(await computer.view(tab)).toBe('received');
		site.between.take('keeps');
		await computer.context.clearCookies({ name: 'app_inbox_user' });
		expect(await computer.view(tab, '/about/')).toBe('guest');
		await computer.become(undefined);
		await computer.become(BOHDAN);
		expect(await computer.view(tab, '/about/')).toBe('guest');
		expect(await computer.view(tab)).toBe('received');
		expect(computer.handed).toEqual([
			{ about: ANNA, to: ANNA },
			{ about: BOHDAN, to: BOHDAN },
		]);
	});
});

describe('a proxy that joins equal requests, POSTs too', () => {
	it('two people at the same moment: each gets their own token, or none', async () => {
		await using first = await open();
		await using second = await open();
		await Promise.all([first.become(ANNA), second.become(BOHDAN)]);
		site.between.take('joins');
		const fates: string[] = [];
		for (let round = 0; round < 20; round++) {
			// At first the credential is asked for at once, and then, since both have theirs, the token.
			for (let view = 0; view < 3; view++) {
				fates.push(
					...(await Promise.all([
						first.view(first.tabs[0]!),
						second.view(second.tabs[0]!),
					]))
				);
			}
			await Promise.all(
				[first, second].map(({ tabs }) => tabs[0]!.evaluate(() => sessionStorage.clear()))
			);
		}
		expect([first, second].flatMap(wrong)).toEqual([]);
		// No two questions for a credential are equal; those for a token are, but for their headers.
		expect(site.between.others(`POST ${TOKEN}`)).toBeGreaterThan(10);
		// The one whose request went on has a token each time.
		expect(fates.filter((fate) => fate === 'received').length).toBeGreaterThan(40);
		expect(new Set([...first.handed, ...second.handed].map(({ to }) => to)).size).toBe(2);
	});

	it('nor does the marker come that WordPress mends for one of them', async () => {
		await using first = await open();
		await using second = await open();
		const markerIn = async ({ context }: Computer) =>
			(await context.cookies()).find(({ name }) => name === 'app_inbox_user')?.value;
		await Promise.all([first.become(ANNA), second.become(BOHDAN)]);
		const his = await markerIn(second);
		site.between.take('joins');
		await first.context.clearCookies({ name: 'app_inbox_user' });
		// What somebody else's answer brings with it is gone with the next answer to the page itself.
		await Promise.all([first, second].map((computer) => computer.view(computer.tabs[0]!)));
		await Promise.all([first, second].map((computer) => computer.view(computer.tabs[0]!)));
		await Promise.all([first, second].map((computer) => computer.view(computer.tabs[0]!)));
		expect([await markerIn(second), await markerIn(first)]).toEqual([
			his,
			expect.not.stringMatching(/^0/),
		]);
		expect([first, second].flatMap(wrong)).toEqual([]);
	});
});

describe('a service worker that answers by address out of its cache, POSTs too', () => {
	const WORKER = `
		addEventListener('install', () => skipWaiting());
		addEventListener('activate', (event) => event.waitUntil(clients.claim()));
		addEventListener('fetch', (event) => {
			if (new URL(event.request.url).origin === location.origin) {
				event.respondWith(answer(event.request));
			}
		});
		async function answer(request) {
			const cache = await caches.open('all');
			const kept = await cache.match(request.url);
			if (kept) return kept;
			const fresh = await fetch(request);
			if (fresh.ok) await cache.put(request.url, fresh.clone());
			return fresh;
		}`;

	it('three people after each other: nobody gets another’s token', async () => {
		await writeFile(path.join(site.stack.folder, 'site/worker.js'), WORKER);
		await using computer = await open(2);
		const [tab] = computer.tabs as [Computer['tabs'][0]];
		await tab.goto(site.url);
		await tab.evaluate(async () => {
			await navigator.serviceWorker.register('/worker.js');
			await new Promise<void>((resolve) => {
				if (navigator.serviceWorker.controller) {
					resolve();
				}
				navigator.serviceWorker.addEventListener('controllerchange', () => resolve());
			});
		});
		await computer.become(ANNA);
		expect(await computer.view(tab)).toBe('received');
		const fates = await useAtRandom(computer, 3, 60, 0.3);
		expect(wrong(computer)).toEqual([]);
		const kept = await tab.evaluate(async () =>
			(await (await caches.open('all')).keys()).map(({ url }) => url)
		);
		expect(kept).toContain(site.url + TOKEN);
		// Hers was offered to them.
		expect(fates).toContainEqual([BOHDAN, 'failed']);
		expect(fates).toContainEqual([CHLOE, 'failed']);
	});
});

describe('another tab logs Bohdan in while Anna’s credential is on its way', () => {
	const IDENTITY_REQUEST = /app-inbox=identity&/;

	it('before WordPress has seen her request: his credential is none for her page', async () => {
		await using computer = await open();
		const [tab] = computer.tabs as [Computer['tabs'][0]];
		await computer.become(ANNA);
		const answered = tab.waitForResponse(IDENTITY_REQUEST);
		await tab.route(IDENTITY_REQUEST, async (route) => {
			await computer.become(BOHDAN);
			// With the cookies that the browser has now.
			await route.continue();
		});
		expect(await computer.view(tab)).toBe('guest');
		expect(decodeJwt(await (await answered).text()).sub).toBe(PEOPLE[1].id);
		await expectHisNext(computer);
	});

	it('after WordPress has answered her: hers is not shown to the function', async () => {
		await using computer = await open();
		const [tab] = computer.tabs as [Computer['tabs'][0]];
		await computer.become(ANNA);
		const answers: string[] = [];
		await tab.route(IDENTITY_REQUEST, async (route) => {
			const answer = await route.fetch();
			answers.push(await answer.text());
			await computer.become(BOHDAN);
			await route.fulfill({ response: answer });
		});
		expect(await computer.view(tab)).toBe('guest');
		expect(answers.map((jwt) => decodeJwt(jwt).sub)).toEqual([PEOPLE[0].id]);
		expect(
			site.stack.esputnik.calls.filter(({ path: asked }) => asked.endsWith('/contact/token'))
		).toEqual([]);
		await expectHisNext(computer);
	});

	/** What her page has left in the tab is of no use on his. */
	async function expectHisNext(computer: Computer) {
		const [tab] = computer.tabs as [Computer['tabs'][0]];
		await tab.unroute(IDENTITY_REQUEST);
		expect(await computer.view(tab)).toBe('received');
		expect(computer.handed).toEqual([{ about: BOHDAN, to: BOHDAN }]);
	}
});

describe('a login without a session of WordPress’s', () => {
	it('gives no inbox: nothing would tell the page that the next member has come', async () => {
		await using computer = await open();
		const [tab] = computer.tabs as [Computer['tabs'][0]];
		for (const { id } of PEOPLE) {
			await computer.context.addCookies([{ name: 'member', value: id, url: site.url }]);
			expect(await computer.view(tab)).toBe('guest');
		}
		expect(computer.handed).toEqual([]);
		const cookies = await computer.context.cookies();
		expect(cookies.map(({ name }) => name)).toEqual(['member']);
	});
});

it('nothing of this left a notice in the log', async () => {
	expect(await site.stack.log()).toBe('');
});
