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

/**
 * Prints what stands for eSputnik's script until the snippet comes. The front end finds it and brings no
 * script of its own.
 *
 * @param string $url The script's address, for where the snippet does not come after all.
 */
function leave_script_to_vendor_plugin( string $url ): void {
	printf( '<meta name="app-inbox-script" src="%s">' . "\n", esc_url( $url ) );
}
