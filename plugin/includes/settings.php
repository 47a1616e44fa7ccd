<?php
/**
 * The settings: one option, with the schema that the build writes. And the address of the site.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

const OPTION = 'app_inbox_for_esputnik';

/** Of the settings' shape, not of the plugin: src/settings has the same number. */
const SCHEMA_VERSION = 1;

/**
 * The JSON Schema of the settings, with the defaults at its root. Read only where settings are
 * changed: never on a page of the site, unless wp-config.php sets some of them.
 */
function settings_schema(): array {
	static $schema = null;
	if ( null === $schema ) {
		$schema = wp_json_file_decode( dirname( FILE ) . '/settings.schema.json', array( 'associative' => true ) );
	}
	return $schema;
}

/** What the option holds, in the shape of this version; null if there is nothing that this version can use. */
function stored_settings(): ?array {
	$settings = get_option( OPTION );
	if ( ! is_array( $settings ) || is_newer( $settings ) ) {
		return null;
	}
	if ( schema_version_of( $settings ) < SCHEMA_VERSION ) {
		// The plugin was updated, and nobody has been in the admin area since.
		load( 'migrations' );
		$settings = migrated( $settings );
	}
	return is_whole( $settings ) ? $settings : null;
}

/**
 * Whether what PHP reads of them is there, and of its type. Something other than this plugin may have
 * written the option: PHP would end each page over it, and a guess might give an inbox to a role that
 * was excluded, or switch tracking on.
 */
function is_whole( array $settings ): bool {
	$features  = $settings['features'] ?? null;
	$placement = $settings['placement'] ?? null;
	$roles     = $settings['excludedRoles'] ?? null;
	// For WordPress a text is a list of texts, too.
	if ( ! is_array( $features ) || ! is_array( $placement ) || ! rest_is_array( $roles ) ) {
		return false;
	}
	$flags = array( $features['appInbox'] ?? null, $features['recommendations'] ?? null, $features['tracking'] ?? null );
	$texts = array( $placement['selector'] ?? null, $placement['position'] ?? null );
	foreach ( array( 'scriptId', 'scriptHost', 'script', 'endpoint', 'language', 'consent' ) as $name ) {
		$texts[] = $settings[ $name ] ?? null;
	}
	return array_filter( $flags, 'is_bool' ) === $flags
		&& array_filter( $texts, 'is_string' ) === $texts
		&& array_filter( (array) $roles, 'is_string' ) === (array) $roles;
}

/** The settings that count: the stored ones, and over them those of wp-config.php. */
function settings(): ?array {
	$settings = stored_settings();
	if ( $settings && defined( LOCKS ) ) {
		load( 'locks' );
		return with_locks( $settings );
	}
	return $settings;
}

/** The constant of wp-config.php that sets some of the settings. */
const LOCKS = 'APP_INBOX_FOR_ESPUTNIK';

/** The paths of the settings that it sets, such as `features.tracking`. */
function locked_paths(): array {
	if ( ! defined( LOCKS ) ) {
		return array();
	}
	load( 'locks' );
	return array_keys( locks()['values'] );
}

/** Settings from before there was a number have 0. */
function schema_version_of( array $settings ): int {
	$version = $settings['schemaVersion'] ?? 0;
	return is_numeric( $version ) ? (int) $version : 0;
}

/**
 * Whether a newer version of the plugin has written these settings: they are left alone.
 *
 * @param mixed $settings What the option holds.
 */
function is_newer( $settings ): bool {
	return is_array( $settings ) && schema_version_of( $settings ) > SCHEMA_VERSION;
}

/** From activation on the option exists, autoloaded: a missing one costs a query on every page. */
function create_settings(): void {
	add_option( OPTION, settings_schema()['default'] );
}

/**
 * The site's address as it is stored, without a slash at its end, and with https where this request came
 * so. Never as others filter it: a translation plugin gives each language another one, and the token
 * function knows one.
 */
function site_address(): string {
	$address = untrailingslashit( defined( 'WP_HOME' ) ? WP_HOME : wp_load_alloptions()['home'] ?? get_option( 'home' ) );
	return is_ssl() ? preg_replace( '/^http:/i', 'https:', $address ) : $address;
}

/** Where a page gets the credential, as a path: right under each of the site's names. */
function identity_url(): string {
	return wp_parse_url( site_address(), PHP_URL_PATH ) . '/?app-inbox=identity';
}
