<?php
/**
 * The two answers at the site's own front address, which nothing closes that closes wp-admin or the
 * REST API:
 *
 *     POST {home}/?app-inbox=identity   who the visitor is, as a JWT; 204 to a guest
 *     GET  {home}/?app-inbox=keys       the public keys for it, a JWK set
 *
 * A page cache keeps no POST. Whatever else is printed or sent with them is thrown away.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/** What others have sent stays only where it is a cookie and the answer is the visitor's own. */
function send_answer( int $status, array $headers, string $body, array $cookies = array() ): void {
	// A buffer that has to stay, as compression does once it has begun, is left.
	while ( ( ob_get_status()['flags'] ?? 0 ) & PHP_OUTPUT_HANDLER_REMOVABLE ) {
		ob_end_clean();
	}
	if ( ! headers_sent() ) {
		header_remove();
		http_response_code( $status );
		foreach ( array_merge( $cookies, $headers, array( 'X-Content-Type-Options: nosniff' ) ) as $header ) {
			header( $header, false );
		}
	}
	echo $body; // phpcs:ignore WordPress.Security.EscapeOutput -- A JWT as plain text, or JSON.
	// What others print at the end goes nowhere.
	remove_action( 'shutdown', 'wp_ob_end_flush_all', 1 );
	ob_start( '__return_empty_string' );
	exit;
}

/**
 * About nobody but the visitor who asks, and readable by this site's own pages only: there is nothing to
 * forge. Whoever is no visitor with an inbox has no marker afterwards.
 */
function answer_identity(): void {
	// A cache may keep what comes by GET, and show it to the next visitor.
	// phpcs:ignore WordPress.Security.NonceVerification -- It only looks.
	if ( ! isset( $_SERVER['REQUEST_METHOD'] ) || 'POST' !== $_SERVER['REQUEST_METHOD'] ) {
		send_answer( 405, array( 'Allow: POST', 'Cache-Control: no-store' ), '' );
	}
	load( 'identity' );
	$marker   = marker_of_visitor();
	$identity = '' === $marker ? null : identity_of( wp_get_current_user() );
	mend_marker( null === $identity ? '' : $marker );
	$cookies = preg_grep( '/^Set-Cookie:/i', headers_list() );
	if ( null === $identity ) {
		send_answer( 204, array( 'Cache-Control: no-store' ), '', $cookies );
	}
	send_answer( 200, array( 'Content-Type: text/plain; charset=utf-8', 'Cache-Control: no-store' ), $identity, $cookies );
}

/** Five minutes in any cache: a new key is known everywhere by then. */
function answer_keys(): void {
	load( 'identity' );
	$keys = wp_json_encode( array( 'keys' => published_keys() ) );
	send_answer( 200, array( 'Content-Type: application/jwk-set+json', 'Cache-Control: public, max-age=300' ), $keys );
}

/** Gets out of the way of what is made for people, such as a login wall, a choice of languages or a page cache. */
function stand_aside(): void {
	defined( 'DOING_AJAX' ) || define( 'DOING_AJAX', true ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WordPress's own name: such plugins leave these requests alone.
	defined( 'DONOTCACHEPAGE' ) || define( 'DONOTCACHEPAGE', true ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- The page caches' own name.
	// Nothing is sent before the answer, whoever prints something on the way.
	ob_start();
}

function is_asked_for( string $what ): bool {
	// phpcs:ignore WordPress.Security.NonceVerification -- It only looks.
	return isset( $_GET['app-inbox'] ) && $what === $_GET['app-inbox'];
}

if ( is_asked_for( 'keys' ) ) {
	stand_aside();
	// Public: nobody has to be known first, so no plugin has its say.
	add_action( 'plugins_loaded', __NAMESPACE__ . '\answer_keys', PHP_INT_MIN );
} elseif ( is_asked_for( 'identity' ) ) {
	stand_aside();
	// All that has a say in who the visitor is has been read by then.
	add_action( 'wp_loaded', __NAMESPACE__ . '\answer_identity', PHP_INT_MIN );
}
