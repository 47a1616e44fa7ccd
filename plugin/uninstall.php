<?php
/**
 * Leaves nothing behind, on any site of a network. The plugin itself is not loaded here.
 *
 * @package AppInboxForESputnik
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

// Without a number WordPress would give the first hundred.
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
	delete_option( 'app_inbox_for_esputnik_old_keys' );
	delete_post_meta_by_key( '_app_inbox_for_esputnik_hide' );
	if ( $app_inbox_for_esputnik_site ) {
		restore_current_blog();
	}
}
