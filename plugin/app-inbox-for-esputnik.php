<?php
/**
 * Plugin Name:       App Inbox for eSputnik
 * Description:       A bell with personal messages from eSputnik (Yespo) for logged-in visitors. No code, and no API key in WordPress.
 * Version:           0.1.0
 * Requires at least: 6.3
 * Requires PHP:      7.4
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

require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/visitor.php';
require __DIR__ . '/includes/marker.php';
require __DIR__ . '/includes/identity.php';
require __DIR__ . '/includes/front-end.php';
require __DIR__ . '/includes/optimisers.php';
require __DIR__ . '/includes/bell.php';
require __DIR__ . '/includes/admin.php';
require __DIR__ . '/includes/site-health.php';

register_activation_hook( FILE, __NAMESPACE__ . '\create_settings' );

/** WordPress before 6.8 does not look for translations here by itself. A page of the site has no need of them. */
function load_translations(): void {
	if ( ! wp_doing_ajax() ) {
		load_plugin_textdomain( 'app-inbox-for-esputnik', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	}
}
add_action( 'rest_api_init', __NAMESPACE__ . '\load_translations' );
if ( is_admin() ) {
	add_action( 'init', __NAMESPACE__ . '\load_translations' );
}
