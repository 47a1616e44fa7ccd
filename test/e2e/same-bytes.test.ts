import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../src/frontend/status.ts';
import { Visitor } from '../wordpress/visitor.ts';
import { withSite } from './running.ts';
import { bell, openMessages, tokenIs, visit } from './visit.ts';

const site = withSite({
	foreignEsputnik: true,
	muPlugin: `define( 'LSCWP_V', '7.0' );`,
	// All that the plugin can print.
	settings: {
		features: { appInbox: true, recommendations: true, tracking: true },
		consent: 'marketing',
	},
});
let anna: Visitor;
let bohdan: Visitor;

beforeAll(async () => {
	anna = new Visitor(site.url);
	await anna.logIn('anna');
	bohdan = new Visitor(site.url);
	await bohdan.logIn('bohdan');
});
beforeEach(() => site.esputnik.reset());
afterEach(() => undo.splice(0).forEach((action) => action()));
/** What a test has changed, whether it ends well or not. */
const undo: (() => void)[] = [];

describe('a page has the same bytes for a guest, Anna, Bohdan, and Anna again', () => {
	it.each(['/', '/shop-news/', '/?app-inbox-debug'])('%s', async (path) => {
		const guest = await (await fetch(site.url + path)).text();
		expect(guest).toContain('appInbox.init(');
		for (const visitor of [anna, bohdan, anna]) {
			const page = await (await visitor.fetch(path)).text();
			expect(withoutBodyClass(page)).toBe(guest);
		}
	});

	/**
	 * WordPress's own word for styles, and the only thing that it prints to a subscriber of this site
	 * and not to a guest; a cache that keeps guests' pages for everybody has to do without it as well.
	 */
	const withoutBodyClass = (html: string) => {
		const [before, ...after] = html.split(' logged-in ');
		expect(after).toHaveLength(1);
		expect(before).toMatch(/<body class="[^"<>]*$/);
		return `${before} ${after[0]}`;
	};

	it('so that a guest’s page out of a cache shows each their own messages', async () => {
		const cached = await (await fetch(site.url)).text();
		const cache = createServer((_, answer) =>
			answer.writeHead(200, { 'content-type': 'text/html; charset=UTF-8' }).end(cached)
		);
		await new Promise<void>((resolve) => cache.listen(0, '127.0.0.1', resolve));
		const { port } = cache.address() as AddressInfo;
		undo.push(site.reroute('/cached', `http://127.0.0.1:${port}`), () => {
			cache.closeAllConnections();
			cache.close();
		});
		await using computer = await visit(site.browser);
		const { page, context } = computer;
		for (const [visitor, unread, first] of [
			[anna, 2, 'Your order is on its way'],
			[bohdan, 1, 'Ваше замовлення вже у відділенні'],
		] as const) {
			await giveCookies(context, visitor);
			await page.goto(`${site.url}/cached`);
			await bell(page, unread).waitFor();
			expect((await openMessages(page))[0]).toBe(first);
		}
		await context.clearCookies();
		await page.goto(`${site.url}/cached`);
		await page.waitForFunction('window.__esputnik?.inits.length');
		expect(await page.evaluate('__esputnik.inits')).toMatchObject([{ APP_INBOX: false }]);
		expect(computer.errors).toEqual([]);
	});
});

describe('optimisers are asked to leave the front end where it is', () => {
	it('by the attributes of its script', async () => {
		await using computer = await visit(site.browser);
		const [first] = await computer.page.evaluate(
			(html) =>
				[...new DOMParser().parseFromString(html, 'text/html').scripts].map((script) =>
					Object.fromEntries(
						[...script.attributes].map(({ name, value }) => [name, value])
					)
				),
			await (await fetch(site.url)).text()
		);
		expect(first).toEqual({
			id: 'app-inbox-for-esputnik',
			'data-cfasync': 'false', // Cloudflare's Rocket Loader.
			'data-no-defer': '1', // LiteSpeed.
			'data-no-optimize': '1', // LiteSpeed.
			'data-noptimize': '1', // Autoptimize.
			nowprocket: '', // WP Rocket.
		});
	});

	it('by the lists of each, which keep what is in them already', async () => {
		const lists = [
			'rocket_delay_js_exclusions',
			'rocket_defer_inline_exclusions',
			'rocket_excluded_inline_js_content',
			'litespeed_optimize_js_excludes',
			'litespeed_optm_js_defer_exc',
			'litespeed_optm_gm_js_exc',
			'sgo_javascript_combine_excluded_inline_content',
			'perfmatters_delay_js_exclusions',
		];
		const answers = JSON.parse(
			await site.wordpress.run(`
				$answers = array();
				foreach ( explode( ' ', '${lists.join(' ')}' ) as $filter ) {
					foreach ( array( array(), array( 'other.js' ), null, '', 'other.js' ) as $before ) {
						$answers[ $filter ][] = apply_filters( $filter, $before );
					}
				}
				echo wp_json_encode( $answers );
			`)
		);
		for (const list of lists) {
			const [alone, beside] = [['appInbox.init'], ['other.js', 'appInbox.init']];
			expect(answers[list], list).toEqual([alone, beside, alone, alone, beside]);
		}
		expect(
			JSON.parse(
				await site.wordpress.run(`
					echo wp_json_encode( array(
						apply_filters( 'autoptimize_filter_js_exclude', 'seal.js, jquery.js', '' ),
						apply_filters( 'autoptimize_filter_js_exclude', '' ),
					) );
				`)
			)
		).toEqual(['seal.js, jquery.js,appInbox.init', 'appInbox.init']);
		// What they look for is in the script, whatever else a site prints before it.
		expect(await (await fetch(site.url)).text()).toMatch(
			/<script[^>]* id="app-inbox-for-esputnik"[^]*?appInbox\.init\([^]*?<\/script>/
		);
		expect(await site.wordpress.log()).toBe('');
	});
});

describe('a way to look', () => {
	it('the report tells what happened, and nothing secret', async () => {
		await using computer = await visit(site.browser);
		const { page, context } = computer;
		const printed = readConsole(page);
		const secrets = collectSecrets(context);
		await giveCookies(context, anna);
		await page.goto(`${site.url}/?app-inbox-debug`);
		await bell(page, 2).waitFor();
		await expect.poll(() => reports(printed).at(-1)).toContain(TOKEN_CAME);

		expect(printed[0]).toMatch(/^startGroup App Inbox \d+\.\d+\.\d+$/);
		expect(reports(printed).at(-1)).toEqual([
			'info App Inbox made the one init of this page.',
			TOKEN_CAME,
			'info There is no consent tool on this page: “marketing” counts as allowed.',
			'info eSputnik’s script was asked (… ms; the browser does not say how it answered).',
			'info WordPress, for a credential answered 200 after … ms.',
			'info The token function answered 200 after … ms.',
		]);

		const values = [...(await secrets()), 'anna@example.com'];
		for (const cookie of await context.cookies()) {
			values.push(cookie.value, decodeURIComponent(cookie.value));
		}
		// Two tokens, a credential, an e-mail, and the cookies of a login in both their forms.
		expect(values.filter((value) => value.length > 9).length).toBeGreaterThan(10);
		for (const value of values) {
			expect(printed.join('\n')).not.toContain(value);
		}
		expect(computer.errors).toEqual([]);
	});

	it('the report says what is out of order, as a warning, and what to do', async () => {
		undo.push(site.reroute('/app-inbox', 'http://127.0.0.1:1'));
		await using computer = await visit(site.browser);
		const printed = readConsole(computer.page);
		await giveCookies(computer.context, anna);
		await computer.page.goto(`${site.url}/?app-inbox-debug`);
		await tokenIs(computer.page, 'failed');
		await expect
			.poll(() => reports(printed).at(-1))
			.toEqual(
				expect.arrayContaining([
					'warning No token could be had. Open the token function’s /health, and look into its log for this minute.',
					'warning The token function answered 502 after … ms. It could not ask eSputnik or the site: its log says why.',
				])
			);
	});

	it('without the parameter nothing is printed, and nothing loaded for it', async () => {
		await using computer = await visit(site.browser);
		const { page, context, requests } = computer;
		const printed = readConsole(page);
		await page.goto(site.url);
		await page.waitForFunction('window.__esputnik?.inits.length');
		await giveCookies(context, anna);
		await page.goto(site.url);
		await bell(page, 2).waitFor();
		expect(printed).toEqual([]);
		expect(requests.filter((url) => url.includes('debug'))).toEqual([]);
	});

	it('other scripts ask for the status, and hear of its changes', async () => {
		await using computer = await visit(site.browser);
		const { page, context } = computer;
		await page.addInitScript(() => {
			window.heard = [];
			document.addEventListener('app-inbox:status', (event) => {
				window.heard!.push((event as CustomEvent).detail);
			});
		});
		await giveCookies(context, anna);
		await page.goto(site.url);
		await bell(page, 2).waitFor();
		const common = {
			version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
			state: 'initialised',
			init: 'ours',
		};
		const end = { ...common, token: 'received', message: 'Open ?app-inbox-debug.' };
		expect(await page.evaluate(() => window.appInbox!.status())).toEqual(end);
		expect(await page.evaluate(() => window.heard)).toEqual([
			{ ...common, token: 'none', message: 'Open ?app-inbox-debug.' },
			{ ...common, token: 'pending', message: 'Open ?app-inbox-debug.' },
			end,
		]);
	});

	const TOKEN_CAME = 'info eSputnik’s script has its token.';
	/** What the page writes to its console, from now on: `info App Inbox made …`. */
	function readConsole(page: Page): string[] {
		const printed: string[] = [];
		page.on('console', (message) => {
			// Chromium's own note of an answer over 399, which no script can prevent.
			if (!/^Failed to load resource/.test(message.text())) {
				printed.push(`${message.type()} ${message.text()}`);
			}
		});
		return printed;
	}

	/** The lines of each finished report, without the times. */
	const reports = (printed: string[]) =>
		printed
			.join('\n')
			.split(/^startGroup .*\n/m)
			.filter((report) => /^endGroup/m.test(report))
			.map((report) => report.replace(/\b\d+ ms/g, '… ms').split('\n'))
			.map((lines) => lines.filter((line) => !line.startsWith('endGroup')));

	/** The tokens and credentials that go over the network from now on. */
	function collectSecrets(context: BrowserContext) {
		const secrets: Promise<string[]>[] = [];
		context.on('requestfinished', (request) => {
			if (request.method() === 'POST' && request.url().endsWith('/token')) {
				const credential = request.headers().authorization!.replace('Bearer ', '');
				secrets.push(
					request
						.response()
						.then((answer) => answer!.json())
						.then(({ token }) => [credential, token])
				);
			} else if (request.url().includes('/appinbox/')) {
				secrets.push(
					request
						.response()
						.then((answer) => answer!.headerValue('es-token'))
						.then((token) => [token!])
				);
			}
		});
		return async () => (await Promise.all(secrets)).flat();
	}
});

declare global {
	interface Window {
		/** The details of all `app-inbox:status` events. */
		heard?: Status[];
	}
}

const giveCookies = async (context: BrowserContext, { cookies }: Visitor) => {
	await context.clearCookies();
	await context.addCookies(
		// The one for /wp-admin as well: sent to all paths it does no harm.
		[...cookies].map(([name, value]) => ({ name, value, url: site.url }))
	);
};
