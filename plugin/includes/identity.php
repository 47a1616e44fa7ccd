<?php
/**
 * The credential: a JWT that says who the logged-in visitor is. Signed with a key of this site's own,
 * whose public half the token function fetches.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

const KEY_OPTION       = 'app_inbox_for_esputnik_key';
const IDENTITY_SECONDS = 15 * MINUTE_IN_SECONDS;

/** Public keys that were replaced, each as `x` and `until`: what they signed is good until then. */
const OLD_KEYS_OPTION = 'app_inbox_for_esputnik_old_keys';

/** The Ed25519 secret key, made at its first use. Not autoloaded: no page of the site needs it. */
function signing_key(): string {
	$stored = get_option( KEY_OPTION );
	if ( ! is_string( $stored ) || '' === $stored ) {
		add_option( KEY_OPTION, new_signing_key(), '', false );
		// Of two requests that come here at once, one stores its key and both use it.
		wp_cache_delete( KEY_OPTION, 'options' );
		$stored = get_option( KEY_OPTION );
	}
	return sodium_base642bin( $stored, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING );
}

function new_signing_key(): string {
	return base64url( sodium_crypto_sign_secretkey( sodium_crypto_sign_keypair() ) );
}

/** The public half, as a JWK has it. */
function public_half(): string {
	return base64url( sodium_crypto_sign_publickey_from_secretkey( signing_key() ) );
}

/** A public key as a JWK (RFC 8037), named by its thumbprint (RFC 7638). */
function jwk_of( string $x ): array {
	return array(
		'kty' => 'OKP',
		'crv' => 'Ed25519',
		'x'   => $x,
		'kid' => base64url( hash( 'sha256', '{"crv":"Ed25519","kty":"OKP","x":"' . $x . '"}', true ) ),
		'alg' => 'EdDSA',
		'use' => 'sig',
	);
}

/** The replaced keys that still count. */
function old_keys(): array {
	return array_filter(
		(array) get_option( OLD_KEYS_OPTION, array() ),
		static function ( $key ): bool {
			return is_array( $key ) && $key['until'] > time();
		}
	);
}

/** All keys whose signatures are good now, the one that signs first. */
function published_keys(): array {
	return array_map( __NAMESPACE__ . '\jwk_of', array_merge( array( public_half() ), array_column( old_keys(), 'x' ) ) );
}

/**
 * The JWT of this user, for the token function of this site alone and for a quarter of an hour; null
 * where the site's own code says that there is none, or says it wrong. The digest of the login stands
 * first in it, where the front end looks for its marker: what was the answer to somebody else is of no use.
 */
function identity_of( \WP_User $user ): ?string {
	$who = claims_about( $user );
	if ( ! $who ) {
		return null;
	}
	$claims = array( 'mark' => login_digest( $user->ID, wp_get_session_token() ) ) + $who + array(
		'iss' => site_address(),
		'aud' => 'app-inbox',
		'iat' => time(),
		'exp' => time() + IDENTITY_SECONDS,
	);
	if ( user_can( $user, 'manage_options' ) ) {
		$claims['role'] = 'administrator';
	}
	$header = array(
		'alg' => 'EdDSA',
		'kid' => jwk_of( public_half() )['kid'],
		'typ' => 'JWT',
	);
	$signed = base64url( wp_json_encode( $header ) ) . '.' . base64url( wp_json_encode( $claims ) );
	return $signed . '.' . base64url( sodium_crypto_sign_detached( $signed, signing_key() ) );
}

/**
 * Who this user is in eSputnik: `sub`, the externalCustomerId, and `email` and `phone` if there are any.
 */
function claims_about( \WP_User $user ): ?array {
	$claims = array( 'sub' => (string) $user->ID );
	if ( '' !== $user->user_email ) {
		$claims['email'] = $user->user_email;
	}
	/**
	 * Filters who a user is in eSputnik. It must be there by the end of `init`.
	 *
	 * @param array    $claims `sub` (the externalCustomerId), `email` and `phone`, nothing else; an empty
	 *                         array for somebody who gets no inbox.
	 * @param \WP_User $user   Who is logged in.
	 */
	$claims = apply_filters( 'app_inbox_for_esputnik_claims', $claims, $user );
	if ( ! $claims ) {
		return null;
	}
	$wrong = wrong_claim( $claims );
	if ( $wrong ) {
		// Not our own claims instead: they may be somebody else's in the site's other system.
		_doing_it_wrong( 'app_inbox_for_esputnik_claims', esc_html( "The claim $wrong is wrong, so this user gets no inbox." ), '0.1.0' );
		return null;
	}
	$claims['sub'] = (string) $claims['sub'];
	return array_filter(
		$claims,
		static function ( $value ): bool {
			return null !== $value && '' !== $value;
		}
	);
}

/**
 * The name of the first claim that the token function would refuse, or that is not the site's to set.
 *
 * @param mixed $claims From a filter.
 */
function wrong_claim( $claims ): string {
	$claims = is_array( $claims ) ? $claims : array();
	$sub    = $claims['sub'] ?? '';
	if ( ! ( is_int( $sub ) || is_string( $sub ) ) || strlen( (string) $sub ) > 255 || ! preg_match( '/^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/uD', (string) $sub ) ) {
		return 'sub';
	}
	$patterns = array(
		'email' => '/^([^\s@\p{Cc}]+@[^\s@\p{Cc}]+)?$/uD',
		'phone' => '/^(\+?[0-9]([ ().-]*[0-9]){4,14})?$/D',
	);
	foreach ( array_diff_key( $claims, array( 'sub' => '' ) ) as $name => $value ) {
		if ( ! isset( $patterns[ $name ] ) || ! is_string( $value ?? '' ) || strlen( $value ?? '' ) > 254 || ! preg_match( $patterns[ $name ], $value ?? '' ) ) {
			return (string) $name;
		}
	}
	return '';
}

function base64url( string $bytes ): string {
	return sodium_bin2base64( $bytes, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING );
}
