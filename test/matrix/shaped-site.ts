import { expect } from 'vitest';
import { PLUGIN_NAME } from '../../build/paths.ts';
import { defaultSettings } from '../../src/settings/schema.ts';
import { requestsTo } from '../esputnik/requests.ts';
import { Browser } from './browser.ts';
import type { Address } from './shapes.ts';
import type { ShapedSite } from './shaped-stack.ts';

const OPTION = 'app_inbox_for_esputnik';
const MARKER = 'app_inbox_user';

/** Sets the plugin up as an administrator does, and looks for the inbox as a guest and as Anna. */
export async function expectInboxOn(
	{ port, esputnik }: ShapedSite,
	site: Address & { tokenFunction: string }
): Promise<void> {
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
			key: MARKER,
			path: site.cookiePath,
			domain: site.cookieDomain ?? new URL(site.home).hostname,
		})
	);
	for (const page of [`${site.home}/`, await admin.linkOfPost()]) {
		expect(await tokenOn(anna, page, esputnik)).toEqual([
			expect.stringContaining('/wp-admin/admin-ajax.php?action=rest-nonce'),
			settings.endpoint,
		]);
	}

	const endpoint = `${site.tokenFunction}/token`;
	await admin.store({ endpoint });
	expect(await tokenOn(anna, `${site.home}/`, esputnik)).toEqual([
		expect.stringContaining('/wp-admin/admin-ajax.php?action=app_inbox_identity'),
		endpoint,
	]);
}

/** Lets the page's script get Anna's token; answers what it asked for that. */
async function tokenOn(
	anna: Browser,
	address: string,
	esputnik: ShapedSite['esputnik']
): Promise<string[]> {
	const page = await anna.open(address);
	expect(page.status, address).toBe(200);
	const token = await page.init!.getAuthTokenCallback();
	page.close();
	const inbox = await requestsTo(esputnik).inbox('', token);
	expect(await inbox.json(), page.asked.join(' ')).toMatchObject({
		list: [{ title: 'Your order is on its way' }, {}, {}],
	});
	return page.asked;
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
