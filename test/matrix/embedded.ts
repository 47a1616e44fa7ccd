import { cp } from 'node:fs/promises';
import path from 'node:path';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { expect } from 'vitest';
import { PLUGIN, PLUGIN_NAME } from '../../build/paths.ts';
import { KEYS_URL } from '../../src/settings/frontend-config.ts';
import { defaultSettings } from '../../src/settings/schema.ts';
import { Visitor } from '../wordpress/visitor.ts';
import { startWordPress, type WordPress } from '../wordpress/wordpress.ts';
import { linesOf } from './log.ts';

const OPTION = 'app_inbox_for_esputnik';
const SETTINGS = {
	...defaultSettings(),
	scriptId: '0123456789ABCDEF0123456789ABCDEF',
	endpoint: 'https://example.com/app-inbox/token',
	// WordPress cleans it, and each version spells SVG's names in its own way.
	placement: {
		...defaultSettings().placement,
		icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><linearGradient id="g" gradientUnits="userSpaceOnUse"/><path d="M0 0h9" fill="url(#g)"/></svg>',
	},
};

/**
 * The plugin's life on one WordPress and one PHP, from its activation to its uninstallation, with the
 * log read at the end. Where there is something in it, the same is done once more without the plugin:
 * on a PHP that is newer than itself, WordPress has a lot to log.
 *
 * @param version Of WordPress.
 * @param php     The version of PHP.
 * @param theme   The folder of a theme to use instead of WordPress's own.
 * @returns How many different notices WordPress itself has.
 */
export async function liveOn(version: string, php: string, theme?: string): Promise<number> {
	const wordpress = await startWordPress({ version, php, plugin: PLUGIN, active: false });
	if (theme) {
		await switchTheme(wordpress, theme);
	}
	return live(wordpress, php);
}

/** The same on a WordPress that runs already; ends it. */
export async function live(wordpress: Embedded, php: string): Promise<number> {
	try {
		expect(wordpress.php.startsWith(`${php}.`), wordpress.php).toBe(true);
		const admin = await Admin.of(wordpress);
		const namesBefore = await optionNames(wordpress);

		await wordpress.activate();
		expect(await wordpress.option(OPTION)).toEqual(defaultSettings());
		expect(await admin.store(SETTINGS)).toEqual(SETTINGS);
		await expectAll(wordpress, await tour(wordpress, admin));
		await wordpress.run(`
			require_once ABSPATH . 'wp-admin/includes/plugin.php';
			deactivate_plugins( '${PLUGIN_NAME}/${PLUGIN_NAME}.php' );
			uninstall_plugin( '${PLUGIN_NAME}/${PLUGIN_NAME}.php' );`);
		expect(await optionNames(wordpress)).toEqual(namesBefore);

		const log = await wordpress.log();
		expect(linesOf(log).filter((line) => /app.?inbox/i.test(line))).toEqual([]);
		if (log !== '') {
			await wordpress.run(SIGNATURE);
			await tour(wordpress, admin);
			const ofCore = linesOf((await wordpress.log()).slice(log.length));
			expect(linesOf(log).filter((line) => !ofCore.includes(line))).toEqual([]);
		}
		return linesOf(log).length;
	} finally {
		await wordpress.stop();
	}
}

async function switchTheme(wordpress: WordPress, folder: string) {
	const name = path.basename(folder);
	const themes = path.join(wordpress.database(), '../../themes');
	await cp(folder, path.join(themes, name), { recursive: true });
	expect(await wordpress.run(`switch_theme( '${name}' ); echo get_stylesheet();`)).toBe(name);
}

/** The embedded PHP has no libsodium. WordPress has a stand-in for it, and old ones log that it is old. */
const SIGNATURE = `
	$key = sodium_crypto_sign_secretkey( sodium_crypto_sign_keypair() );
	sodium_crypto_sign_publickey_from_secretkey( $key );
	sodium_crypto_sign_detached( 'x', $key );
	sodium_base642bin( sodium_bin2base64( 'x', 7 ), 7 );`;

/** What this needs of a WordPress. */
export type Embedded = Pick<
	WordPress,
	'url' | 'php' | 'run' | 'option' | 'activate' | 'log' | 'stop'
>;

type Tour = Awaited<ReturnType<typeof tour>>;

/** What people do on a site. */
async function tour(wordpress: Embedded, admin: Admin) {
	const text = async (visitor: Visitor, address: string) => (await visitor.fetch(address)).text();
	const guest = new Visitor(wordpress.url);
	const anna = new Visitor(wordpress.url);
	const guestPage = await text(guest, '/');
	await logIn(anna, 'anna');
	return {
		guestPage,
		guestCookies: [...guest.cookies.keys()],
		annaPage: await text(anna, '/'),
		annaCookies: [...anna.cookies.keys()],
		identity: await anna.identity(),
		keys: await text(guest, KEYS_URL),
		settingsPage: await text(admin, `/wp-admin/options-general.php?page=${PLUGIN_NAME}`),
		answered: await admin.store({ language: 'uk' }),
		read: await admin.settings(),
		siteHealth: await text(admin, '/wp-admin/site-health.php?tab=debug'),
	};
}

async function expectAll(wordpress: Embedded, found: Tour) {
	expect(found.guestPage).toContain('Welcome to Kavarnia');
	expect(scriptIn(found.guestPage)).toContain('appInbox.init({');
	expect(scriptIn(found.guestPage)).toContain(`"scriptId":"${SETTINGS.scriptId}"`);
	expect(found.guestCookies).toEqual([]);
	// The rest of the page is WordPress's own, and since 6.8 not the same for both.
	expect(scriptIn(found.annaPage)).toBe(scriptIn(found.guestPage));
	expect(found.annaCookies).toContain('app_inbox_user');

	const keys = createLocalJWKSet(JSON.parse(found.keys) as JSONWebKeySet);
	const { payload } = await jwtVerify(found.identity, keys, {
		issuer: wordpress.url,
		audience: 'app-inbox',
	});
	expect(payload).toMatchObject({ sub: '2', email: 'anna@example.com' });

	expect(found.settingsPage).toContain('id="app-inbox-for-esputnik-admin"');
	expect(found.settingsPage).toContain('window.appInboxAdmin = {');
	expect(found.answered).toEqual({ ...SETTINGS, language: 'uk' });
	expect(found.read).toEqual(found.answered);
	expect(found.siteHealth).toContain('App Inbox for eSputnik');
}

/** The plugin's element, if it is the first script of the page. */
const scriptIn = (page: string) =>
	/^<script[^>]* id="app-inbox-for-esputnik"[^>]*>[^]*?<\/script>/.exec(
		page.slice(page.indexOf('<script'))
	)?.[0] ?? 'none';

/** The administrator, with the nonce for the REST API. */
class Admin extends Visitor {
	private constructor(
		site: string,
		private nonceOfRest = ''
	) {
		super(site);
	}

	static async of(wordpress: Embedded): Promise<Admin> {
		const admin = new Admin(wordpress.url);
		await logIn(admin, 'admin');
		admin.nonceOfRest = await admin.nonce();
		return admin;
	}

	/** Writes some of the plugin's settings; answers all, as WordPress does. */
	store(settings: object): Promise<unknown> {
		return this.settings({ method: 'POST', body: JSON.stringify({ [OPTION]: settings }) });
	}

	async settings(init: RequestInit = {}): Promise<unknown> {
		const answer = await this.fetch(`/wp-json/wp/v2/settings?_fields=${OPTION}`, {
			...init,
			headers: { 'X-WP-Nonce': this.nonceOfRest, 'Content-Type': 'application/json' },
		});
		expect(answer.status).toBe(200);
		return ((await answer.json()) as Record<string, unknown>)[OPTION];
	}
}

/** Sends the form without having looked at it: each page costs half a second here. */
async function logIn(visitor: Visitor, name: string) {
	const answer = await visitor.fetch('/wp-login.php', {
		method: 'POST',
		body: new URLSearchParams({ log: name, pwd: 'password' }),
	});
	expect(answer.status).toBe(302);
}

const optionNames = async (wordpress: Embedded) =>
	JSON.parse(
		await wordpress.run(`
			global $wpdb;
			echo wp_json_encode( $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%app_inbox%'" ) );`)
	);
