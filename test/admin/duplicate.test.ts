// @vitest-environment jsdom
/** Who prints a second snippet, what ends with it, and whether it may stay. */
import { describe, expect, it } from 'vitest';
import {
	CLASPO,
	FLAT_STUB,
	INIT,
	loader,
	OTHER_ID,
	scriptUrl,
	snippet,
	snippetCode,
	STATICS,
	TAG_MANAGER,
	twoElements,
} from '../esputnik/snippets.ts';
import { check, createWorld, FRONT, ourScript, page, seen, type World } from './check-world.ts';

const other = (init?: string) => snippet(init, { id: OTHER_ID, host: STATICS });
const init = `<script>${INIT.bare}</script>`;
const from = (path: string) => `<script src="${path}"></script>`;

/** What is said of the front page with this in its head. */
async function duplicateIn(head: string, change: (world: World) => void = () => {}) {
	const world = createWorld();
	world.head = head;
	change(world);
	return (await check(world)).duplicate;
}

describe('a second snippet', () => {
	it.each([
		['a comment of a plugin', `<!-- Start Yespo tracking -->${snippet()}`, /plugin “Yespo”/],
		[
			'an id with the plugin’s folder',
			snippet().replace('<script>', '<script id="yespo-cdp-js-after">'),
			/The plugin “Yespo”/,
		],
		[
			'an address below plugins',
			`${from('/wp-content/plugins/other-one/esputnik.js')}<script src="/wp-content/plugins/my-crm/x.js" data-src="${scriptUrl()}"></script>`,
			/The plugin “my-crm”/,
		],
		[
			'an address of the theme, in a comment',
			`${snippet()}<!-- /wp-content/themes/astra/header.php -->`,
			/The theme “Astra”/,
		],
		[
			'a folder of Bedrock',
			`<!-- /app/plugins/insert-headers/code.php -->${snippet()}`,
			/The plugin “Headers and Footers”/,
		],
		[
			'a folder of another name',
			`<!-- https:\\/\\/cdn.shop.example\\/content\\/themes\\/astra\\/x.js -->${snippet()}`,
			/The theme “Astra”/,
		],
		[
			'a folder of must-use plugins',
			`<!-- /app/mu-plugins/shop-tracking/head.php -->${snippet()}`,
			/The must-use plugin “shop-tracking”/,
		],
		[
			'a file among the must-use plugins',
			`<!-- /wp-content/mu-plugins/tracking.php -->${snippet()}`,
			/The must-use plugin “tracking.php”/,
		],
		[
			'an unknown comment',
			`<!-- Marketing -->\n${snippet()}`,
			/beside the comment “Marketing”/,
		],
		['nothing', `<!--[if lt IE 9]><![endif]--><meta name="x">${snippet()}`, /in the head/],
		[
			'no folder where an optimiser has put scripts of several together',
			`<script>/* /plugins/one/a.js */ ${snippetCode()} /* /plugins/two/b.js */</script>`,
			/in the head/,
		],
	])('is told by %s', async (_, head, message) => {
		expect(await duplicateIn(head)).toMatchObject({
			status: 'fail',
			message: expect.stringMatching(message),
			advice: expect.stringContaining('loads eSputnik’s script already'),
			offer: 'keep-snippet',
		});
	});

	it.each([
		['two elements', twoElements()],
		['far apart', `<script>${loader()}</script>${CLASPO}<meta name="x">${init}`],
		['the start first', `<script>${FLAT_STUB} ${INIT.bare}</script>${from(scriptUrl())}`],
	])('is one where loader and start are %s', async (_, both) => {
		expect((await duplicateIn(`<!-- Marketing -->${both}`)).offer).toBe('keep-snippet');
	});

	it('is named by the half that somebody has signed', async () => {
		const { message } = await duplicateIn(
			`<script>${loader()}</script><meta><!-- /app/plugins/my-crm/start.php -->${init}`
		);
		expect(message).toContain('The plugin “my-crm”');
	});

	it.each([
		['a start alone, whose loader is in a file', init],
		[
			'an address that the site has given the script',
			from(`/proxy/scripts/${'0123456789ABCDEF'.repeat(2)}.js`),
		],
		[
			'code that an optimiser has put into an address',
			`<script src="data:text/javascript;base64,${btoa(snippetCode())}"></script>`,
		],
	])('is %s', async (_, head) => {
		expect(await duplicateIn(head)).toMatchObject({ status: 'fail', offer: 'keep-snippet' });
	});

	it('is told from the host that a filter has put in place of eSputnik’s', async () => {
		const host = 'http://127.0.0.1:9400';
		const filtered = (world: World) => {
			world.answers[FRONT] = {
				body: page(
					`${world.head}<script id="app-inbox-for-esputnik">appInbox.init(${JSON.stringify({ scriptId: world.settings.scriptId, scriptHost: host })})</script>`
				),
			};
			world.frames = [
				seen({ scripts: [scriptUrl({ host }), scriptUrl({ host, id: OTHER_ID })] }),
			];
		};
		expect(await duplicateIn(snippet(INIT.bare, { host }), filtered)).toMatchObject({
			status: 'fail',
			message: expect.stringContaining(OTHER_ID),
		});
		expect(
			(await duplicateIn(snippet(INIT.bare, { host, id: OTHER_ID }), filtered)).message
		).toContain(`in the head of your pages. It is of another eSputnik account: ${OTHER_ID}.`);
	});

	it('cannot stay where wp-config.php has the say', async () => {
		const { status, offer } = await duplicateIn(snippet(), ({ data }) => {
			data.locks = ['script'];
		});
		expect([status, offer]).toEqual(['fail', undefined]);
	});
});

describe('before a snippet is removed', () => {
	const advice = async (
		snippetInit: string,
		features: Partial<World['settings']['features']> = {}
	) =>
		(
			await duplicateIn(snippet(snippetInit), ({ settings }) => {
				Object.assign(settings.features, features);
			})
		).advice;

	it.each([
		['both', INIT.bare, /switches recommendations and tracking on, and both would end/],
		['both, in the older form', INIT.older, /both would end with it/],
		['recommendations', INIT.flags('{TRACKING: false}'), /switches recommendations on, which/],
		['tracking', INIT.flags('{RECOMS: false}'), /switches tracking on, which would end/],
	])('it is said what ends: %s', async (_, snippetInit, words) => {
		expect(await advice(snippetInit)).toMatch(words);
	});

	it('nothing is said where nothing ends', async () => {
		const removal = /^Look for it in plugins/;
		expect(await advice(INIT.flags('{TRACKING: false, RECOMS: false}'))).toMatch(removal);
		expect(await advice(INIT.bare, { recommendations: true, tracking: true })).toMatch(removal);
		expect(await advice(INIT.bare, { tracking: true })).toMatch(/switches recommendations on/);
	});

	it('is said to be unknown where its start is not to be seen', async () => {
		expect((await duplicateIn(`<script>${loader()}</script>`)).advice).toMatch(
			/not to be seen from here/
		);
	});
});

describe('a snippet that is only in the running page', () => {
	const late = (code: string, head: string, frame = {}) =>
		duplicateIn(head, (world) => {
			world.frames = [seen({ snippets: [code], ...frame }, { init: 'merged' })];
		});

	it('is named after Tag Manager where the site has that', async () => {
		const found = await late(snippetCode(INIT.flags('{RECOMS: false}')), TAG_MANAGER);
		expect(found).toMatchObject({
			status: 'fail',
			message: expect.stringContaining('comes with Google Tag Manager'),
			advice: expect.stringMatching(/switches tracking on, .*Custom HTML tag .*pause it/),
		});
		// It comes too late to be joined as often as not.
		expect(found.offer).toBeUndefined();
	});

	it('is named after Tag Manager also where another script has brought that', async () => {
		const found = await late(snippetCode(), '', {
			scripts: [scriptUrl(), 'https://www.googletagmanager.com/gtm.js?id=GTM-ABC1234'],
		});
		expect(found.message).toContain('comes with Google Tag Manager');
	});

	it('is named with the account where that is another one', async () => {
		const found = await late(snippetCode(INIT.bare, { id: OTHER_ID }), '');
		expect(found.message).toMatch(
			new RegExp(`^Another script .*another eSputnik account: ${OTHER_ID}\\.`)
		);
	});

	it('is none where it is our own, whatever an optimiser calls that', async () => {
		const [, config] = /<script[^>]*>(.*)<\/script>/.exec(ourScript(createWorld().settings))!;
		const found = await duplicateIn('', (world) => {
			world.frames = [seen({ snippets: [`${snippetCode()} ${config}`] })];
		});
		expect(found.status).toBe('pass');
	});
});

describe('a snippet that is to stay', () => {
	const staying = (head: string, frame = seen()) =>
		duplicateIn(head, (world) => {
			world.settings.script = 'site';
			world.frames = [frame];
		});

	it.each([
		['in the HTML', snippet(), seen()],
		['in two places', `<script>${loader()}</script><meta>${init}`, seen()],
		['in a file', '', seen({}, { init: 'merged' })],
		['only in the running page', '', seen({ snippets: [snippetCode()] })],
	])('is well %s', async (_, head, frame) => {
		expect(await staying(head, frame)).toMatchObject({
			status: 'pass',
			message:
				'Your site’s own snippet loads eSputnik’s script, and App Inbox joins its start.',
		});
	});

	it('may be none: then it is said who loads the script', async () => {
		expect(await staying('')).toMatchObject({
			status: 'pass',
			message: expect.stringMatching(/App Inbox then loads .*choose App Inbox/),
		});
	});

	it('is not well twice', async () => {
		expect(
			await staying(snippet() + `<!-- /app/plugins/my-crm/x.php -->` + snippet())
		).toMatchObject({
			status: 'fail',
			message: expect.stringContaining('my-crm'),
			advice: expect.stringContaining('one snippet, not two'),
		});
		expect(await staying('', seen({ scripts: [scriptUrl(), scriptUrl()] }))).toMatchObject({
			status: 'fail',
			advice: expect.stringContaining('too late for App Inbox to join'),
		});
	});

	it('is not well where it is of another account', async () => {
		const found = await staying(other());
		expect(found).toMatchObject({
			status: 'fail',
			message: expect.stringContaining(`another eSputnik account: ${OTHER_ID}.`),
		});
		expect(found.offer).toBeUndefined();
	});
});

describe('the snippet of eSputnik’s own plugin for WooCommerce', () => {
	/** In the footer, bare, and the script of its events after it. */
	const beside = (text: string, frame = seen({}, { init: 'merged' }), script?: 'site') => {
		const world = createWorld();
		world.settings.script = script ?? 'ours';
		world.frames = [frame];
		world.answers[FRONT] = {
			body: page(
				ourScript(world.settings),
				`<p>Hello</p>${text}<script src="/wp-content/plugins/menu/menu.js"></script>
				<script id="yespo-cdp-plugin-script-js-extra">var trackingData = {}</script>
				<script id="yespo-cdp-plugin-script-js" src="/wp-content/plugins/yespo-cdp/assets/build/plugin-public.js"></script>`
			),
		};
		return check(world);
	};

	it.each([
		['in one element', snippet()],
		['in two', twoElements()],
	])('is well, %s', async (_, text) => {
		for (const script of [undefined, 'site'] as const) {
			const { duplicate, 'one-init': oneInit } = await beside(text, undefined, script);
			expect(duplicate).toMatchObject({
				status: 'pass',
				message: expect.stringMatching(/own plugin “Yespo”.*Keep it/),
			});
			expect(oneInit.status).toBe('pass');
		}
	});

	it('is not, where it is of another account', async () => {
		expect((await beside(other())).duplicate).toMatchObject({
			status: 'fail',
			message: expect.stringContaining(
				`another eSputnik account (${OTHER_ID}) than App Inbox`
			),
			advice: expect.stringContaining('same account'),
		});
	});

	it('does not excuse another one', async () => {
		expect((await beside(snippet() + snippet())).duplicate).toMatchObject({
			status: 'fail',
			message: expect.stringContaining('in the body'),
		});
		const scripts = [scriptUrl(), scriptUrl()];
		const frame = seen({ scripts, snippets: [snippetCode()] }, { init: 'merged' });
		expect((await beside(snippet(), frame)).duplicate).toMatchObject({
			status: 'fail',
			message: expect.stringContaining('Another script'),
			// What the plugin's own snippet switches on does not end.
			advice: expect.stringContaining('not to be seen from here'),
		});
	});
});

describe('the script’s elements in the running page', () => {
	const oneInit = async (scripts: string[], script: 'ours' | 'site' = 'ours') => {
		const world = createWorld();
		world.settings.script = script;
		world.frames = [seen({ scripts })];
		return (await check(world))['one-init'];
	};

	it.each(['ours', 'site'] as const)('are one too many: %s', async (script) => {
		const dashed = scriptUrl({ id: '01234567-89ab-cdef-0123-456789abcdef', host: STATICS });
		expect(await oneInit([scriptUrl(), dashed], script)).toMatchObject({
			status: 'fail',
			message: expect.stringContaining('twice'),
			advice: expect.stringContaining('see “Other eSputnik snippets”'),
		});
	});

	it('are of two accounts, both named', async () => {
		expect(await oneInit([scriptUrl(), scriptUrl({ id: OTHER_ID })])).toMatchObject({
			status: 'fail',
			message: expect.stringContaining(`0123456789ABCDEF0123456789ABCDEF and ${OTHER_ID}`),
		});
	});

	it('are nobody else’s', async () => {
		expect(
			await oneInit([
				scriptUrl(),
				scriptUrl({ id: OTHER_ID, host: 'https://scripts.claspo.io' }),
				scriptUrl({ id: OTHER_ID, host: 'https://notesputnik.com' }),
				scriptUrl({ id: OTHER_ID, host: 'https://cdn.esputnik.com.example' }),
			])
		).toMatchObject({ status: 'pass' });
	});
});
