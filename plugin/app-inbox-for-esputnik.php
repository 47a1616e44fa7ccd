<?php
/**
 * Plugin Name:       App Inbox for eSputnik
 * Description:       A bell with personal messages from eSputnik (Yespo) for logged-in visitors. No code, and no API key in WordPress.
 * Version:           0.1.0
 * Requires at least: 6.3
 * Requires PHP:      7.4
 * Author:            App Inbox for eSputnik contributors
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       app-inbox-for-esputnik
 * Domain Path:       /languages
 *
 * PHP does only what no one else can: store the settings, print the front end, mark who is logged in
 * and sign for it. It never talks to eSputnik and holds no key of eSputnik's.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';
const FILE    = __FILE__;

const REQUIRED_PHP       = '7.4';
const REQUIRED_WORDPRESS = '6.3';

/**
 * What is wanted and what is there instead, or null. This file is written for versions of PHP long
 * gone: they have to read it to its end in order to say so.
 *
 * @param string   $php       The version of PHP.
 * @param string   $wordpress The version of WordPress.
 * @param string[] $functions What PHP must have; a host may have switched them off.
 * @return string[]|null
 */
function missing_requirement( $php, $wordpress, $functions = array( 'json_decode', 'sodium_crypto_sign_detached' ) ) {
	if ( version_compare( $php, REQUIRED_PHP, '<' ) ) {
		return array( 'PHP ' . REQUIRED_PHP, 'PHP ' . $php );
	}
	if ( version_compare( strtok( $wordpress, '-' ), REQUIRED_WORDPRESS, '<' ) ) {
		return array( 'WordPress ' . REQUIRED_WORDPRESS, 'WordPress ' . $wordpress );
	}
	foreach ( $functions as $name ) {
		if ( ! function_exists( $name ) ) {
			return array( $name . '()', 'PHP ' . $php );
		}
	}
	return null;
}

/** Says so where an administrator sees it, after the activation as well. */
function requirement_notice() {
	$missing = missing_requirement( PHP_VERSION, $GLOBALS['wp_version'] );
	if ( ! $missing || ! current_user_can( 'activate_plugins' ) ) {
		return;
	}
	load_plugin_textdomain( 'app-inbox-for-esputnik', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	printf(
		'<div class="notice notice-error"><p>%s</p></div>',
		esc_html(
			sprintf(
				/* translators: 1 and 2: a program with its version such as “PHP 7.4”, or the name of a function. */
				__( 'App Inbox for eSputnik does nothing on this site. It needs %1$s, and here is only %2$s. Ask your host for it; until then your pages are as they were.', 'app-inbox-for-esputnik' ),
				$missing[0],
				$missing[1]
			)
		)
	);
}

if ( missing_requirement( PHP_VERSION, $GLOBALS['wp_version'] ) ) {
	add_action( 'admin_notices', __NAMESPACE__ . '\requirement_notice' );
	add_action( 'network_admin_notices', __NAMESPACE__ . '\requirement_notice' );
	return;
}

require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/marker.php';
require __DIR__ . '/includes/bell.php';
require __DIR__ . '/includes/on-demand.php';
