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
function answer( int $status, array $headers, string $body, array $cookies = array() ): void {
	// A buffer that cannot be ended, such as PHP's own compression, stays.
	while ( ob_get_level() && @ob_end_clean() ) { // phpcs:ignore WordPress.PHP.NoSilencedErrors -- Its notice would be in the answer.
		continue;
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
	if ( 'POST' !== ( $_SERVER['REQUEST_METHOD'] ?? '' ) ) {
		// A cache may keep what comes by GET, and show it to the next visitor.
		answer( 405, array( 'Allow: POST', 'Cache-Control: no-store' ), '' );
	}
	load( 'identity' );
	$user     = wp_get_current_user();
	$identity = has_inbox( $user ) ? identity_of( $user ) : null;
	mend_marker( null === $identity ? '' : marker_of( $user->ID, wp_get_session_token() ) );
	$cookies = preg_grep( '/^Set-Cookie:/i', headers_list() );
	if ( null === $identity ) {
		answer( 204, array( 'Cache-Control: no-store' ), '', $cookies );
	}
	answer( 200, array( 'Content-Type: text/plain; charset=utf-8', 'Cache-Control: no-store' ), $identity, $cookies );
}

/** Five minutes in any cache: a new key is known everywhere by then. */
function answer_keys(): void {
	load( 'identity' );
	$keys = wp_json_encode( array( 'keys' => published_keys() ) );
	answer( 200, array( 'Content-Type: application/jwk-set+json', 'Cache-Control: public, max-age=300' ), $keys );
}

// phpcs:ignore WordPress.Security -- It only compares; who may have what is decided above.
$asked = $_GET['app-inbox'] ?? '';
if ( 'keys' === $asked || 'identity' === $asked ) {
	// What is made for people, such as a login wall or a choice of languages, leaves such requests alone.
	defined( 'DOING_AJAX' ) || define( 'DOING_AJAX', true );
	defined( 'DONOTCACHEPAGE' ) || define( 'DONOTCACHEPAGE', true );
	if ( 'keys' === $asked ) {
		// Public: nobody has to be known first, so no plugin has its say.
		add_action( 'plugins_loaded', __NAMESPACE__ . '\answer_keys', PHP_INT_MIN );
	} else {
		// All that has a say in who the visitor is has been read by then.
		add_action( 'wp_loaded', __NAMESPACE__ . '\answer_identity', PHP_INT_MIN );
	}
}
