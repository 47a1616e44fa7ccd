<?php
/**
 * A stand-in for WooCommerce, of our own writing, with what matters to App Inbox: the role of customers,
 * a login form that posts to its own page, an endpoint that logs out, an order by AJAX that makes an
 * account and logs it in with the same answer, nonces of guests by their session, and no way into the
 * administration but admin-ajax.php and admin-post.php.
 */

defined( 'ABSPATH' ) || exit;

const SHOP_SESSION = 'wp_woocommerce_session_stand_in';

add_filter( 'show_admin_bar', static fn( $shown ) => $shown && current_user_can( 'edit_posts' ) );

add_action(
	'admin_init',
	static function (): void {
		$open = wp_doing_ajax() || 'admin-post.php' === basename( $_SERVER['SCRIPT_FILENAME'] );
		if ( ! $open && ! current_user_can( 'edit_posts' ) ) {
			wp_safe_redirect( home_url( '/my-account/' ) );
			exit;
		}
	}
);

// What a guest's nonces hang on: the session of the cart, not the number 0 of all guests together.
add_filter(
	'nonce_user_logged_out',
	static fn( $user, $action ) => 0 === strpos( (string) $action, 'woocommerce' ) ? ( $_COOKIE[ SHOP_SESSION ] ?? $user ) : $user,
	10,
	2
);

add_shortcode(
	'shop_account',
	static function (): string {
		if ( is_user_logged_in() ) {
			$leave = wp_nonce_url( home_url( '/my-account/?customer-logout=true' ), 'customer-logout' );
			return '<p>Hello ' . esc_html( wp_get_current_user()->display_name ) . '</p><a href="' . esc_url( $leave ) . '">Log out</a>';
		}
		return '<form method="post"><input name="username"><input name="password" type="password">'
			. wp_nonce_field( 'woocommerce-login', 'woocommerce-login-nonce', true, false )
			. '<button name="login" value="Log in">Log in</button></form>';
	}
);

add_action(
	'wp_loaded',
	static function (): void {
		if ( isset( $_POST['login'] ) && wp_verify_nonce( $_POST['woocommerce-login-nonce'] ?? '', 'woocommerce-login' ) ) {
			$user = wp_signon(
				array(
					'user_login'    => $_POST['username'],
					'user_password' => $_POST['password'],
				),
				is_ssl()
			);
			if ( ! is_wp_error( $user ) ) {
				wp_safe_redirect( home_url( '/my-account/' ) );
				exit;
			}
		}
	},
	20
);

add_shortcode(
	'shop_checkout',
	static fn(): string => '<form id="order"><input name="billing_email"><input name="createaccount" type="checkbox" value="1">'
		. wp_nonce_field( 'woocommerce-process_checkout', 'woocommerce-process-checkout-nonce', true, false )
		. '<button>Place order</button></form><script>
			document.getElementById("order").addEventListener("submit", function (event) {
				event.preventDefault();
				var request = new XMLHttpRequest();
				request.open("POST", "/?wc-ajax=checkout");
				request.onload = function () { window.shopAnswer = JSON.parse(request.responseText); };
				request.send(new FormData(event.target));
			});
		</script>'
);

// A guest who comes to the checkout has a session: something was in the cart.
add_action(
	'send_headers',
	static function (): void {
		if ( 0 === strpos( $_SERVER['REQUEST_URI'], '/checkout/' ) && ! isset( $_COOKIE[ SHOP_SESSION ] ) && ! is_user_logged_in() ) {
			$_COOKIE[ SHOP_SESSION ] = 't_' . wp_generate_password( 30, false );
			setcookie( SHOP_SESSION, $_COOKIE[ SHOP_SESSION ], 0, '/', '', false, true );
		}
	}
);

add_action(
	'template_redirect',
	static function (): void {
		if ( isset( $_GET['customer-logout'] ) && wp_verify_nonce( $_GET['_wpnonce'] ?? '', 'customer-logout' ) ) {
			wp_logout();
			wp_safe_redirect( home_url( '/my-account/' ) );
			exit;
		}
		if ( 'checkout' === ( $_GET['wc-ajax'] ?? '' ) ) {
			shop_take_order();
		}
	},
	0
);

function shop_take_order(): void {
	if ( ! wp_verify_nonce( $_POST['woocommerce-process-checkout-nonce'] ?? '', 'woocommerce-process_checkout' ) ) {
		wp_send_json( array( 'result' => 'failure' ) );
	}
	$email = sanitize_email( $_POST['billing_email'] );
	if ( ! is_user_logged_in() && ! empty( $_POST['createaccount'] ) ) {
		$customer = wp_insert_user(
			array(
				'user_login' => strtok( $email, '@' ),
				'user_email' => $email,
				'user_pass'  => wp_generate_password(),
				'role'       => 'customer',
			)
		);
		wp_set_current_user( $customer );
		wp_set_auth_cookie( $customer, true );
	}
	do_action( 'woocommerce_thankyou', get_current_user_id(), $email );
	wp_send_json(
		array(
			'result'   => 'success',
			'redirect' => home_url( '/order-received/' ),
		)
	);
}
