<?php
/**
 * Who is looking at this page.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/**
 * Whether this user gets an inbox: logged in, and without an excluded role.
 *
 * @param \WP_User|false $user The user, as get_userdata() or wp_get_current_user() give it.
 */
function has_inbox( $user ): bool {
	$settings = settings();
	return $user && $user->exists() && $settings && ! array_intersect( $user->roles, wp_parse_list( $settings['excludedRoles'] ) );
}

/**
 * Whether the site's own code has a say in who a user is in eSputnik. Then only what WordPress signs
 * counts: a token function that asked who a session is of would hear the WordPress id, which may be
 * somebody else's number there.
 */
function signs_always(): bool {
	return (bool) has_filter( 'app_inbox_for_esputnik_claims' );
}

/**
 * The path below which a token function gets WordPress's own cookie; none where WordPress signs in
 * every case. An address never goes on with this one.
 */
function session_path(): string {
	return signs_always() ? '#' : ( COOKIEPATH ? COOKIEPATH : '/' );
}

add_filter(
	'rest_prepare_user',
	static function ( \WP_REST_Response $response ): \WP_REST_Response {
		if ( signs_always() ) {
			$response->set_data( array( 'app_inbox' => 'signed' ) + $response->get_data() );
		}
		return $response;
	}
);
