<?php
/**
 * Leaves nothing behind, on any site of a network.
 *
 * @package AppInboxForESputnik
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

$app_inbox_for_esputnik_sites = is_multisite()
	? get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	)
	: array( 0 );

foreach ( $app_inbox_for_esputnik_sites as $app_inbox_for_esputnik_site ) {
	if ( $app_inbox_for_esputnik_site ) {
		switch_to_blog( $app_inbox_for_esputnik_site );
	}
	delete_option( 'app_inbox_for_esputnik' );
	delete_option( 'app_inbox_for_esputnik_key' );
	if ( $app_inbox_for_esputnik_site ) {
		restore_current_blog();
	}
}
