<?php
/**
 * Who is looking at this page, and the marker cookie, which tells the front end that somebody is logged
 * in, also on a page that comes out of a cache. Its value is opaque, changes with each login and proves
 * nothing.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

const MARKER = 'app_inbox_user';

/** Says that somebody is logged in, and not who: no credential has it in it. */
const MARKER_OF_SOMEBODY = '0000000000000000000000000000000000000000';

/**
 * Whether this user gets an inbox: logged in, and without an excluded role.
 *
 * @param \WP_User|false $user The user, as get_userdata() or wp_get_current_user() give it.
 */
function has_inbox( $user ): bool {
	$settings = settings();
	return $user && $user->exists() && $settings && ! array_intersect( $user->roles, wp_parse_list( $settings['excludedRoles'] ) );
}

/** Thirty digits that stand for one login, in its credentials. */
function login_digest( int $user_id, string $session_token ): string {
	return substr( hash_hmac( 'sha256', "app-inbox $user_id $session_token", wp_salt( 'logged_in' ) ), 0, 30 );
}

/**
 * The marker of one login: its digest as it looks inside of a credential, where the front end finds it
 * again. Thirty digits are forty in base64 to the bit, all of them letters and numbers.
 */
function marker_of( int $user_id, string $session_token ): string {
	return base64_encode( login_digest( $user_id, $session_token ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- As a JWT has it.
}

/**
 * The marker of whoever asks; '' for who has no inbox. Nor has one whom something other than WordPress
 * logs in, without a session: there a login has no beginning and no end that the marker could follow.
 */
function marker_of_visitor(): string {
	$user  = wp_get_current_user();
	$token = wp_get_session_token();
	return '' !== $token && has_inbox( $user ) ? marker_of( $user->ID, $token ) : '';
}

function has_marker( string $wanted ): bool {
	// phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- Compared, never used.
	return ( $_COOKIE[ MARKER ] ?? '' ) === $wanted;
}

/** Sends the marker unless the browser has it. */
function mend_marker( string $wanted ): void {
	if ( ! has_marker( $wanted ) ) {
		send_marker( $wanted );
	}
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
		send_marker( has_inbox( get_userdata( $user_id ) ) ? marker_of( $user_id, $token ) : '', (int) $expire );
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
 * was excluded since. Never for a guest's page, which may go into a cache, and only with a page. The
 * cookies of a page may go into a cache too, against every rule, and come back to somebody else: so none
 * of them says whose login it is. The answer with the credential does, to a POST.
 */
add_action(
	'send_headers',
	static function (): void {
		$not_a_page = array_intersect_key( $GLOBALS['wp']->query_vars, array_flip( array( 'feed', 'embed', 'robots', 'favicon', 'sitemap', 'preview' ) ) );
		if ( ! $not_a_page && is_user_logged_in() ) {
			$marker = marker_of_visitor();
			if ( ! has_marker( $marker ) ) {
				load( 'identity' );
				mend_marker( '' !== $marker && claims_about( wp_get_current_user() ) ? MARKER_OF_SOMEBODY : '' );
			}
		}
	}
);
