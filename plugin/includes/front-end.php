<?php
/**
 * The front end: printed first in the head, the same bytes for every visitor, so that any page cache
 * may keep the page.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/** Where eSputnik's script comes from where nothing else is said. */
const SCRIPT_HOST = 'cdn.esputnik.com';

/** Attributes by which optimisers leave a script where it is: it is small, and has to come before other snippets. */
const UNTOUCHED = array(
	'data-cfasync'     => 'false',
	'data-no-defer'    => '1',
	'data-no-optimize' => '1',
	'data-noptimize'   => '1',
	'nowprocket'       => true,
);

/**
 * What appInbox.init gets, without what is its default there; null when there is nothing to start.
 */
function front_end_config(): ?array {
	$settings = settings();
	if ( ! $settings || '' === $settings['scriptId'] ) {
		return null;
	}
	$features = $settings['features'];
	// Without a token function there can be no inbox, whatever the switch says.
	$features['appInbox'] = $features['appInbox'] && '' !== $settings['endpoint'];
	if ( ! array_filter( $features ) ) {
		return null;
	}
	$config = array(
		'scriptId'    => $settings['scriptId'],
		'scriptHost'  => script_host( $settings['scriptHost'] ),
		'script'      => vendor_plugin_prints() ? 'site' : $settings['script'],
		'features'    => $features,
		'language'    => $settings['language'],
		'endpoint'    => without_origin( $settings['endpoint'] ),
		'identityUrl' => identity_url(),
		'consent'     => $features['recommendations'] || $features['tracking'] ? $settings['consent'] : 'none',
	);
	$defaults = array(
		'scriptHost'  => SCRIPT_HOST,
		'script'      => 'ours',
		'features'    => array(
			'appInbox'        => true,
			'recommendations' => false,
			'tracking'        => false,
		),
		'language'    => 'auto',
		'endpoint'    => '',
		'identityUrl' => '/?app-inbox=identity',
		'consent'     => 'none',
	);
	foreach ( $defaults as $name => $value ) {
		if ( $config[ $name ] === $value ) {
			unset( $config[ $name ] );
		}
	}
	/**
	 * Filters what the front end is started with. It must be the same for every visitor: the page may
	 * be cached. `scriptHost` may be set to a host that eSputnik adds, or to a whole origin for tests.
	 *
	 * @param array $config Properties of appInbox.init; one that is left out has its default. What is no
	 *                      array starts nothing.
	 */
	$config = apply_filters( 'app_inbox_for_esputnik_config', $config );
	if ( ! is_array( $config ) ) {
		return null;
	}
	// The inline script takes whole origins only.
	if ( isset( $config['scriptHost'] ) && ! preg_match( '#^https?://#', $config['scriptHost'] ) ) {
		$config['scriptHost'] = 'https://' . $config['scriptHost'];
	}
	return $config;
}

/**
 * Whether eSputnik's own plugin for WooCommerce prints its snippet: it does once it has got it from
 * eSputnik. The script is that snippet's then, whose tracking would start without its own init otherwise.
 */
function vendor_plugin_prints(): bool {
	$options = has_action( 'wp_footer', 'yespo_add_tracking_codes' ) ? get_option( 'yespo_options' ) : null;
	return is_array( $options ) && ! empty( $options['yespo_tracking_script'] );
}

/** The path alone of an address on this very site: shorter, and right under each of its names. */
function without_origin( string $url ): string {
	$origin = preg_match( '#^https?://[^/]+#', home_url(), $match ) ? $match[0] : '';
	return 0 === strpos( $url, $origin . '/' ) ? substr( $url, strlen( $origin ) ) : $url;
}

/** The host that eSputnik's script comes from, or a whole origin. */
function script_host( string $host ): string {
	/**
	 * Filters where eSputnik's script comes from: a host, asked over https, or a whole origin.
	 *
	 * @param string $host The host of the settings.
	 */
	$filtered = apply_filters( 'app_inbox_for_esputnik_script_host', $host );
	return is_string( $filtered ) && preg_match( '#^(https?://)?[a-z0-9.-]+(:[0-9]{1,5})?$#iD', $filtered ) ? $filtered : $host;
}

function print_front_end(): void {
	$config = is_shown() ? front_end_config() : null;
	if ( ! $config ) {
		return;
	}
	// phpcs:ignore WordPress.Security.NonceVerification -- It only looks, and anybody may.
	if ( isset( $_GET['app-inbox-debug'] ) ) {
		wp_print_script_tag( array( 'src' => plugins_url( 'front-end/debug.js?ver=' . VERSION, FILE ) ) );
	}
	// What the build has made of src/frontend to stand in the page itself.
	$script  = require dirname( FILE ) . '/front-end/inbox.php';
	$script .= 'appInbox.init(' . wp_json_encode( $config, JSON_HEX_TAG | JSON_UNESCAPED_SLASHES ) . ')';
	wp_print_inline_script_tag( $script, array( 'id' => 'app-inbox-for-esputnik' ) + UNTOUCHED );
	if ( isset( $config['consent'] ) ) {
		wp_print_script_tag(
			array(
				'src'          => plugins_url( 'front-end/consent.js?ver=' . VERSION, FILE ),
				'defer'        => true,
				'data-consent' => $config['consent'],
			)
		);
	}
}
