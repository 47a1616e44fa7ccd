<?php
/**
 * Plugin Name: Yespo CDP (stand-in)
 *
 * A stand-in for eSputnik's own plugin for WooCommerce, of our own writing. What it does where it
 * matters to App Inbox was read in that plugin's public source (Yespo-CDP/yespo-woocommerce):
 *
 * - its snippet, whole with its init, is kept in the option `yespo_options` and echoed in wp_footer; the
 *   init has no arguments, or with its App Inbox switched on a flag and two options;
 * - the script with the page's events comes after it, in the footer, and says them once the page is parsed;
 * - that script stands before the browser's fetch and XMLHttpRequest;
 * - a customer is sent to eSputnik with the WordPress user id as externalCustomerId, and so are the
 *   events of a login, a changed profile and an order; an order of a guest has none; users of other
 *   roles are never sent; a deleted user is deleted there by that id.
 */

defined( 'ABSPATH' ) || exit;

add_action(
	'wp_footer',
	'yespo_add_tracking_codes'
);

function yespo_add_tracking_codes(): void {
	$options = get_option( 'yespo_options' );
	if ( empty( $options['yespo_tracking_script'] ) ) {
		return;
	}
	echo json_decode( $options['yespo_tracking_script'] );
	wp_enqueue_script( 'yespo-cdp-plugin-script', plugins_url( 'assets/build/plugin-public.js', __FILE__ ), array(), '1.0', true );
	$data = array( 'ajaxUrl' => admin_url( 'admin-ajax.php' ) );
	if ( is_front_page() ) {
		$data['front'] = 'MainPage';
	}
	if ( is_page( 'kettle' ) ) {
		$data['product'] = array(
			'id'    => get_the_ID(),
			'price' => '900',
			'stock' => '1',
		);
	}
	wp_localize_script( 'yespo-cdp-plugin-script', 'trackingData', $data );
}

/** Notes what would go to eSputnik. */
function yespo_stand_in_sends( string $what, int $id, string $email = '' ): void {
	$sent   = get_option( 'test_sent', array() );
	$sent[] = array_filter(
		array(
			'what'               => $what,
			'externalCustomerId' => $id,
			'email'              => $email,
		)
	);
	update_option( 'test_sent', $sent );
}

function yespo_stand_in_contact( int $id ): void {
	$user = get_userdata( $id );
	if ( 'customer' === reset( $user->roles ) ) {
		yespo_stand_in_sends( 'contact', $id, $user->user_email );
	}
}
add_action( 'user_register', 'yespo_stand_in_contact' );
add_action( 'profile_update', 'yespo_stand_in_contact' );
add_action(
	'wp_login',
	static function ( $login, $user ): void {
		yespo_stand_in_sends( 'CustomerData', $user->ID );
	},
	10,
	2
);
add_action(
	'woocommerce_thankyou',
	static function ( $customer, $email ): void {
		yespo_stand_in_sends( 'order', $customer, $email );
	},
	10,
	2
);
add_action(
	'delete_user',
	static function ( $id ): void {
		yespo_stand_in_sends( 'deletion', $id );
	}
);
