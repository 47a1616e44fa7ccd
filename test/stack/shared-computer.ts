import type { Browser, BrowserContext, Page, Request, Response } from 'playwright-core';
import { giveLogin } from '../site/visitor.ts';
import { PEOPLE, type Person, type SharedSite } from './shared-site.ts';

/** A browser that several people use, one after the other. */
export interface Computer {
	context: BrowserContext;
	tabs: Page[];
	/** Who is logged in; undefined: nobody. */
	who: () => Person | undefined;
	/** Somebody logs in over whoever is there, or logs out, with all tabs left as they are. */
	become: (person: Person | undefined) => Promise<void>;
	/** Opens a page and waits until its token is in the vendor script's hands, or there is none: what became of it. */
	view: (tab: Page, path?: string) => Promise<string>;
	/** Each token that a page's vendor script was handed: about whom, and who was logged in. */
	handed: { about: Person | undefined; to: Person | undefined }[];
	[Symbol.asyncDispose]: () => Promise<void>;
}

/** Those tokens that are about somebody other than who was logged in. */
export const wrong = ({ handed }: Computer) => handed.filter(({ about, to }) => about !== to);

/**
 * WordPress has all sessions of a user in one value, and of two changes at the same moment it may lose one:
 * somebody has logged in then, and is a guest all the same.
 */
function inTurn(change: () => Promise<void>): Promise<void> {
	const done = turn.then(change);
	turn = done.catch(() => {});
	return done;
}
let turn = Promise.resolve();

/** The vendor script gets no answer to a token that is dead, and asks for another, once. */
const TRIES = 2;

export async function openComputer(
	browser: Browser,
	{ url, between }: SharedSite,
	tabs = 1
): Promise<Computer> {
	const context = await browser.newContext();
	const handed: Computer['handed'] = [];
	let who: Person | undefined;

	context.on('request', (request) => {
		const token = tokenIn(request);
		const subject = token && between.subjectOf(token);
		// Those that eSputnik gives for the next request are between it and its script.
		if (subject) {
			handed.push({ about: personOf(subject), to: who });
		}
	});

	return {
		context,
		tabs: await Promise.all(Array.from({ length: tabs }, () => context.newPage())),
		who: () => who,
		become: (person) =>
			inTurn(async () => {
				if (person) {
					await giveLogin(context, url, person);
				} else if (who) {
					await logOut(context, url);
				}
				who = person;
			}),
		async view(tab, path = '/') {
			let refused = 0;
			const used = tab
				.waitForResponse(
					(response) => isUseOfToken(response) && (response.ok() || ++refused === TRIES),
					{ timeout: 5000 }
				)
				.catch(() => undefined);
			await tab.goto(url + path, { waitUntil: 'domcontentloaded' });
			const { state, token } = await tab.evaluate(settledStatus);
			if (token === 'received') {
				await used;
			}
			return state === 'guest' ? 'guest' : token;
		},
		handed,
		[Symbol.asyncDispose]: () => context.close(),
	};
}

/** In the page: `appInbox.status()` once there is nothing more to come. */
const settledStatus = () =>
	new Promise<{ state: string; token: string }>((resolve) => {
		const look = () => {
			const status = window.appInbox!.status();
			if (status.state === 'guest' || !['none', 'pending'].includes(status.token)) {
				resolve(status);
			}
		};
		document.addEventListener('app-inbox:status', look);
		look();
	});

const tokenIn = (request: Request) => request.headers()['es-token'];

const isUseOfToken = (response: Response) =>
	response.url().endsWith('/messages/count') && response.request().method() === 'GET';

const personOf = (subject: string) => PEOPLE.find(({ id }) => id === subject)?.name;

/** By WordPress's own link, with its question. */
async function logOut({ request }: BrowserContext, url: string) {
	const question = await (await request.get(`${url}/wp-login.php?action=logout`)).text();
	const [, link = ''] = /href="([^"]+action=logout[^"]+)"/.exec(question) ?? [];
	const answer = await request.get(link.replaceAll('&amp;', '&'));
	if (!answer.url().includes('loggedout=true')) {
		throw new Error(`WordPress did not let them out: ${answer.status()} ${answer.url()}`);
	}
}
