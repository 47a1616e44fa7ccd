<?php
/**
 * Renewing the signing key. The new one signs at once. The old one is published for as long as what it
 * has signed lives, so that nobody's open page notices; the token function fetches the keys anew when
 * it meets one that it does not know.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/** What the token function allows clocks to differ by. */
const CLOCK_SKEW_SECONDS = 60;

/** The token function refuses a set of more than twenty keys. */
const OLD_KEYS_MAX = 10;

/** Makes a new key; the answer has its name, as `kid`. */
function renew_signing_key(): array {
	$old   = old_keys();
	$old[] = array(
		'x'     => public_half(),
		'until' => time() + IDENTITY_SECONDS + CLOCK_SKEW_SECONDS,
	);
	update_option( OLD_KEYS_OPTION, array_slice( array_values( $old ), -OLD_KEYS_MAX ), false );
	update_option( KEY_OPTION, new_signing_key(), false );
	$name = jwk_of( public_half() )['kid'];
	/**
	 * Fires when the signing key was renewed: the moment to empty a cache that keeps `?app-inbox=keys`.
	 *
	 * @param string $name The new key's `kid`.
	 */
	do_action( 'app_inbox_for_esputnik_key_renewed', $name );
	return array( 'kid' => $name );
}
