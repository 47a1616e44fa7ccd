<?php
/**
 * Each part of the plugin is read when WordPress asks for it, so that no request pays for what is none
 * of its business: a page of the site not for the admin area, the REST API not for the pages.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/** The settings page's name in its address, and where our routes are in the REST API. */
const PAGE           = 'app-inbox-for-esputnik';
const REST_NAMESPACE = 'app-inbox-for-esputnik/v1';

/** The post meta of a page that an editor keeps free: “1”, or not there. */
const HIDE_META = '_app_inbox_for_esputnik_hide';

/** Reads files of this folder, by name, unless they have been read. */
function load( string ...$names ): void {
	foreach ( $names as $name ) {
		require_once __DIR__ . "/$name.php";
	}
}

/** WordPress before 6.8 does not look for translations here by itself. */
function load_translations(): void {
	load_plugin_textdomain( 'app-inbox-for-esputnik', false, dirname( plugin_basename( FILE ) ) . '/languages' );
}

// First in the head.
add_action(
	'wp_head',
	static function (): void {
		load( 'pages', 'front-end' );
		print_front_end();
	},
	0
);

// Before any of them asks; the first one does so at "init".
add_action(
	'plugins_loaded',
	static function (): void {
		foreach ( array( 'WP_ROCKET_VERSION', 'LSCWP_V', 'AUTOPTIMIZE_PLUGIN_VERSION', 'SiteGround_Optimizer\VERSION', 'PERFMATTERS_VERSION' ) as $constant ) {
			if ( defined( $constant ) ) {
				load( 'optimisers' );
				return;
			}
		}
	}
);

if ( is_admin() && ! wp_doing_ajax() ) {
	load( 'admin', 'page-setting', 'privacy' );
	add_action( 'init', __NAMESPACE__ . '\load_translations' );
}

// By whatever way: REST, WP-CLI, an import. After what the REST API makes of a request.
add_filter(
	'sanitize_option_' . OPTION,
	static function ( $settings ) {
		load( 'icon' );
		return with_clean_icon( $settings );
	},
	20
);

// In Ajax requests too.
add_action(
	'admin_init',
	static function (): void {
		load( 'migrations' );
		migrate_settings();
	}
);

// Before the actions of the same name in these files.
add_action(
	'rest_api_init',
	static function (): void {
		$route = route_of_request();
		if ( null === $route || preg_match( '#^/(batch/|wp/v2/settings|' . REST_NAMESPACE . '/)#', $route ) ) {
			load_translations();
			load( 'migrations', 'settings-rest', 'identity', 'key-renewal', 'site-health' );
			migrate_settings();
		}
		if ( null === $route || may_edit_posts( $route ) ) {
			load( 'page-setting' );
		}
	},
	1
);

/** The one route that a REST request from outside asks for; null where WordPress asks itself, for whatever it wants. */
function route_of_request(): ?string {
	return defined( 'REST_REQUEST' ) && REST_REQUEST
		? '/' . trim( (string) ( $GLOBALS['wp']->query_vars['rest_route'] ?? '' ), '/' )
		: null;
}

/** Whether an editor may be at work, on posts with their meta of ours. Who only reads does not get it. */
function may_edit_posts( string $route ): bool {
	// phpcs:ignore WordPress.Security.NonceVerification -- It only looks, like the next line: what is allowed is WordPress's decision.
	$reads = isset( $_SERVER['REQUEST_METHOD'] ) && 'GET' === $_SERVER['REQUEST_METHOD'] && ! isset( $_GET['_method'] );
	// phpcs:ignore WordPress.Security.NonceVerification -- See above.
	if ( $reads && ! ( isset( $_GET['context'] ) && 'edit' === $_GET['context'] ) ) {
		return false;
	}
	if ( 0 === strpos( $route, '/batch/' ) ) {
		return true;
	}
	foreach ( get_post_types( array( 'show_in_rest' => true ), 'objects' ) as $type ) {
		$namespace = empty( $type->rest_namespace ) ? 'wp/v2' : $type->rest_namespace;
		$base      = empty( $type->rest_base ) ? $type->name : $type->rest_base;
		if ( 0 === strpos( "$route/", "/$namespace/$base/" ) ) {
			return true;
		}
	}
	return false;
}

// phpcs:ignore WordPress.Security.NonceVerification -- It only looks.
if ( isset( $_GET['app-inbox'] ) && ! is_admin() ) {
	load( 'answers' );
}

// Tools → Site Health, and its weekly test by cron.
add_filter(
	'site_status_tests',
	static function ( array $tests ): array {
		load( 'site-health' );
		return with_site_health_test( $tests );
	}
);
add_filter(
	'debug_information',
	static function ( array $information ): array {
		load( 'identity', 'site-health-info' );
		return with_site_health_information( $information );
	}
);

register_activation_hook( FILE, __NAMESPACE__ . '\create_settings' );

// The key and the settings stay. Other visitors' markers do nothing without the front end.
register_deactivation_hook(
	FILE,
	static function (): void {
		send_marker( '' );
	}
);
