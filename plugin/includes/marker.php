<?php
/**
 * The marker cookie: tells the front end that, and when again, somebody is logged in, also on a page
 * that comes out of a cache. Its value is opaque, changes with each login and proves nothing.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

const MARKER = 'app_inbox_user';

/** The marker of one login, from its session token. */
function marker_of( string $session_token ): string {
	return wp_hash( 'app-inbox ' . $session_token, 'logged_in' );
}

/** Sets the marker, or clears it with ''. Lives as long as the login: 0 ends with the browser. */
function send_marker( string $value, int $expires = 0 ): void {
	if ( headers_sent() ) {
		return;
	}
	$expires = '' === $value ? 1 : $expires;
	setcookie( MARKER, $value, array( 'expires' => $expires ) + marker_attributes() + array( 'httponly' => false ) );
}

/** Where the marker is valid, as setcookie() takes it. */
function marker_attributes(): array {
	$attributes = array(
		'path'     => COOKIEPATH ? COOKIEPATH : '/',
		'domain'   => (string) COOKIE_DOMAIN,
		'secure'   => is_ssl(),
		'samesite' => 'Lax',
	);
	/**
	 * Filters where the marker cookie is valid, for instance on the site's other subdomains. Its name,
	 * value and life are the front end's business.
	 *
	 * @param array $attributes `path`, `domain`, `secure` and `samesite`, as setcookie() takes them.
	 */
	$filtered = (array) apply_filters( 'app_inbox_for_esputnik_marker', $attributes );
	foreach ( $attributes as $name => $own ) {
		$value = $filtered[ $name ] ?? $own;
		// PHP would end the login over a character that no cookie may have.
		if ( gettype( $value ) === gettype( $own ) && ! preg_match( '/[,;\s[:cntrl:]]/', (string) $value ) ) {
			$attributes[ $name ] = $value;
		}
	}
	return $attributes;
}

add_action(
	'set_logged_in_cookie',
	static function ( $cookie, $expire, $expiration, $user_id, $scheme, $token = '' ): void {
		send_marker( has_inbox( get_userdata( $user_id ) ) ? marker_of( $token ) : '', (int) $expire );
	},
	10,
	6
);

add_action(
	'clear_auth_cookie',
	static function (): void {
		send_marker( '' );
	}
);

/**
 * Mends a marker that does not fit: of a login from before the plugin was active, or of a user who
 * was excluded since. Never for a guest's page, which may go into a cache, and only with a page.
 */
add_action(
	'send_headers',
	static function (): void {
		$not_a_page = array_intersect_key( $GLOBALS['wp']->query_vars, array_flip( array( 'feed', 'embed', 'robots', 'favicon', 'sitemap', 'preview' ) ) );
		if ( ! $not_a_page && is_user_logged_in() ) {
			$wanted = has_inbox( wp_get_current_user() ) ? marker_of( wp_get_session_token() ) : '';
			// phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- Compared, never used.
			if ( $wanted !== ( $_COOKIE[ MARKER ] ?? '' ) ) {
				send_marker( $wanted );
			}
		}
	}
);

/** A session that ended on the server leaves its marker behind: the front end's question clears it. */
add_action(
	'admin_init',
	static function (): void {
		if ( wp_doing_ajax() && isset( $_COOKIE[ MARKER ] ) && ! is_user_logged_in() ) {
			send_marker( '' );
		}
	}
);
