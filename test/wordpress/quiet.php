<?php
/**
 * Plugin Name: Quiet
 * Description: Keeps a WordPress without internet from asking for it, on the server and in the browser.
 *
 * WP_HTTP_BLOCK_EXTERNAL refuses such requests, but each refusal of an update check becomes a
 * warning in the log: so they are not made at all.
 */

// Updates: "just looked, there is none".
foreach ( array( 'core', 'plugins', 'themes' ) as $app_inbox_test_kind ) {
	add_filter(
		'pre_site_transient_update_' . $app_inbox_test_kind,
		static function () {
			return (object) array(
				'last_checked'    => time(),
				'version_checked' => $GLOBALS['wp_version'],
				'updates'         => array(),
				'response'        => array(),
				'no_update'       => array(),
				'checked'         => array(),
				'translations'    => array(),
			);
		}
	);
}
add_action(
	'admin_init',
	static function () {
		remove_action( 'admin_init', '_maybe_update_core' );
		remove_action( 'admin_init', '_maybe_update_plugins' );
		remove_action( 'admin_init', '_maybe_update_themes' );
	},
	1
);

// The dashboard's news and events.
add_action(
	'wp_dashboard_setup',
	static function () {
		remove_meta_box( 'dashboard_primary', 'dashboard', 'side' );
	}
);

// What the visitor's browser would fetch: avatars, emoji.
add_filter( 'pre_option_show_avatars', '__return_zero' );
add_filter( 'emoji_svg_url', '__return_false' );
remove_action( 'wp_head', 'print_emoji_detection_script', 7 );
remove_action( 'admin_print_scripts', 'print_emoji_detection_script' );

// There is no mail server either.
add_filter( 'pre_wp_mail', '__return_true' );
