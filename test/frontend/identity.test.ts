import { describe, expect, it } from 'vitest';
import {
	askToken,
	ENDPOINT,
	failed,
	JWT,
	member,
	CREDENTIAL_REQUEST,
	jwtOf,
	requestsOf,
	shownTo,
	site,
	TOKEN,
	token,
	TOKEN_REQUEST,
} from './answers.ts';
import { MARKER, openPage, SCRIPT, type PageWindow } from './page.ts';

/** A page that is not WordPress's, and has this under the name of the global function. */
const pageWith = (appInboxGetIdentity: unknown, ...answers: Parameters<typeof site>) => ({
	elsewhere: true,
	cookie: '',
	before: (window: PageWindow) => void Object.assign(window, { appInboxGetIdentity }),
	answer: site(...answers),
});

it('the page’s global function gives the identity where the config has none', async () => {
	const options = pageWith(async () => JWT);
	const page = member(options.answer, { options });
	expect(page.vendorScripts()).toEqual([SCRIPT]);
	expect(await askToken(page)).toBe(TOKEN);
	expect(requestsOf(page)).toEqual([TOKEN_REQUEST]);
	expect(shownTo(page)).toEqual([`Bearer ${JWT}`]);
});
it('the page’s global function renews the identity of the config', async () => {
	const options = pageWith(() => 'new', token(), failed(401), token());
	const page = member(options.answer, { options, config: { identity: 'old' } });
	expect(await askToken(page)).toBe(TOKEN);
	expect(shownTo(page)).toEqual(['Bearer old']);
	expect(await askToken(page)).toBe(TOKEN);
	expect(shownTo(page)).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
});
it('the config’s own function counts more', async () => {
	const options = pageWith(() => 'page');
	const page = member(options.answer, { options, config: { getIdentity: () => 'config' } });
	expect(await askToken(page)).toBe(TOKEN);
	expect(shownTo(page)).toEqual(['Bearer config']);
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
	expect(shownTo(page)).toEqual(['Bearer old', 'Bearer old']);
	expect(page.window.appInbox.status()).toMatchObject({ state: 'initialised', token: 'failed' });
	expect(page.logged).toEqual([]);
});
it('WordPress’s own pages never ask it: there the cookie says who is logged in', async () => {
	const options = { ...pageWith(() => 'page'), elsewhere: false, cookie: MARKER };
	const page = member(options.answer, { options });
	expect(await askToken(page)).toBe(TOKEN);
	expect(requestsOf(page)).toEqual([CREDENTIAL_REQUEST, TOKEN_REQUEST]);
	const guest = openPage({ ...options, cookie: '' });
	guest.init({ endpoint: ENDPOINT });
	expect(guest.window.appInbox.status().state).toBe('guest');
});

const anna = (exp: number) => jwtOf({ sub: 'ганна-2', exp });

describe('an identity that is renewed', () => {
	it('is taken for the same customer', async () => {
		const options = pageWith(() => anna(2), failed(401), token());
		const page = member(options.answer, { options, config: { identity: anna(1) } });
		expect(await askToken(page)).toBe(TOKEN);
		expect(shownTo(page)).toEqual([`Bearer ${anna(1)}`, `Bearer ${anna(2)}`]);
	});
	it.each([
		['another id', anna(1), jwtOf({ sub: '3' })],
		['another e-mail where there is no id', jwtOf({ email: 'a@x' }), jwtOf({ email: 'b@x' })],
		['an id where there was an e-mail', jwtOf({ email: 'a@x' }), jwtOf({ sub: '3' })],
		['nobody that can be read', anna(1), 'e30.e30'],
	])('is never shown on a page of somebody else: %s', async (_name, identity, next) => {
		const options = pageWith(() => next, failed(401), token(), token());
		const page = member(options.answer, { options, config: { identity } });
		expect(await askToken(page)).toBe('');
		expect(page.window.appInbox.status()).toMatchObject({ state: 'guest', token: 'none' });
		expect(await askToken(page)).toBe('');
		expect(shownTo(page)).toEqual([`Bearer ${identity}`]);
	});
	it('that the page’s function gave first is compared as well', async () => {
		const given = [anna(1), jwtOf({ sub: '3' })];
		const options = pageWith(() => given.shift(), failed(401), token());
		const page = member(options.answer, { options });
		expect(await askToken(page)).toBe('');
		expect(shownTo(page)).toEqual([`Bearer ${anna(1)}`]);
	});
	it('is asked for again where the answer was an error page', async () => {
		const given = ['<!doctype html>\n<h1>502</h1>', anna(2)];
		const options = pageWith(() => given.shift(), failed(401), token());
		const page = member(options.answer, { options, config: { identity: anna(1) } });
		expect(await askToken(page)).toBe(TOKEN);
		expect(shownTo(page)).toEqual([`Bearer ${anna(1)}`, `Bearer ${anna(2)}`]);
		expect(page.logged).toEqual([]);
	});
});
describe('blanks round it, as programs print them', () => {
	it.each(['\n', '\r\n', ' ', '\uFEFF'])('are taken off: %j', async (blank) => {
		const options = pageWith(async () => `${blank}${JWT}${blank}`);
		const page = member(options.answer, { options });
		expect(await askToken(page)).toBe(TOKEN);
		expect(shownTo(page)).toEqual([`Bearer ${JWT}`]);
		const given = member(site(), {
			options: pageWith(undefined),
			config: { identity: `${JWT}${blank}` },
		});
		expect(await askToken(given)).toBe(TOKEN);
		expect(shownTo(given)).toEqual([`Bearer ${JWT}`]);
	});
	it('alone are nobody', async () => {
		const options = pageWith(() => '\n');
		const page = member(options.answer, { options });
		expect(await askToken(page)).toBe('');
		expect(page.asked).toEqual([]);
		expect(page.window.appInbox.status()).toMatchObject({ state: 'guest', token: 'none' });
	});
	it('within it make it none', async () => {
		const options = pageWith(() => 'a.b c.d');
		const page = member(options.answer, { options });
		expect(await askToken(page)).toBe('');
		expect(page.asked).toEqual([]);
		expect(page.window.appInbox.status()).toMatchObject({ token: 'failed' });
	});
});
it('what no header takes is no identity: alone it makes a guest, beside a function it is passed over', async () => {
	const guest = openPage(pageWith(undefined));
	guest.init({ endpoint: ENDPOINT, identity: 'not a JWT' });
	expect(guest.window.appInbox.status().state).toBe('guest');
	const options = pageWith(() => JWT);
	const page = member(options.answer, { options, config: { identity: 'not a JWT' } });
	expect(await askToken(page)).toBe(TOKEN);
	expect(shownTo(page)).toEqual([`Bearer ${JWT}`]);
});
