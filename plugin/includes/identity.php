<?php
/**
 * The signed credential: a JWT that says who the logged-in visitor is, for a token function that
 * WordPress's own cookie does not reach. Signed with a key of this site's own; the token function
 * fetches the public half from the REST index.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

const KEY_OPTION       = 'app_inbox_for_esputnik_key';
const IDENTITY_SECONDS = 15 * MINUTE_IN_SECONDS;

/** The Ed25519 secret key, made at its first use. Not autoloaded: no page of the site needs it. */
function signing_key(): string {
	$stored = get_option( KEY_OPTION );
	if ( ! is_string( $stored ) || '' === $stored ) {
		add_option( KEY_OPTION, base64url( sodium_crypto_sign_secretkey( sodium_crypto_sign_keypair() ) ), '', false );
		// Of two requests that come here at once, one stores its key and both use it.
		wp_cache_delete( KEY_OPTION, 'options' );
		$stored = get_option( KEY_OPTION );
	}
	return sodium_base642bin( $stored, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING );
}

/** The public key as a JWK (RFC 8037), named by its thumbprint (RFC 7638). */
function public_key(): array {
	$x = base64url( sodium_crypto_sign_publickey_from_secretkey( signing_key() ) );
	return array(
		'kty' => 'OKP',
		'crv' => 'Ed25519',
		'x'   => $x,
		'kid' => base64url( hash( 'sha256', '{"crv":"Ed25519","kty":"OKP","x":"' . $x . '"}', true ) ),
		'alg' => 'EdDSA',
		'use' => 'sig',
	);
}

/** The JWT of this user, for the token function of this site alone and for a quarter of an hour. */
function identity_of( \WP_User $user ): string {
	$claims = array(
		'iss' => untrailingslashit( home_url() ),
		'aud' => 'app-inbox',
		'sub' => (string) $user->ID,
		'iat' => time(),
		'exp' => time() + IDENTITY_SECONDS,
	);
	if ( '' !== $user->user_email ) {
		$claims['email'] = $user->user_email;
	}
	if ( user_can( $user, 'manage_options' ) ) {
		$claims['role'] = 'administrator';
	}
	$header = array(
		'alg' => 'EdDSA',
		'kid' => public_key()['kid'],
		'typ' => 'JWT',
	);
	$signed = base64url( wp_json_encode( $header ) ) . '.' . base64url( wp_json_encode( $claims ) );
	return $signed . '.' . base64url( sodium_crypto_sign_detached( $signed, signing_key() ) );
}

function base64url( string $bytes ): string {
	return sodium_bin2base64( $bytes, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING );
}

/*
 * Readable by this site's own pages only, like everything at admin-ajax.php, and about nobody but the
 * visitor who asks: there is nothing to forge. Guests get core's own answer, 400 and 0.
 */
add_action(
	'wp_ajax_app_inbox_identity',
	static function (): void {
		$user = wp_get_current_user();
		nocache_headers();
		if ( ! has_inbox( $user ) ) {
			wp_die( '0', 400 );
		}
		header( 'Content-Type: text/plain; charset=utf-8' );
		echo identity_of( $user ); // phpcs:ignore WordPress.Security.EscapeOutput -- base64url and dots, as plain text.
		wp_die( '', 200 );
	}
);

add_filter(
	'rest_index',
	static function ( \WP_REST_Response $response ): \WP_REST_Response {
		$data = $response->get_data();
		$data['authentication']['app-inbox'] = array( 'keys' => array( public_key() ) );
		$response->set_data( $data );
		return $response;
	}
);
