import path from 'node:path';
import { literal } from '../stack/php.ts';
import { DATABASE, type Stack } from '../stack/stack.ts';
import type { Address, Shape } from './shapes.ts';

/** A WordPress cannot become a network and back: each kind has a database of its own. */
export const DATABASES: Record<Shape['network'], string> = {
	single: DATABASE,
	'network by subdirectory': 'subdirectories',
	'network by domain': 'domains',
};

/** What wp-config.php defines for such a site. */
export function constantsOf({ network }: Shape, addresses: Address[]): Record<string, unknown> {
	const database = { DB_NAME: DATABASES[network] };
	if (network === 'single') {
		return database;
	}
	const [main, second] = addresses as [Address, Address];
	const sharesCookies = main.cookieDomain !== undefined || hostOf(main) === hostOf(second);
	return {
		...database,
		MULTISITE: true,
		SUBDOMAIN_INSTALL: network === 'network by domain',
		DOMAIN_CURRENT_SITE: hostOf(main),
		PATH_CURRENT_SITE: pathOf(main),
		SITE_ID_CURRENT_SITE: 1,
		BLOG_ID_CURRENT_SITE: 1,
		// As WordPress's handbook has it for sites with domains of their own.
		...(!sharesCookies && { COOKIE_DOMAIN: '' }),
	};
}

/** Makes a network of two sites out of a copy of the single site; both have the same people. */
export async function foundNetwork(
	stack: Stack,
	network: Shape['network'],
	define: (constants: object) => Promise<void>
): Promise<void> {
	const database = DATABASES[network];
	await stack.run(
		`
		global $wpdb;
		foreach ( $wpdb->get_col( 'SHOW TABLES' ) as $table ) {
			$wpdb->query( "CREATE TABLE $database.$table LIKE $table" );
			$wpdb->query( "INSERT INTO $database.$table SELECT * FROM $table" );
		}`.replaceAll('$database', database)
	);
	await define({ DB_NAME: database });
	await stack.run(
		`require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		global $wpdb;
		foreach ( $wpdb->tables( 'ms_global' ) as $table => $name ) {
			$wpdb->$table = $name;
		}
		install_network();
		$result = populate_network( 1, 'localhost', 'admin@example.com', 'Network', '/', ${network === 'network by domain'} );
		if ( is_wp_error( $result ) && 'no_wildcard_dns' !== $result->get_error_code() ) {
			throw new Exception( $result->get_error_message() );
		}`,
		`define( 'WP_INSTALLING_NETWORK', true );`
	);
	await define({
		DB_NAME: database,
		MULTISITE: true,
		SUBDOMAIN_INSTALL: network === 'network by domain',
		DOMAIN_CURRENT_SITE: 'localhost',
		PATH_CURRENT_SITE: '/',
		SITE_ID_CURRENT_SITE: 1,
		BLOG_ID_CURRENT_SITE: 1,
	});
	await stack.run(`
		$id = wp_insert_site( array( 'domain' => 'second.localhost', 'path' => '/', 'network_id' => 1, 'user_id' => 1, 'title' => 'Second' ) );
		if ( is_wp_error( $id ) ) {
			throw new Exception( $id->get_error_message() );
		}
		foreach ( array( 'anna', 'bohdan' ) as $login ) {
			add_user_to_blog( $id, get_user_by( 'login', $login )->ID, 'subscriber' );
		}
		switch_to_blog( $id );
		update_option( 'permalink_structure', '/%postname%/' );`);
}

/** PHP that moves the sites of a database to these addresses; WordPress must not be loaded yet. */
export function readdressing(stack: Stack, { network }: Shape, addresses: Address[]): string {
	const queries = addresses.flatMap((address, index) => {
		const options = index === 0 ? 'wp_options' : `wp_${index + 1}_options`;
		return [
			`UPDATE ${options} SET option_value = '${address.home}' WHERE option_name = 'home'`,
			`UPDATE ${options} SET option_value = '${address.siteurl}' WHERE option_name = 'siteurl'`,
			...(network === 'single'
				? []
				: [
						`UPDATE wp_blogs SET domain = '${hostOf(address)}', path = '${pathOf(address)}' WHERE blog_id = ${index + 1}`,
					]),
		];
	});
	const [main] = addresses as [Address];
	if (network !== 'single') {
		queries.push(
			`UPDATE wp_site SET domain = '${hostOf(main)}', path = '${pathOf(main)}'`,
			`UPDATE wp_sitemeta SET meta_value = '${main.siteurl}/' WHERE meta_key = 'siteurl'`
		);
	}
	const socket = path.join(stack.folder, 'mariadb.sock');
	return `
		$database = new mysqli( 'localhost', 'root', '', '${DATABASES[network]}', 0, '${socket}' );
		foreach ( ${literal(queries)} as $query ) {
			$database->query( $query );
		}
		$database->close();
		$_SERVER['HTTP_HOST'] = '${hostOf(main)}';
		$_SERVER['REQUEST_URI'] = '${pathOf(main)}';`;
}

export const hostOf = ({ home }: Address) => new URL(home).host;
export const pathOf = ({ home }: Address) => `${new URL(home).pathname.replace(/\/$/, '')}/`;
