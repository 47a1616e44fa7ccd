/**
 * A shop that is not WordPress, with Tag Manager on its pages: the container that our generator makes
 * for it, run by the sandbox; the real token function with its loader; the stand-in eSputnik. All are
 * at the addresses that they have in life.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { readSources } from '../../../build/gtm-sources.ts';
import { gtmFiles, parseGtmSettings } from '../../../src/gtm/index.ts';
import { claimsOf, forge } from '../../edge/credentials.ts';
import { startEsputnik } from '../../esputnik/server.ts';
import type { ConsentState } from '../../gtm/sandbox/consent.ts';
import type { TagRun } from '../../gtm/sandbox/run-template.ts';
import { launchBrowser } from '../../site/browser.ts';
import { startTokenFunction } from '../../site/token-function.ts';
import { visit } from '../visit.ts';
import { GTM, startBackEnd, type PageOptions } from './back-end.ts';
import { startNetwork } from './network.ts';

export const SHOP = 'https://shop.example';
/** Another shop, of which the token function knows nothing. */
export const STRANGER = 'https://stranger.example';
export const FUNCTION = 'https://inbox.shop.example/app-inbox';
export const ESPUTNIK = 'https://cdn.esputnik.com';
const SECRET = 'q7Tz+Kf/3vLw9xRb2YhN5mPc8sJd4uGa';

export interface ShopOptions extends PageOptions {
	/** Whose session it is; default: Anna's, whom eSputnik knows as 2. Null: a guest's. */
	customer?: string | null;
	/** What the settings have beside the script and the endpoint. */
	settings?: Record<string, unknown>;
	/** A tag of this template with these fields, instead of the container that is made for the shop. */
	tag?: { template: string; fields: Record<string, unknown> };
	/** A Custom HTML tag in the shop's container, which fires before ours or after it. */
	customHtml?: { html: string; fires: 'before' | 'after' };
	/** What the consent banner knows from an earlier visit. */
	consent?: Record<string, ConsentState>;
	/** How often the container's tag fires; default: once. */
	fires?: number;
}

declare global {
	interface Window {
		/** What became of the tags, firing by firing. */
		tagRuns?: TagRun[];
	}
}

export async function startShop() {
	const folder = await mkdtemp(join(tmpdir(), 'app-inbox-shop-'));
	const clock = join(folder, 'clock');
	let options: ShopOptions = {};
	let aheadMs = 0;
	const setClock = (ms: number) => writeFile(clock, String((aheadMs = ms)));
	await setClock(0);

	const [runner, sources, esputnik, browser] = await Promise.all([
		bundleRunner(),
		readSources(),
		startEsputnik(),
		launchBrowser(),
	]);
	const tokenFunction = await startTokenFunction({
		SITE_URL: SHOP,
		ESPUTNIK_API_KEY: esputnik.apiKey,
		ESPUTNIK_API_URL: esputnik.apiUrl,
		IDENTITY_SECRET: SECRET,
		NODE_OPTIONS: `--import ${new URL('clock-ahead.mjs', import.meta.url)}`,
		CLOCK_AHEAD: clock,
	});
	const backEnd = await startBackEnd({
		options: () => options,
		sign(sub) {
			const claims = claimsOf(SHOP, { sub, email: undefined }, Date.now() + aheadMs);
			return forge({ alg: 'HS256' }, { ...claims, exp: Number(claims.iat) + 900 }, SECRET);
		},
		gtm() {
			const { tag, consent = {}, fires = 1 } = options;
			const { scriptId } = esputnik;
			const firing = tag
				? call('runGtmTag', tag.template, { scriptId, ...tag.fields }, { consent })
				: `...${call('runGtmContainer', container(options), { consent })}`;
			return `${runner}window.tagRuns = [];${`tagRuns.push(${firing});`.repeat(fires)}`;
		},
	});
	function container({ settings, customHtml }: ShopOptions) {
		const { scriptId } = esputnik;
		const parsed = parseGtmSettings({ scriptId, endpoint: `${FUNCTION}/token`, ...settings });
		if (!parsed.ok) {
			throw new Error(JSON.stringify(parsed.errors));
		}
		const text = gtmFiles(sources, parsed.settings)['container.json'];
		return customHtml ? withCustomHtml(text, customHtml) : text;
	}
	const at = (address: string) => new URL(address).host;
	const network = await startNetwork({
		[at(SHOP)]: backEnd.url,
		[at(STRANGER)]: backEnd.url,
		[at(GTM)]: backEnd.url,
		[at(FUNCTION)]: tokenFunction.url,
		[at(ESPUTNIK)]: esputnik.url,
	});

	return {
		esputnik,
		/** What the token function has written: a line of JSON for each request. */
		log: () => tokenFunction.output(),
		/** Somebody at the shop's door. */
		async visitor(given: ShopOptions = {}, device?: BrowserContextOptions) {
			options = given;
			await setClock(0);
			esputnik.reset();
			const visitor = await visit(browser, {
				...device,
				proxy: { server: network.url },
				ignoreHTTPSErrors: true,
			});
			const { customer = '2' } = given;
			if (customer) {
				const session = { name: 'session', value: customer };
				await visitor.context.addCookies(
					[SHOP, STRANGER].map((url) => ({ ...session, url }))
				);
			}
			return visitor;
		},
		/** Other settings, or another consent, from the next page on. */
		change(changes: ShopOptions) {
			options = { ...options, ...changes };
		},
		/** Lets time pass for all: the page, the token function, and the shop's own back end. */
		async pass(page: Page, minutes: number) {
			await setClock(aheadMs + minutes * 60_000);
			await page.clock.fastForward(minutes * 60_000);
		},
		async stop() {
			await browser.close();
			await Promise.all(
				[network, backEnd, tokenFunction, esputnik].map((server) => server.stop())
			);
			await rm(folder, { recursive: true });
		},
	};
}

function withCustomHtml(text: string, { html, fires }: NonNullable<ShopOptions['customHtml']>) {
	const exported = JSON.parse(text);
	exported.containerVersion.tag.splice(fires === 'before' ? 0 : 1, 0, {
		name: 'eSputnik',
		type: 'html',
		parameter: [
			{ type: 'TEMPLATE', key: 'html', value: html },
			{ type: 'BOOLEAN', key: 'supportDocumentWrite', value: 'false' },
		],
		firingTriggerId: ['2147479553'], // All Pages, which every container has.
	});
	return JSON.stringify(exported);
}

const call = (name: string, ...args: unknown[]) =>
	`${name}(${args.map((value) => JSON.stringify(value)).join()})`;

export const statusOf = (page: Page) => page.evaluate(() => window.appInbox!.status());

async function bundleRunner(): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [join(import.meta.dirname, '../../gtm/sandbox/page-runner.ts')],
		bundle: true,
		write: false,
		format: 'iife',
		platform: 'browser',
		logLevel: 'silent',
	});
	return outputFiles[0]!.text;
}
