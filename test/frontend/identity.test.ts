import { expect, it } from 'vitest';
import {
	askToken,
	ENDPOINT,
	failed,
	JWT,
	member,
	NONCE_REQUEST,
	posts,
	requestsOf,
	site,
	TOKEN,
	token,
} from './answers.ts';
import { MARKER, openPage, SCRIPT, type Page, type PageWindow } from './page.ts';

const POST = `POST ${ENDPOINT}`;

/** A page that is not WordPress's, and has this under the name of the global function. */
const pageWith = (appInboxGetIdentity: unknown, ...answers: Parameters<typeof site>) => ({
	elsewhere: true,
	cookie: '',
	before: (window: PageWindow) => void Object.assign(window, { appInboxGetIdentity }),
	answer: site(...answers),
});
const credentials = (page: Page) => posts(page).map(({ headers }) => headers.Authorization);

it('the page’s global function gives the identity where the config has none', async () => {
	const options = pageWith(async () => JWT);
	const page = member(options.answer, { options });
	expect(page.vendorScripts()).toEqual([SCRIPT]);
	expect(await askToken(page)).toBe(TOKEN);
	expect(requestsOf(page)).toEqual([POST]);
	expect(credentials(page)).toEqual([`Bearer ${JWT}`]);
});
it('the page’s global function renews the identity of the config', async () => {
	const options = pageWith(() => 'new', token(), failed(401), token());
	const page = member(options.answer, { options, config: { identity: 'old' } });
	expect(await askToken(page)).toBe(TOKEN);
	expect(credentials(page)).toEqual(['Bearer old']);
	expect(await askToken(page)).toBe(TOKEN);
	expect(credentials(page)).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
});
it('the config’s own function counts more', async () => {
	const options = pageWith(() => 'page');
	const page = member(options.answer, { options, config: { getIdentity: () => 'config' } });
	expect(await askToken(page)).toBe(TOKEN);
	expect(credentials(page)).toEqual(['Bearer config']);
});
it.each([
	['a text', JWT],
	['an object', {}],
	['nothing', undefined],
])('what is no function makes no customer: %s', async (_name, value) => {
	const page = openPage(pageWith(value));
	page.init({ endpoint: ENDPOINT });
	expect(page.window.appInbox.status().state).toBe('guest');
	expect(page.window.eS).toBeUndefined();
	expect(page.vendorScripts()).toEqual([]);
});
it('what is no function renews nothing, and breaks nothing', async () => {
	const options = pageWith({}, failed(401));
	const page = member(options.answer, { options, config: { identity: 'old' } });
	expect(await askToken(page)).toBe('');
	expect(credentials(page)).toEqual(['Bearer old', 'Bearer old']);
	expect(page.window.appInbox.status()).toMatchObject({ state: 'initialised', token: 'failed' });
	expect(page.logged).toEqual([]);
});
it('WordPress’s own pages never ask it: there the cookie says who is logged in', async () => {
	const options = { ...pageWith(() => 'page'), elsewhere: false, cookie: MARKER };
	const page = member(options.answer, { options });
	expect(await askToken(page)).toBe(TOKEN);
	expect(requestsOf(page)).toEqual([NONCE_REQUEST, POST]);
	const guest = openPage({ ...options, cookie: '' });
	guest.init({ endpoint: ENDPOINT });
	expect(guest.window.appInbox.status().state).toBe('guest');
});
