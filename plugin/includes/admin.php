<?php
/**
 * The settings page: an empty element for the script that the build makes of src/admin.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

const HANDLE = 'app-inbox-for-esputnik-admin';

add_action(
	'admin_menu',
	static function (): void {
		$hook = add_options_page(
			__( 'App Inbox for eSputnik', 'app-inbox-for-esputnik' ),
			__( 'App Inbox', 'app-inbox-for-esputnik' ),
			'manage_options',
			PAGE,
			__NAMESPACE__ . '\print_settings_page'
		);
		add_action( "admin_print_styles-$hook", __NAMESPACE__ . '\enqueue_settings_page' );
	}
);

function print_settings_page(): void {
	echo '<div class="wrap">';
	if ( is_newer( get_option( OPTION ) ) ) {
		load( 'migrations' );
		printf(
			'<h1>%s</h1><div class="notice notice-error inline"><p>%s</p></div></div>',
			esc_html__( 'App Inbox for eSputnik', 'app-inbox-for-esputnik' ),
			esc_html( newer_settings_sentence() )
		);
		return;
	}
	echo '<hr class="wp-header-end">';
	if ( defined( LOCKS ) ) {
		load( 'locks' );
		lock_notice();
	}
	printf(
		'<div id="app-inbox-for-esputnik-admin"><noscript>%s</noscript></div></div>',
		esc_html__( 'This page needs JavaScript. Switch it on in your browser and load the page again.', 'app-inbox-for-esputnik' )
	);
}

function enqueue_settings_page(): void {
	if ( is_newer( get_option( OPTION ) ) ) {
		return;
	}
	$folder = dirname( FILE ) . '/admin/';
	$asset  = require $folder . 'index.asset.php';
	$key    = require $folder . 'signing-key.asset.php';
	wp_register_script( HANDLE . '-key', plugins_url( 'admin/signing-key.js', FILE ), $key['dependencies'], $key['version'], true );
	wp_enqueue_script( HANDLE, plugins_url( 'admin/index.js', FILE ), array_merge( $asset['dependencies'], array( HANDLE . '-key' ) ), $asset['version'], true );
	wp_set_script_translations( HANDLE, 'app-inbox-for-esputnik', dirname( FILE ) . '/languages' );
	wp_enqueue_style( HANDLE, plugins_url( 'admin/index.css', FILE ), array( 'wp-components' ), $asset['version'] );
	wp_style_add_data( HANDLE, 'rtl', 'replace' );
	$data = array(
		'locks'       => locked_paths(),
		'roles'       => (object) array_map( 'translate_user_role', wp_roles()->get_names() ),
		'version'     => VERSION,
		'siteUrl'     => site_address(),
		'pluginUrl'   => plugins_url( '', FILE ),
		'identityUrl' => identity_url(),
		'userRoles'   => array_values( wp_get_current_user()->roles ),
		'plugins'     => (object) active_plugin_names(),
		'themes'      => (object) active_theme_names(),
	);
	wp_add_inline_script( HANDLE, 'window.appInboxAdmin = ' . wp_json_encode( $data, JSON_HEX_TAG ) . ';', 'before' );
}

/** The active plugins with a folder of their own, folder to name: the check names who prints a snippet. */
function active_plugin_names(): array {
	$names = array();
	foreach ( get_plugins() as $file => $data ) {
		$folder = dirname( $file );
		if ( '.' !== $folder && is_plugin_active( $file ) ) {
			$names[ $folder ] = wp_strip_all_tags( $data['Name'] );
		}
	}
	return $names;
}

/** The active theme and its parent, folder to name. */
function active_theme_names(): array {
	$names = array();
	foreach ( array( get_stylesheet(), get_template() ) as $folder ) {
		$names[ $folder ] = wp_strip_all_tags( wp_get_theme( $folder )->get( 'Name' ) );
	}
	return $names;
}

add_filter(
	'plugin_action_links_' . plugin_basename( FILE ),
	static function ( array $links ): array {
		$url = admin_url( 'options-general.php?page=' . PAGE );
		array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( $url ), esc_html__( 'Settings', 'app-inbox-for-esputnik' ) ) );
		return $links;
	}
);
