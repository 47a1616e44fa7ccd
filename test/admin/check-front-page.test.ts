// @vitest-environment jsdom
/** What the check reads out of the front page: other snippets, and its content security policy. */
import { describe, expect, it } from 'vitest';
import {
	check,
	createWorld,
	ourScript,
	page,
	SCRIPT_ID,
	seen,
	SITE,
	type World,
} from './check-world.ts';

const FRONT = `GET ${SITE}/`;

describe('a second snippet', () => {
	const snippet = (id = SCRIPT_ID) =>
		`<script>!function(){x.src="https:\\/\\/statics.esputnik.com/scripts/${id}.js"}();eS('init')</script>`;
	it.each([
		['a comment of a plugin', `<!-- Start Yespo tracking -->${snippet()}`, /plugin “Yespo”/],
		[
			'an id with the plugin’s folder',
			snippet().replace('<script>', '<script id="yespo-cdp-js-after">'),
			/plugin “Yespo”/,
		],
		[
			'an address below plugins',
			`<script src="/wp-content/plugins/other-one/esputnik.js"></script><script src="/wp-content/plugins/my-crm/x.js" data-src="https://cdn.esputnik.com/scripts/${SCRIPT_ID}.js"></script>`,
			/plugin “my-crm”/,
		],
		[
			'an address of the theme, in a comment',
			`${snippet()}<!-- /wp-content/themes/astra/header.php -->`,
			/theme “Astra”/,
		],
		[
			'an unknown comment',
			`<!-- Marketing -->\n${snippet()}`,
			/beside the comment “Marketing”/,
		],
		['nothing', `<!--[if lt IE 9]><![endif]--><meta name="x">${snippet()}`, /in the head/],
		['another account', snippet('F'.repeat(32)), /of another eSputnik account!/],
	])('is told by %s', async (_, head, message) => {
		const world = createWorld();
		world.head = head;
		const { duplicate } = await check(world);
		expect(duplicate).toMatchObject({
			status: 'fail',
			message: expect.stringMatching(message),
			advice: expect.stringContaining('loads eSputnik’s script already'),
		});
	});

	describe('of eSputnik’s own plugin for WooCommerce', () => {
		/** In the footer, bare, and the script of its events after it. */
		const beside = (text: string, frame = seen({}, { init: 'merged' })) => {
			const world = createWorld();
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

		it('is well', async () => {
			const { duplicate, 'one-init': oneInit } = await beside(snippet());
			expect(duplicate).toMatchObject({
				status: 'pass',
				message: expect.stringMatching(/own plugin “Yespo”.*Keep it/),
			});
			expect(oneInit.status).toBe('pass');
		});
		it('is not, where it is of another account', async () => {
			expect((await beside(snippet('F'.repeat(32)))).duplicate).toMatchObject({
				status: 'fail',
				message: expect.stringContaining('another eSputnik account'),
				advice: expect.stringContaining('same account'),
			});
		});
		it('does not excuse another one', async () => {
			expect((await beside(snippet() + snippet())).duplicate).toMatchObject({
				status: 'fail',
				message: expect.stringContaining('in the body'),
			});
			const scripts = Array(2).fill(`https://cdn.esputnik.com/scripts/${SCRIPT_ID}.js`);
			expect(
				(await beside(snippet(), seen({ scripts }, { init: 'merged' }))).duplicate
			).toMatchObject({ status: 'fail', message: expect.stringContaining('Another script') });
		});
	});

	it('is not eSputnik’s web push script', async () => {
		const world = createWorld();
		world.head = `<script>es.src='https://esputnik.com/scripts/v1/public/scripts?apiKey=x&domain=y'</script>`;
		expect((await check(world)).duplicate.status).toBe('pass');
	});
});

describe('a content security policy', () => {
	const policy = async (text: string, change: (world: World) => void = () => {}) => {
		const world = createWorld();
		world.headers = { 'content-security-policy': text };
		change(world);
		return (await check(world)).csp;
	};

	it.each([
		`default-src * 'unsafe-inline'`,
		`script-src 'unsafe-inline' *.esputnik.com; connect-src 'self' esputnik.com`,
		`script-src 'unsafe-inline' https:; connect-src https:`,
		`script-src 'unsafe-inline' https://cdn.esputnik.com/scripts/; img-src 'none'`,
		`img-src 'self'`,
	])('lets all through: %s', async (text) => {
		expect(await policy(text)).toMatchObject({ status: 'pass' });
	});

	it.each([
		[`script-src 'self' 'unsafe-inline'`, /^Add https:\/\/cdn\.esputnik\.com to script-src\.$/],
		[
			`script-src * 'unsafe-inline'; connect-src 'none'`,
			/^Add https:\/\/shop\.example to connect-src\. Add https:\/\/esputnik\.com to connect-src\.$/,
		],
		[`script-src * 'unsafe-inline' 'nonce-abc'`, /by a nonce/],
		[`script-src * 'unsafe-inline' 'sha256-abc='`, /by a nonce/],
		[`script-src 'unsafe-inline' http://cdn.esputnik.com:8080`, /cdn\.esputnik\.com/],
		[`script-src 'unsafe-inline' https://cdn.esputnik.com/other/`, /cdn\.esputnik\.com/],
		[`img-src *, script-src 'none'`, /inline scripts/],
	])('stops something: %s', async (text, advice) => {
		expect(await policy(text)).toMatchObject({
			status: 'fail',
			advice: expect.stringMatching(advice),
		});
	});

	it('lets through what carries its nonce, and with strict-dynamic what that loads', async () => {
		const nonced = (world: World) => {
			world.answers[FRONT] = {
				headers: world.headers,
				body: page(
					`<script id="app-inbox-for-esputnik" nonce="abc">appInbox.init({"scriptId":"${SCRIPT_ID}"})</script>`
				),
			};
		};
		expect(await policy(`script-src 'nonce-abc' 'strict-dynamic'`, nonced)).toMatchObject({
			status: 'pass',
		});
		expect(await policy(`script-src 'nonce-abd' 'strict-dynamic'`, nonced)).toMatchObject({
			status: 'fail',
		});
	});

	it('counts in a meta element, and not where it is only reported', async () => {
		const world = createWorld();
		world.head = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`;
		expect((await check(world)).csp.status).toBe('fail');
		world.head = '';
		world.headers = { 'content-security-policy-report-only': `script-src 'none'` };
		expect((await check(world)).csp.status).toBe('pass');
	});
});
