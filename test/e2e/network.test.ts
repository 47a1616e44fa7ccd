import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLUGIN } from '../../build/paths.ts';
import { startWordPress, type WordPress } from '../wordpress/wordpress.ts';

const PLUGIN_FILE = 'app-inbox-for-esputnik/app-inbox-for-esputnik.php';

describe('a network of more than a hundred sites', () => {
	let wordpress: WordPress;
	const SITES = 105;

	beforeAll(async () => {
		wordpress = await startWordPress({ plugin: PLUGIN });
		await wordpress.run(`
			define( 'WP_INSTALLING_NETWORK', true );
			require_once ABSPATH . 'wp-admin/includes/upgrade.php';
			global $wpdb;
			foreach ( $wpdb->tables( 'ms_global' ) as $table => $name ) {
				$wpdb->$table = $name;
			}
			install_network();
			populate_network( 1, 'localhost', 'admin@example.com', 'Network', '/', false );
		`);
		const config = join(dirname(wordpress.database()), '../../wp-config.php');
		const source = await readFile(config, 'utf8');
		await writeFile(
			config,
			source.replace(
				"define( 'WP_DEBUG', true );",
				`define( 'WP_DEBUG', true );
				$_SERVER['HTTP_HOST'] = 'localhost';
				$_SERVER['REQUEST_URI'] = '/';
				define( 'MULTISITE', true );
				define( 'SUBDOMAIN_INSTALL', false );
				define( 'DOMAIN_CURRENT_SITE', 'localhost' );
				define( 'PATH_CURRENT_SITE', '/' );
				define( 'SITE_ID_CURRENT_SITE', 1 );
				define( 'BLOG_ID_CURRENT_SITE', 1 );`
			)
		);
		// Only what the plugin touches: whole sites would take minutes.
		await wordpress.run(`
			global $wpdb;
			for ( $id = 2; $id <= ${SITES}; $id++ ) {
				$wpdb->insert( $wpdb->blogs, array( 'blog_id' => $id, 'site_id' => 1, 'domain' => 'localhost', 'path' => "/s$id/", 'registered' => '2026-01-01 00:00:00', 'last_updated' => '2026-01-01 00:00:00' ) );
				$prefix = $wpdb->get_blog_prefix( $id );
				$wpdb->query( "CREATE TABLE {$prefix}options ( option_id bigint unsigned NOT NULL auto_increment, option_name varchar(191) NOT NULL default '', option_value longtext NOT NULL, autoload varchar(20) NOT NULL default 'yes', PRIMARY KEY (option_id), UNIQUE KEY option_name (option_name) )" );
				$wpdb->query( "CREATE TABLE {$prefix}posts ( ID bigint unsigned NOT NULL auto_increment, post_type varchar(20) NOT NULL default 'post', PRIMARY KEY (ID) )" );
				$wpdb->query( "CREATE TABLE {$prefix}postmeta ( meta_id bigint unsigned NOT NULL auto_increment, post_id bigint unsigned NOT NULL default 0, meta_key varchar(255) default NULL, meta_value longtext, PRIMARY KEY (meta_id) )" );
			}
		`);
	});
	afterAll(() => wordpress?.stop());

	it('is left without a trace, and with what belongs to others', async () => {
		const left = `
			foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $id ) {
				$prefix = $wpdb->get_blog_prefix( $id );
				$count += $wpdb->get_var( "SELECT COUNT(*) FROM {$prefix}options WHERE option_name LIKE 'app_inbox%'" );
				$count += $wpdb->get_var( "SELECT COUNT(*) FROM {$prefix}postmeta WHERE meta_key LIKE '_app_inbox%'" );
				$others += $wpdb->get_var( "SELECT COUNT(*) FROM {$prefix}options WHERE option_name = 'app_store'" );
				$others += $wpdb->get_var( "SELECT COUNT(*) FROM {$prefix}postmeta WHERE meta_key = '_app_store'" );
			}`;
		const [before, after] = JSON.parse(
			await wordpress.run(`
				global $wpdb;
				rest_get_server();
				foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $id ) {
					switch_to_blog( $id );
					AppInboxForESputnik\\create_settings();
					add_option( 'app_inbox_for_esputnik_key', 'x' );
					add_option( 'app_inbox_for_esputnik_old_keys', array() );
					add_option( 'app_store', 'not ours' );
					add_metadata( 'post', 1, '_app_inbox_for_esputnik_hide', '1' );
					add_metadata( 'post', 1, '_app_store', 'not ours' );
					restore_current_blog();
				}
				$count = $others = 0;
				${left}
				$before = array( $count, $others );
				require_once ABSPATH . 'wp-admin/includes/plugin.php';
				uninstall_plugin( '${PLUGIN_FILE}' );
				$count = $others = 0;
				${left}
				echo wp_json_encode( array( $before, array( $count, $others ) ) );
			`)
		);
		expect(before).toEqual([SITES * 4, SITES * 2]);
		expect(after).toEqual([0, SITES * 2]);
		expect(await wordpress.log()).toBe('');
	}, 180_000);
});
