import type { BrowserContext, Cookie, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { giveLogin, logOut } from '../site/visitor.ts';
import { withSite } from './running.ts';
import { bell, expectNoBell, openMessages, visit, type Visit } from './visit.ts';

const ANNA = '2';
const BOHDAN = '3';
const BOHDANS_MESSAGES = ['Ваше замовлення вже у відділенні', 'Вітаємо в нашому клубі!'];

const site = withSite({ foreignEsputnik: true });

beforeEach(() => site.esputnik.reset());

describe('Anna’s page is left, and Bohdan comes to the same tab', () => {
	it('by the logout link; her page in the history is a guest’s', async () => {
		await using computer = await annasComputer();
		const { page } = computer;
		await logOut(page, site.url);
		logins.delete('anna');
		expect(await markerOf(computer)).toBeUndefined();
		await page.evaluate(() => history.go(-2));
		await page.waitForURL(`${site.url}/`);
		await page.waitForFunction(() => window.appInbox?.status().state === 'guest');
		await expectNoBell(page);
		// The guest's page has emptied what the tab kept of hers.
		expect((await kept(page))?.trim()).toBe('');
		await expectBohdan(computer);
	});

	it('by a login over hers, without a logout: her credential is shown no more', async () => {
		await using computer = await annasComputer();
		expect(await kept(computer.page)).toContain(computer.credentials[0]);
		await expectBohdan(computer);
		expect(computer.credentials.map(subject)).toEqual([ANNA, BOHDAN]);
		expect(await kept(computer.page)).not.toContain(computer.credentials[0]);
	});

	it('with all cookies cleared', async () => {
		await using computer = await annasComputer();
		await computer.context.clearCookies();
		await expectEnd(computer);
		expect(computer.credentials).toHaveLength(1);
		await expectBohdan(computer);
	});
});

describe('another tab', () => {
	it('logs out: the bell goes with its next token, and the page is loaded anew when it is shown', async () => {
		await using computer = await annasComputer();
		await logOut(await computer.context.newPage(), site.url);
		logins.delete('anna');
		await expectEnd(computer);
		expect(computer.credentials).toHaveLength(1);
		await showAgain(computer.page);
		await computer.page.waitForFunction(() => window.appInbox?.status().state === 'guest');
		await expectNoBell(computer.page);
		expect(asked()).toEqual([ANNA]);
	});

	it('logs Bohdan in: her page gets no token, and his bell when it is shown', async () => {
		await using computer = await annasComputer();
		await giveLogin(computer.context, site.url, 'bohdan');
		await expectEnd(computer);
		expect(computer.credentials).toHaveLength(1);
		await showAgain(computer.page);
		await expectBohdansBell(computer);
	});

	it('logs Bohdan in while her token is on its way: it is thrown away', async () => {
		await using computer = await annasComputer();
		const { page, context } = computer;
		await page.route('**/app-inbox/token', async (route) => {
			const answer = await route.fetch();
			await context.addCookies(await loginOf('bohdan'));
			await route.fulfill({ response: answer });
		});
		await expectEnd(computer);
		expect(asked()).toEqual([ANNA, ANNA]);
		await page.unroute('**/app-inbox/token');
		await expectBohdan(computer, [ANNA, ANNA, BOHDAN]);
	});
});

describe('the login ends, and its marker stays: WordPress’s next answer clears it', () => {
	it.each<[string, (computer: Visit) => Promise<unknown>]>([
		[
			'logged out everywhere',
			() => site.wordpress.run(`WP_Session_Tokens::get_instance( ${ANNA} )->destroy_all();`),
		],
		[
			'the session has expired',
			() =>
				site.wordpress.run(`
					$sessions = get_user_meta( ${ANNA}, 'session_tokens', true );
					foreach ( $sessions as &$session ) {
						$session['expiration'] = time() - 1;
					}
					update_user_meta( ${ANNA}, 'session_tokens', $sessions );
				`),
		],
		[
			// Even to the same one: it is stored anew, and logins hang on what is stored.
			'the password was changed',
			() => site.wordpress.run(`wp_set_password( 'password', ${ANNA} );`),
		],
		[
			'the login cookies were cleared',
			({ context }) => context.clearCookies({ name: /^wordpress_/ }),
		],
	])('%s', async (_, end) => {
		await using computer = await annasComputer();
		await end(computer);
		logins.delete('anna');
		expect(await markerOf(computer)).toBeDefined();
		await tabsCredentialEnds(computer);
		await expectEnd(computer);
		expect(await markerOf(computer)).toBeUndefined();
		expect(asked()).toEqual([ANNA]);
		await expectBohdan(computer);
	});
});

it('the marker is cleared, and the login stays: WordPress says anew whose it is, and then the bell is back', async () => {
	await using computer = await annasComputer();
	const { page, context } = computer;
	await context.clearCookies({ name: 'app_inbox_user' });
	await expectEnd(computer);
	expect(computer.credentials).toHaveLength(1);
	await page.reload();
	await page.waitForFunction(() => window.appInbox?.status().state === 'guest');
	await page.reload();
	await bell(page, 2).waitFor();
	expect(asked()).toEqual([ANNA, ANNA]);
	await expectBohdan(computer, [ANNA, ANNA, BOHDAN]);
});

it('a credential outlives its login, but the first question to WordPress ends it in every tab', async () => {
	await using computer = await annasComputer();
	await site.wordpress.run(`WP_Session_Tokens::get_instance( ${ANNA} )->destroy_all();`);
	logins.delete('anna');
	const tab = await computer.context.newPage();
	await tab.goto(site.url);
	await tab.waitForFunction(() => window.appInbox?.status().state === 'guest');
	await expectNoBell(tab);
	expect(await markerOf(computer)).toBeUndefined();
	await expectEnd(computer);
	expect(computer.credentials).toHaveLength(1);
	await expectBohdan(computer);
});

interface Computer extends Visit {
	/** The JWT of each request to the token function. */
	credentials: string[];
}

/** Anna has logged in and has a page open, with her bell. */
async function annasComputer(): Promise<Computer> {
	const cookies = await loginOf('anna');
	const computer = await visit(site.browser);
	const credentials: string[] = [];
	computer.context.on('request', (request) => {
		if (request.url().endsWith('/app-inbox/token') && request.method() === 'POST') {
			credentials.push(request.headers().authorization!.slice('Bearer '.length));
		}
	});
	await computer.context.addCookies(cookies);
	await computer.page.goto(site.url);
	await bell(computer.page, 2).waitFor();
	return { ...computer, credentials };
}

/** What a login leaves in a browser. Each is good for many tests, until one ends it on the server. */
async function loginOf(user: 'anna' | 'bohdan') {
	if (!logins.has(user)) {
		await using visitor = await visit(site.browser);
		await giveLogin(visitor.context, site.url, user);
		logins.set(user, await visitor.context.cookies());
	}
	return logins.get(user)!;
}
const logins = new Map<string, Cookie[]>();

/** Her page wants its next token, and there is none: the bell goes. */
async function expectEnd({ page, errors }: Computer) {
	site.esputnik.revokeTokens();
	await page.locator('esputnik-inbox .bell').click();
	await page.locator('esputnik-inbox').waitFor({ state: 'detached' });
	expect(await page.evaluate(() => window.appInbox!.status())).toMatchObject({
		state: 'guest',
		token: 'none',
	});
	expect(errors).toEqual([]);
}

/** Bohdan logs in and opens a page in the tab that was hers. */
async function expectBohdan(computer: Computer, wanted = [ANNA, BOHDAN]) {
	await computer.context.addCookies(await loginOf('bohdan'));
	await computer.page.goto(site.url);
	await expectBohdansBell(computer, wanted);
}

async function expectBohdansBell({ page, credentials, errors }: Computer, wanted = [ANNA, BOHDAN]) {
	await bell(page, 1).waitFor();
	expect(await openMessages(page)).toEqual(BOHDANS_MESSAGES);
	expect(asked()).toEqual(wanted);
	// What proved that Anna was there is never sent again.
	expect(credentials.slice(0, -1)).not.toContain(credentials.at(-1));
	expect(errors).toEqual([]);
}

/** Whose tokens eSputnik was asked for. */
const asked = () =>
	site.esputnik.calls
		.filter(({ path }) => path.endsWith('/contact/token'))
		.map(({ externalCustomerId }) => externalCustomerId);

const subject = (jwt: string) =>
	JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString()).sub as string;

/** What the tab keeps is too old: its next token is a question to WordPress. */
const tabsCredentialEnds = ({ page }: Computer) =>
	page.evaluate(() => {
		sessionStorage.appInbox = sessionStorage.appInbox.replace(/\d+$/, Date.now() - 1);
	});

/** The credential that the tab keeps. */
const kept = (page: Page) => page.evaluate(() => sessionStorage.getItem('appInbox'));

const markerOf = async ({ context }: { context: BrowserContext }) =>
	(await context.cookies()).find(({ name }) => name === 'app_inbox_user')?.value;

/** To Chromium without a window every tab is in sight; so the event is all that there is to see. */
async function showAgain(page: Page) {
	await Promise.all([
		page.waitForEvent('load'),
		page.evaluate(() =>
			document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
		),
	]);
}
