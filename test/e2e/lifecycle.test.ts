import { beforeAll, describe, expect, it } from 'vitest';
import { KEYS_URL } from '../../src/settings/frontend-config.ts';
import type { Settings } from '../../src/settings/schema.ts';
import { startSite } from '../site/site.ts';
import { Visitor } from '../wordpress/visitor.ts';
import { running } from './running.ts';
import { SETTINGS_PAGE } from './settings-page.ts';

const OPTION = 'app_inbox_for_esputnik';
/** Read where keys are renewed, and nowhere else. */
const KEYS_CODE = `AppInboxForESputnik\\load( 'identity', 'key-renewal' );`;
const PLUGIN_FILE = 'app-inbox-for-esputnik/app-inbox-for-esputnik.php';

describe('the life of the plugin on a site', () => {
	const site = running(() =>
		startSite({
			elsewhere: true,
			// A core that is too old, when a test wants one.
			muPlugin: `$wp_version = get_option( 'test_core', $wp_version );`,
		})
	);
	let admin: Visitor;
	let stored: Settings;

	beforeAll(async () => {
		admin = new Visitor(site.url);
		await admin.logIn('admin');
		stored = (await site.wordpress.option(OPTION)) as Settings;
	});

	const option = () => site.wordpress.option(OPTION);
	const frontPage = async () => (await fetch(site.url)).text();

	const loggedIn = async (name: string) => {
		const visitor = new Visitor(site.url);
		await visitor.logIn(name);
		return visitor;
	};
	const tokenFor = (identity: string, { url } = site.tokenFunction) =>
		fetch(`${url}/token`, {
			method: 'POST',
			headers: { origin: site.url, authorization: `Bearer ${identity}` },
		});
	const kidOf = (identity: string): string =>
		JSON.parse(Buffer.from(identity.split('.')[0]!, 'base64url').toString()).kid;
	const publishedKids = async () => {
		const answer = await fetch(site.url + KEYS_URL);
		// Without the plugin it is the front page.
		return answer.headers.get('content-type') === 'application/jwk-set+json'
			? ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
			: [];
	};

	describe('a site that lacks something', () => {
		const missing = async (list: string) =>
			JSON.parse(
				await site.wordpress.run(
					`echo wp_json_encode( AppInboxForESputnik\\missing_requirement( ${list} ) );`
				)
			);

		it.each([
			["'7.4.0', '6.3'", null],
			["'8.5.1', '7.1.4'", null],
			["'8.3.1', '6.3-RC2'", null],
			["'5.6.40', '6.5'", ['PHP 7.4', 'PHP 5.6.40']],
			["'7.3.33', '6.5'", ['PHP 7.4', 'PHP 7.3.33']],
			["'8.3.1', '6.2.6'", ['WordPress 6.3', 'WordPress 6.2.6']],
			["'8.3.1', '6.5', array( 'json_decode', 'no_sodium' )", ['no_sodium()', 'PHP 8.3.1']],
		])('%s: %j', async (list, verdict) => {
			expect(await missing(list)).toEqual(verdict);
		});

		it('does nothing, and says so in the admin area', async () => {
			await site.wordpress.run(`update_option( 'test_core', '6.2.9' );`);
			const page = await (await admin.fetch('/wp-admin/plugins.php')).text();
			const front = await frontPage();
			const keys = await publishedKids();
			const profile = await (await loggedIn('anna')).fetch('/wp-admin/profile.php');
			await site.wordpress.run(`delete_option( 'test_core' );`);
			expect(page).toMatch(
				/<div class="notice notice-error"><p>[^<]*needs WordPress 6\.3, and here is only WordPress 6\.2\.9/
			);
			expect(front).not.toContain('app-inbox');
			expect(keys).toEqual([]);
			expect(await profile.text()).not.toContain('needs WordPress');
		});
	});

	describe('a new signing key', () => {
		const renew = (by = admin) =>
			by.rest('/app-inbox-for-esputnik/v1/signing-key', { method: 'POST' });

		it('is for administrators who mean it', async () => {
			const before = await publishedKids();
			expect((await renew(await loggedIn('anna'))).status).toBe(403);
			const forged = await admin.fetch('/wp-json/app-inbox-for-esputnik/v1/signing-key', {
				method: 'POST',
			});
			expect(forged.status).toBe(401);
			expect((await admin.rest('/app-inbox-for-esputnik/v1/signing-key')).status).toBe(404);
			expect(await publishedKids()).toEqual(before);
		});

		it('signs at once, and an open page keeps what the old one signed', async () => {
			const anna = await loggedIn('anna');
			const before = await anna.identity();
			expect((await tokenFor(before)).status).toBe(200);

			const { status, body } = await renew();
			expect([status, body]).toEqual([200, { kid: expect.stringMatching(/^[\w-]{43}$/) }]);
			expect(body.kid).not.toBe(kidOf(before));
			expect(await publishedKids()).toEqual([body.kid, kidOf(before)]);
			expect((await tokenFor(before)).status).toBe(200);

			const after = await anna.identity();
			expect(kidOf(after)).toBe(body.kid);
			// One that has not asked for keys in the last 30 seconds.
			const rested = await site.startTokenFunction({});
			for (const identity of [after, before]) {
				expect(await (await tokenFor(identity, rested)).json()).toEqual({
					token: expect.stringMatching(/.{20}/),
				});
			}
			await rested.stop();
		});

		it('leaves the old one good for as long as what it has signed, and the skew', async () => {
			const old = JSON.parse(
				await site.wordpress.run(
					`echo wp_json_encode( array( time(), get_option( '${OPTION}_old_keys' ) ) );`
				)
			);
			const [now, [{ until }]] = old;
			expect(until - now).toBeGreaterThan(16 * 60 - 120);
			expect(until - now).toBeLessThanOrEqual(16 * 60);
			await site.wordpress.run(`
				$keys = get_option( '${OPTION}_old_keys' );
				$keys[0]['until'] = time();
				update_option( '${OPTION}_old_keys', $keys );
			`);
			expect(await publishedKids()).toHaveLength(1);
		});

		it('is never one too many for the token function', async () => {
			await site.wordpress.run(
				`${KEYS_CODE} for ( $i = 0; $i < 12; $i++ ) { AppInboxForESputnik\\renew_signing_key(); }`
			);
			const kids = await publishedKids();
			expect(kids).toHaveLength(11);
			expect(new Set(kids).size).toBe(11);
		});

		it('tells the site’s own code', async () => {
			const out = await site.wordpress.run(`
				add_action( 'app_inbox_for_esputnik_key_renewed', static function ( $kid ) { echo $kid; } );
				${KEYS_CODE}
				AppInboxForESputnik\\renew_signing_key();
			`);
			expect([out]).toEqual((await publishedKids()).slice(0, 1));
		});
	});

	describe('the end', () => {
		const inAdmin = `require_once ABSPATH . 'wp-admin/includes/plugin.php';`;
		const activate = () =>
			site.wordpress.run(`${inAdmin} activate_plugin( '${PLUGIN_FILE}' );`);
		const deactivate = () =>
			site.wordpress.run(`${inAdmin} deactivate_plugins( '${PLUGIN_FILE}' );`);
		const uninstall = () =>
			site.wordpress.run(`${inAdmin} uninstall_plugin( '${PLUGIN_FILE}' );`);

		it('switched off, it does nothing, and keeps its settings and its key', async () => {
			const [kid] = await publishedKids();
			await deactivate();
			expect(await frontPage()).not.toContain('app-inbox');
			expect(await publishedKids()).toEqual([]);
			const anna = await loggedIn('anna');
			expect(anna.cookies.has('app_inbox_user')).toBe(false);
			expect(await anna.identity()).toContain('</html>');
			await activate();
			expect((await publishedKids())[0]).toBe(kid);
			expect(await option()).toEqual(stored);
		});

		it('takes the marker of whoever switches it off', async () => {
			await admin.fetch('/');
			expect(admin.cookies.has('app_inbox_user')).toBe(true);
			const plugins = await (await admin.fetch('/wp-admin/plugins.php')).text();
			const [, link] = /href="(plugins\.php\?action=deactivate[^"]*for-esputnik[^"]*)"/.exec(
				plugins
			)!;
			const answer = await admin.fetch(`/wp-admin/${link!.replaceAll('&amp;', '&')}`);
			expect(answer.status).toBe(302);
			expect(admin.cookies.has('app_inbox_user')).toBe(false);
			await activate();
		});

		it('deleted, it leaves the database as it was', async () => {
			await deactivate();
			await uninstall();
			const before = await contents();
			await activate();
			const body = { [OPTION]: stored };
			expect((await admin.rest('/wp/v2/settings', { method: 'POST', body })).status).toBe(
				200
			);
			await publishedKids();
			await site.wordpress.run(`
				${KEYS_CODE}
				AppInboxForESputnik\\renew_signing_key();
				foreach ( get_posts( array( 'post_type' => 'any', 'numberposts' => -1 ) ) as $post ) {
					update_post_meta( $post->ID, '_app_inbox_for_esputnik_hide', '1' );
				}
			`);
			await admin.fetch(SETTINGS_PAGE);
			expect(await contents()).not.toEqual(before);
			await deactivate();
			await uninstall();
			expect(await contents()).toEqual(before);
		});

		/** Each row but WordPress's own notes of what happened when. */
		const contents = async () =>
			JSON.parse(
				await site.wordpress.run(`
					global $wpdb;
					$rows = array();
					foreach ( $wpdb->get_results( "SELECT option_name AS name, option_value AS value FROM $wpdb->options ORDER BY option_name" ) as $row ) {
						if ( ! preg_match( '/^_(site_)?transient_|^(cron|recently_activated|uninstall_plugins)$/', $row->name ) ) {
							$rows[] = "$row->name = $row->value";
						}
					}
					foreach ( $wpdb->get_results( "SELECT post_id AS id, meta_key AS name, meta_value AS value FROM $wpdb->postmeta ORDER BY meta_id" ) as $row ) {
						$rows[] = "post $row->id $row->name = $row->value";
					}
					foreach ( $wpdb->get_results( "SELECT user_id AS id, meta_key AS name, meta_value AS value FROM $wpdb->usermeta WHERE meta_key <> 'session_tokens' ORDER BY umeta_id" ) as $row ) {
						$rows[] = "user $row->id $row->name = $row->value";
					}
					echo wp_json_encode( $rows );
				`)
			);
	});

	it('leaves no notice in the log', async () => {
		expect(await site.wordpress.log()).toBe('');
	});
});
