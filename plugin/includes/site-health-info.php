<?php
/**
 * Tools → Site Health → Info: what support wants to know. It is copied into public forums, so it says
 * nothing that is a secret.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/** What a site's code may change; docs/hooks.md explains each. */
const FILTERS = array(
	'app_inbox_for_esputnik_claims',
	'app_inbox_for_esputnik_config',
	'app_inbox_for_esputnik_marker',
	'app_inbox_for_esputnik_script_host',
	'app_inbox_for_esputnik_show',
);

function with_site_health_information( array $information ): array {
	$fields = array( 'version' => array( __( 'Version', 'app-inbox-for-esputnik' ), VERSION ) ) + settings_information() + site_information();

	$information['app-inbox-for-esputnik'] = array(
		'label'  => __( 'App Inbox for eSputnik', 'app-inbox-for-esputnik' ),
		'fields' => array_map(
			static fn( array $field ): array => array_combine( array( 'label', 'value' ), $field ),
			$fields
		),
	);
	return $information;
}

/** The settings that count, and where they come from. */
function settings_information(): array {
	$settings = settings();
	$fields   = array(
		'schemaVersion' => array( __( 'Version of the settings', 'app-inbox-for-esputnik' ), (string) schema_version_of( (array) get_option( OPTION ) ) ),
	);
	if ( ! $settings ) {
		return $fields;
	}
	return $fields + array(
		'scriptId'      => array( __( 'Script id', 'app-inbox-for-esputnik' ), '' === $settings['scriptId'] ? 'none' : 'set' ),
		'scriptHost'    => array( __( 'Loaded from', 'app-inbox-for-esputnik' ), $settings['scriptHost'] ),
		'script'        => array( __( 'Who loads the script', 'app-inbox-for-esputnik' ), $settings['script'] ),
		'features'      => array( __( 'What it does on your site', 'app-inbox-for-esputnik' ), implode( ', ', array_keys( array_filter( $settings['features'] ) ) ) ),
		'endpoint'      => array( __( 'Token function', 'app-inbox-for-esputnik' ), $settings['endpoint'] ),
		'language'      => array( __( 'Language', 'app-inbox-for-esputnik' ), $settings['language'] ),
		'consent'       => array( __( 'Consent', 'app-inbox-for-esputnik' ), $settings['consent'] ),
		'selector'      => array( __( 'Selector', 'app-inbox-for-esputnik' ), $settings['placement']['selector'] ),
		'position'      => array( __( 'Position', 'app-inbox-for-esputnik' ), $settings['placement']['position'] ),
		'excludedRoles' => array( __( 'Roles without an inbox', 'app-inbox-for-esputnik' ), implode( ', ', wp_parse_list( $settings['excludedRoles'] ) ) ),
		'locked'        => array( __( 'Set in wp-config.php', 'app-inbox-for-esputnik' ), implode( ', ', locked_paths() ) ),
	);
}

/** What support asks first about the site. WordPress says more of it elsewhere, but people send one part. */
function site_information(): array {
	$permalinks = (string) get_option( 'permalink_structure' );
	$caches     = array_filter(
		array(
			'WP_CACHE'           => defined( 'WP_CACHE' ) && WP_CACHE,
			'advanced-cache.php' => file_exists( WP_CONTENT_DIR . '/advanced-cache.php' ),
			'object-cache.php'   => wp_using_ext_object_cache(),
		)
	);
	$filters    = array_filter( FILTERS, 'has_filter' );
	return array(
		'wordpress'  => array( 'WordPress', get_bloginfo( 'version' ) ),
		'php'        => array( 'PHP', PHP_VERSION . ( extension_loaded( 'sodium' ) ? '' : ' (sodium_compat)' ) ),
		'multisite'  => array( 'Multisite', is_multisite() ? ( is_subdomain_install() ? 'subdomains' : 'subdirectories' ) : 'no' ),
		'home'       => array( 'home, siteurl', home_url() . ', ' . site_url() ),
		'permalinks' => array( __( 'Permalinks', 'app-inbox-for-esputnik' ), '' === $permalinks ? 'plain' : $permalinks ),
		'cookies'    => array( 'COOKIEPATH, COOKIE_DOMAIN', COOKIEPATH . ', ' . ( COOKIE_DOMAIN ? COOKIE_DOMAIN : 'none' ) ),
		'caches'     => array( __( 'Caches', 'app-inbox-for-esputnik' ), $caches ? implode( ', ', array_keys( $caches ) ) : 'none' ),
		'key'        => array( __( 'Signing key', 'app-inbox-for-esputnik' ), implode( ', ', array_column( published_keys(), 'kid' ) ) ),
		'filters'    => array( __( 'Filters in use', 'app-inbox-for-esputnik' ), $filters ? implode( ', ', $filters ) : 'none' ),
	);
}
