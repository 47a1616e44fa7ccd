<?php
/**
 * The configuration of a WordPress on a production stack that lives for a few minutes.
 */

/* %FIRST% */

defined( 'DB_NAME' ) || define( 'DB_NAME', '%DATABASE%' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
defined( 'DB_HOST' ) || define( 'DB_HOST', 'localhost:%SOCKET%' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );

foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $app_inbox_test_name ) {
	define( $app_inbox_test_name . '_KEY', '%SECRET%' . $app_inbox_test_name . '_KEY' );
	define( $app_inbox_test_name . '_SALT', '%SECRET%' . $app_inbox_test_name . '_SALT' );
}

$table_prefix = 'wp_';

define( 'WP_DEBUG', '%DEBUG%' === 'true' );
define( 'WP_DEBUG_LOG', true );
define( 'WP_DEBUG_DISPLAY', false );

// A proxy in front speaks https with the visitor, and says so.
if ( 'https' === ( $_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '' ) ) {
	$_SERVER['HTTPS'] = 'on';
}

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
