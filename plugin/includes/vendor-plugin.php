<?php
/**
 * Beside eSputnik's own plugin for WooCommerce, which prints a snippet of its own at the end of the page.
 * The two inits become one in the front end; here the script that both would bring is left to that
 * snippet. So a page has it once, and it does not start before the snippet's own init is there, whose
 * tracking would be lost for customers.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/** Whether that plugin prints its snippet: it does once it has got it from eSputnik. */
function vendor_plugin_prints(): bool {
	$options = get_option( 'yespo_options' );
	return is_array( $options ) && ! empty( $options['yespo_tracking_script'] );
}

/** Stands for eSputnik's script at this address: the front end finds it and brings none of its own. */
function leave_script_to_vendor_plugin( string $url ): void {
	printf( '<meta name="app-inbox-script" src="%s">' . "\n", esc_url( $url ) );
}

/**
 * Where the snippet does not come after all, because a consent tool or an optimiser holds it back, the
 * bell does not wait for it. Names appInbox.init, by which optimisers know what to leave alone.
 */
function load_script_unless_vendor_plugin_does(): void {
	wp_print_inline_script_tag(
		<<<'JS'
document.addEventListener('DOMContentLoaded', function () {
	var script = document.createElement('script');
	script.src = document.querySelector('meta[name=app-inbox-script]').getAttribute('src');
	if (window.appInbox && appInbox.init && appInbox.status().state === 'initialised' &&
		!document.querySelector('script[src="' + script.src + '"],script[src*=".esputnik.com/scripts/"]')) {
		document.head.appendChild(script);
	}
});
JS,
		array( 'id' => 'app-inbox-for-esputnik-script' ) + UNTOUCHED
	);
}
