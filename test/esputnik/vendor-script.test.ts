import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
	bellOf,
	closePages,
	hostOf,
	initFor,
	type Page,
	part,
	started,
	until,
	visit,
} from './page.ts';
import { requestsTo } from './requests.ts';
import { exampleSeed, startEsputnik } from './server.ts';
import { accountOf, FLAT_STUB, snippetCode } from './snippets.ts';
import { WAYS, type Way } from './vendor-script/queue.ts';

vi.setConfig({ testTimeout: 30_000 });

const esputnik = await startEsputnik({ basePath: '/esputnik' });
beforeEach(() => esputnik.reset());
afterEach(closePages);
afterAll(() => esputnik.stop());

const open = (after: string, options?: Parameters<typeof visit>[2]) =>
	visit(esputnik, after, options);
const callsTo = (path: string) => esputnik.calls.filter((call) => call.path.endsWith(path));
/** With every page load, whatever else is sent. */
const PAGE_VIEW = `${esputnik.url}/track?event=PageView`;

const SCRIPT_ALONE = `<script async src="${esputnik.scriptUrl()}"></script>`;
const eventOf = (pixel: string) => new URL(pixel).searchParams.get('event');

describe.each(WAYS)('taking over the page by %s', (takesOver: Way) => {
	it('carries out what waits in the queue, then what is called', async () => {
		const seed = exampleSeed();
		seed.account.takesOver = takesOver;
		const taking = await startEsputnik({ seed });
		// In the snippet's own element: jsdom holds further ones back until the script has run.
		const code = snippetCode(
			`eS('init', { TRACKING: true, RECOMS: false }); window.kept = eS;
			window.stub = { c: eS.c, q: eS.q }`,
			accountOf(taking.scriptUrl())
		);
		const visited = visit(taking, '', { head: `<script>${code}</script>` });
		await started(visited);
		await taking.stop();
		const { page, pixels } = visited;
		const { kept, stub } = page as unknown as { kept: Page['eS']; stub: Page['eS'] };
		expect([page.eS.c !== stub.c, page.eS.q !== stub.q]).toEqual([
			takesOver !== 'q',
			takesOver !== 'c',
		]);
		expect(stub.q).toHaveLength(0);
		page.eS('sendEvent', 'MainPage', {});
		kept('sendEvent', 'NotFound');
		page.eS.c(['sendEvent', 'StatusCart']);
		page.eS('unknown');
		page.eS('constructor');
		expect(pixels.map(eventOf)).toEqual(['PageView', 'MainPage', 'NotFound', 'StatusCart']);
		expect(page.__esputnik.inits).toHaveLength(1);
	});
});

describe('taking over the page', () => {
	it('works on a page without a snippet', async () => {
		const { page, document, pixels } = open('', { head: SCRIPT_ALONE });
		await until(() => expect(page.__esputnik).toBeDefined());
		expect(pixels).toEqual([PAGE_VIEW]);
		page.eS('init', { APP_INBOX: false, RECOMS: true, TRACKING: false }, {});
		await until(() => expect(callsTo('/recoms')).toHaveLength(1));
		expect(hostOf(document)).toBeNull();
		expect(pixels).toEqual([PAGE_VIEW]);
	});

	it('serves the flat queue of a stub without `c`', async () => {
		const visited = open('', {
			head: `<script>${FLAT_STUB} eS('init', { TRACKING: false, RECOMS: false });
				eS('sendEvent', 'MainPage');</script>${SCRIPT_ALONE}`,
		});
		await started(visited);
		const { page, pixels } = visited;
		page.eS('sendEvent', 'NotFound');
		expect(pixels.map(eventOf)).toEqual(['PageView', 'MainPage', 'NotFound']);
		expect(page.__esputnik.inits).toEqual([{ TRACKING: false, RECOMS: false, options: [] }]);
		expect(page.eS.c).toBeUndefined();
	});

	it('knows the browser again, and says whose account it is', async () => {
		const visited = open(`eS('init', { TRACKING: false });`);
		await started(visited);
		const { page, document } = visited;
		expect(page._esConfig).toEqual({ orgId: 4711 });
		const [, visitor] = /^sc=([0-9a-f]{32})$/.exec(document.cookie) ?? [];
		expect(page.localStorage.getItem('esState')).toBe(JSON.stringify({ sc: visitor }));

		const returning = open('', {
			head: `<script>document.cookie = 'sc=known; path=/';</script>${SCRIPT_ALONE}`,
		});
		await until(() => expect(returning.page.__esputnik).toBeDefined());
		expect(returning.document.cookie).toBe('sc=known');
	});

	it('is there once, even where a page loads it twice', async () => {
		const { page, logged, pixels } = open(
			snippetCode(initFor('2'), accountOf(esputnik.scriptUrl()))
		);
		await until(() => expect(page.__esputnik?.problems).toHaveLength(1));
		expect(page.__esputnik.inits).toHaveLength(1);
		expect(pixels).toEqual([PAGE_VIEW]);
		expect(logged).toEqual([expect.stringContaining('loaded more than once')]);
	});

	it('refuses a second init', async () => {
		const visited = open(`${initFor('2', 'pl')} eS('init');`);
		await started(visited);
		const { page, document, logged, pixels } = visited;
		await bellOf(document);
		expect(page.__esputnik.refused).toBe(1);
		expect(page.__esputnik.inits).toEqual([
			{
				APP_INBOX: true,
				RECOMS: false,
				TRACKING: false,
				options: ['getAuthTokenCallback', 'language'],
				language: 'pl',
			},
			{ options: [] },
		]);
		expect(logged).toEqual([expect.stringContaining('init was called more than once')]);
		expect(pixels).toEqual([PAGE_VIEW]);
		expect(page.__esputnik.tokensAsked).toBe(1);
	});

	it('tracks and recommends where the flags are left out, without an inbox', async () => {
		const visited = open(`eS('init');`);
		await started(visited);
		await until(() => expect(callsTo('/recoms')).toHaveLength(1));
		expect(visited.pixels).toEqual([PAGE_VIEW]);
		expect(visited.page.__esputnik.tokensAsked).toBe(0);
	});
});

describe('the callback', () => {
	it.each([
		['undefined', 'getAuthTokenCallback is missing'],
		['function () { return "token"; }', 'did not return a promise'],
		['function () { return Promise.resolve({ token: "x" }); }', 'did not resolve to a string'],
		['function () { return Promise.reject(new Error("down")); }', 'failed'],
		['function () { throw new Error("down"); }', 'failed'],
	])('is complained about when it is %s', async (callback, problem) => {
		const { page, document, logged } = open(
			`eS('init', { APP_INBOX: true }, { getAuthTokenCallback: ${callback}, language: 'en' });`
		);
		await until(() => expect(page.__esputnik?.problems).toHaveLength(1));
		expect(page.__esputnik.problems[0]).toContain(problem);
		expect(logged[0]).toContain(problem);
		expect(hostOf(document)).toBeNull();
		expect(callsTo('/count')).toEqual([]);
	});

	it('shows no bell when the token is empty', async () => {
		const asked = Promise.resolve('');
		const { page, document } = open(
			`eS('init', { APP_INBOX: true },
				{ getAuthTokenCallback: function () { return asked; }, language: 'en' });`,
			{ globals: { asked } }
		);
		await until(() => expect(page.__esputnik?.tokensAsked).toBe(1));
		await asked;
		expect(hostOf(document)).toBeNull();
		expect(callsTo('/count')).toEqual([]);
		expect(page.__esputnik.problems).toEqual([]);
	});
});

describe('the bell', () => {
	it('stands at its place and shows how many messages are unread', async () => {
		const { document } = open(initFor('2'));
		const bell = await bellOf(document);
		expect(document.querySelector('nav')?.nextElementSibling).toBe(hostOf(document));
		expect(part(document, '.badge')?.textContent).toBe('2');
		expect(bell.getAttribute('aria-label')).toBe('Messages, unread: 2');
		expect(bell.getAttribute('aria-expanded')).toBe('false');
	});

	it('speaks the language of the visitor', async () => {
		const { document } = open(initFor('3', 'uk'));
		expect((await bellOf(document)).getAttribute('aria-label')).toBe(
			'Повідомлення, непрочитаних: 1'
		);
	});

	it('goes to a corner of the page where its place is missing', async () => {
		const { document } = open(initFor('2'), { body: '<main></main>' });
		await bellOf(document);
		expect(hostOf(document)?.parentElement).toBe(document.body);
		expect(hostOf(document)?.hasAttribute('data-corner')).toBe(true);
	});

	it('opens the messages, marks them as read, and closes with Escape', async () => {
		const { page, document } = open(initFor('2'));
		const bell = await bellOf(document);
		bell.click();
		expect(bell.getAttribute('aria-expanded')).toBe('true');
		await until(() => expect(part(document, '.badge')?.hidden).toBe(true));
		const panel = part(document, '#panel') as HTMLElement;
		expect(panel.hidden).toBe(false);
		const [first, ...others] = panel.querySelectorAll('.messages > li');
		expect(others).toHaveLength(2);
		expect(first?.className).toBe('unread');
		expect(first?.querySelector('h3')?.textContent).toBe('Your order is on its way');
		expect(first?.querySelector('.content b')?.textContent).toBe('10482');
		expect(first?.querySelector('time')?.textContent).toBe('2 hours ago');
		expect(first?.querySelector('a')?.href).toBe('https://example.com/orders/10482');
		expect(bell.getAttribute('aria-label')).toBe('Messages');

		panel.dispatchEvent(new page.KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
		expect(panel.hidden).toBe(true);
		expect(bell.getAttribute('aria-expanded')).toBe('false');
		expect(hostOf(document)?.shadowRoot?.activeElement).toBe(bell);

		bell.click();
		document.body.click();
		expect(panel.hidden).toBe(true);
	});

	it('shows formatted text, and leaves out of it whatever else HTML can do', async () => {
		await requestsTo(esputnik).send({
			externalCustomerId: '2',
			title: 'Hello',
			content: `<style>p { color: red }</style><p onclick="alert(1)">For <b class="x" href="#">5 &lt; 6
				&#8211; &copy;</b> <script>alert(1)</script><img src=x onerror=alert(1)>and
				<a href="https://example.com/?a=1&amp;b=2" onclick="alert(2)">more</a>
				<a href='javascript:alert(1)'>code</a><br/>a < b</p></div><p>end`,
		});
		const { document } = open(initFor('2'));
		(await bellOf(document)).click();
		await until(() => expect(part(document, '.content')).not.toBeNull());
		expect(part(document, '.content')?.innerHTML.replace(/\s+/g, ' ')).toBe(
			'<p>For <b>5 &lt; 6 – &amp;copy;</b> and <a href="https://example.com/?a=1&amp;b=2">more</a> ' +
				'<a>code</a><br>a &lt; b</p><p>end</p>'
		);
	});

	it('shows titles as texts and leaves out links that run code', async () => {
		await requestsTo(esputnik).send({
			externalCustomerId: '2',
			title: '<img src=x onerror=alert(1)>',
			content: 'Hello',
			link: 'javascript:alert(1)',
		});
		const { document } = open(initFor('2'));
		(await bellOf(document)).click();
		await until(() => expect(part(document, 'li')).not.toBeNull());
		expect(part(document, 'h3')?.textContent).toBe('<img src=x onerror=alert(1)>');
		expect(part(document, 'li')?.querySelectorAll('img, b, a')).toHaveLength(0);
	});

	it('says so when the messages cannot be loaded', async () => {
		esputnik.setFault('messages', { status: 500 });
		const { document } = open(initFor('2'));
		(await bellOf(document)).click();
		await until(() =>
			expect(part(document, '.note')?.textContent).toContain('could not be loaded')
		);
		expect(part(document, '.badge')?.textContent).toBe('2');
	});
});

describe('tokens', () => {
	it('uses each one once, even when the bell is pressed at once', async () => {
		const { page, document } = open(initFor('2'));
		const bell = await bellOf(document);
		for (let time = 0; time < 5; time++) {
			bell.click();
		}
		await until(() => expect(part(document, '.badge')?.hidden).toBe(true));
		expect(page.__esputnik.tokensAsked).toBe(1);
		expect(esputnik.calls.filter(({ status }) => status === 401)).toEqual([]);
		expect(callsTo('/messages')).toHaveLength(3);
	});

	it('asks for a new one when its own is not valid any more', async () => {
		const { page, document } = open(initFor('2'));
		const bell = await bellOf(document);
		esputnik.revokeTokens();
		bell.click();
		await until(() => expect(part(document, 'li')).not.toBeNull());
		expect(page.__esputnik.tokensAsked).toBe(2);
	});

	it('asks once, then gives up quietly', async () => {
		const { page, document, logged } = open(initFor('2'));
		const bell = await bellOf(document);
		esputnik.setFault('messages', { status: 401 });
		bell.click();
		await until(() => expect(part(document, '.note')?.textContent).toMatch(/not be loaded/));
		expect(page.__esputnik.tokensAsked).toBe(2);
		expect(callsTo('/messages')).toHaveLength(2);
		expect(logged).toEqual([]);
	});

	it('takes the bell away when there is none any more', async () => {
		const { page, document } = open(`var who = '2';
			eS('init', { APP_INBOX: true, RECOMS: false, TRACKING: false },
				{ getAuthTokenCallback: function () { return askEsputnik(who); }, language: 'en' });`);
		const bell = await bellOf(document);
		(page as unknown as { who: string }).who = 'nobody';
		esputnik.revokeTokens();
		bell.click();
		await until(() => expect(hostOf(document)).toBeNull());
	});
});

it('asks for the count again and again', async () => {
	const seed = exampleSeed();
	seed.account.pollSeconds = 0.02;
	const polled = await startEsputnik({ seed });
	const { document } = visit(polled, initFor('2'));
	await bellOf(document);
	await requestsTo(polled).send({ externalCustomerId: '2', title: 'Hello' });
	await until(() => expect(part(document, '.badge')?.textContent).toBe('3'));
	await polled.stop();
});
