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
	return $user && $user->exists() && $settings && ! array_intersect( $user->roles, $settings['excludedRoles'] );
}
