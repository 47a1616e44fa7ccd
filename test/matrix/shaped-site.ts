import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import { PLUGIN_NAME } from '../../build/paths.ts';
import { IDENTITY_URL, MARKER_COOKIE } from '../../src/settings/frontend-config.ts';
import { defaultSettings } from '../../src/settings/schema.ts';
import { requestsTo } from '../esputnik/requests.ts';
import { Browser, type Page } from './browser.ts';
import type { Address } from './shapes.ts';
import type { ShapedSite } from './shaped-stack.ts';

const OPTION = 'app_inbox_for_esputnik';

/** Sets the plugin up as an administrator does, and looks for the inbox as a guest and as Anna. */
export async function expectInboxOn({ port, esputnik }: ShapedSite, site: Address): Promise<void> {
	const admin = await loggedIn(port, site, 'admin');
	const settings = {
		...defaultSettings(),
		scriptId: esputnik.scriptId,
		endpoint: `${site.home}/app-inbox/token`,
	};
	expect(await admin.store(settings)).toEqual(settings);

	const guest = await new Browser(port).open(`${site.home}/`);
	expect(guest.status).toBe(200);
	expect(guest.html).toContain('appInbox.init(');
	expect(guest.init).toBeUndefined();

	const { browser: anna } = await loggedIn(port, site, 'anna');
	expect(anna.jar.getCookiesSync(`${site.home}/`)).toContainEqual(
		expect.objectContaining({
			key: MARKER_COOKIE,
			path: site.cookiePath,
			domain: site.cookieDomain ?? new URL(site.home).hostname,
		})
	);
	const first = await openedWithToken(anna, `${site.home}/`, esputnik);
	expect(first.asked).toEqual([site.home + IDENTITY_URL, settings.endpoint]);
	const next = await openedWithToken(anna, await admin.linkOfPost(), esputnik);
	expect(next.asked).toEqual([settings.endpoint]);
}

/**
 * Goes to and fro between a network's sites in one tab, as Anna: each gets a credential of its own, with
 * which the other's token function gives no token. Both sites are set up.
 */
export async function expectOwnCredentials({ port, sites, esputnik }: ShapedSite): Promise<void> {
	const anna = new Browser(port);
	for (const { siteurl } of sites) {
		expect((await anna.logIn(siteurl, 'anna')).status).toBe(302);
	}
	const credentials = new Set<string>();
	for (const { home } of [...sites, ...sites]) {
		const page = await openedWithToken(anna, `${home}/`, esputnik);
		expect(page.credentials.map((credential) => decodeJwt(credential).iss)).toEqual([home]);
		expect(page.asked.at(-1)).toBe(`${home}/app-inbox/token`);
		page.credentials.forEach((credential) => credentials.add(credential));
	}
	for (const credential of credentials) {
		const { iss } = decodeJwt(credential);
		for (const { home } of sites) {
			const answer = await anna.fetch(`${home}/app-inbox/token`, {
				method: 'POST',
				headers: {
					Authorization: `Bearer ${credential}`,
					Origin: new URL(home).origin,
				},
			});
			expect([home, answer.status]).toEqual([home, iss === home ? 200 : 401]);
		}
	}
}

/** Opens a page, and lets its script get Anna's token. */
async function openedWithToken(
	anna: Browser,
	address: string,
	esputnik: ShapedSite['esputnik']
): Promise<Page> {
	const page = await anna.open(address);
	expect(page.status, address).toBe(200);
	const token = await page.init!.getAuthTokenCallback();
	page.close();
	const inbox = await requestsTo(esputnik).inbox('', token);
	expect(await inbox.json(), page.asked.join(' ')).toMatchObject({
		list: [{ title: 'Your order is on its way' }, {}, {}],
	});
	return page;
}

/** Somebody who has logged in, with what an administrator's pages say. */
async function loggedIn(port: number, site: Address, name: string) {
	const browser = new Browser(port);
	const login = await browser.logIn(site.siteurl, name);
	expect([login.status, login.headers.get('location')]).toEqual([
		302,
		expect.stringContaining(site.siteurl),
	]);
	let root = '';
	let nonce = '';
	const rest = async (route: string, query: string, init: RequestInit = {}) => {
		if (root === '') {
			const page = await browser.fetch(
				`${site.siteurl}/wp-admin/options-general.php?page=${PLUGIN_NAME}`
			);
			const html = await page.text();
			expect(html).toContain('id="app-inbox-for-esputnik-admin"');
			const middleware = (kind: string) =>
				new RegExp(`create${kind}Middleware\\( "([^"]+)" \\)`).exec(html)?.[1] ?? '';
			root = middleware('RootURL');
			nonce = middleware('Nonce');
		}
		const answer = await browser.fetch(
			root + route + (root.includes('?') ? '&' : '?') + query,
			{ ...init, headers: { 'X-WP-Nonce': nonce, 'Content-Type': 'application/json' } }
		);
		expect(answer.status).toBe(200);
		return answer.json();
	};
	return {
		browser,
		store: async (settings: object) =>
			(
				(await rest('wp/v2/settings', `_fields=${OPTION}`, {
					method: 'POST',
					body: JSON.stringify({ [OPTION]: settings }),
				})) as Record<string, unknown>
			)[OPTION],
		linkOfPost: async () =>
			((await rest('wp/v2/posts', '_fields=link')) as { link: string }[])[0]!.link,
	};
}
