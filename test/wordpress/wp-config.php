<?php
/**
 * The configuration of a WordPress that lives on one computer for a few minutes.
 * The addresses (WP_HOME, WP_SITEURL) come from the embedded runtime, at each start.
 */

define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', '' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', '' );
define( 'DB_CHARSET', 'utf8' );
define( 'DB_COLLATE', '' );

foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $app_inbox_test_name ) {
	define( $app_inbox_test_name . '_KEY', '%SECRET%' . $app_inbox_test_name . '_KEY' );
	define( $app_inbox_test_name . '_SALT', '%SECRET%' . $app_inbox_test_name . '_SALT' );
}

$table_prefix = 'wp_';

define( 'WP_DEBUG', true );
define( 'WP_DEBUG_LOG', true );
define( 'WP_DEBUG_DISPLAY', false );

// Nothing may try the internet; the computer itself may be asked (the token function runs there).
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost' );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_AUTO_UPDATE_CORE', false );
define( 'DISABLE_WP_CRON', true );

if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}

require_once ABSPATH . 'wp-settings.php';
