<?php
/**
 * The settings page: an empty element for the script that the build makes of src/admin.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

const PAGE   = 'app-inbox-for-esputnik';
const HANDLE = 'app-inbox-for-esputnik-admin';

add_action(
	'admin_menu',
	static function (): void {
		$hook = add_options_page(
			__( 'App Inbox for eSputnik', 'app-inbox-for-esputnik' ),
			__( 'App Inbox', 'app-inbox-for-esputnik' ),
			'manage_options',
			PAGE,
			static function (): void {
				printf(
					'<div class="wrap"><hr class="wp-header-end"><div id="app-inbox-for-esputnik-admin"><noscript>%s</noscript></div></div>',
					esc_html__( 'This page needs JavaScript. Switch it on in your browser and load the page again.', 'app-inbox-for-esputnik' )
				);
			}
		);
		add_action( "admin_print_styles-$hook", __NAMESPACE__ . '\enqueue_settings_page' );
		// On a site of a network the plugin may never have been activated by itself.
		add_action( "load-$hook", __NAMESPACE__ . '\create_settings' );
	}
);

function enqueue_settings_page(): void {
	$folder = dirname( FILE ) . '/admin/';
	$asset  = require $folder . 'index.asset.php';
	wp_enqueue_script( HANDLE, plugins_url( 'admin/index.js', FILE ), $asset['dependencies'], $asset['version'], true );
	wp_set_script_translations( HANDLE, 'app-inbox-for-esputnik', dirname( FILE ) . '/languages' );
	wp_enqueue_style( HANDLE, plugins_url( 'admin/index.css', FILE ), array( 'wp-components' ), $asset['version'] );
	wp_style_add_data( HANDLE, 'rtl', 'replace' );
	$data = array(
		'roles'        => (object) array_map( 'translate_user_role', wp_roles()->get_names() ),
		'version'      => VERSION,
		'siteUrl'      => untrailingslashit( home_url() ),
		'pluginUrl'    => plugins_url( '', FILE ),
		'adminAjaxUrl' => admin_url( 'admin-ajax.php', 'relative' ),
		'cookiePath'   => COOKIEPATH ? COOKIEPATH : '/',
		'userRoles'    => array_values( wp_get_current_user()->roles ),
		'plugins'      => (object) active_plugin_names(),
		'themes'       => (object) active_theme_names(),
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
