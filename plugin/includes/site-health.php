<?php
/**
 * Tools → Site Health: whether the settings are complete and the token function answers, asked by the
 * server. The whole chain is tried on the settings page, in the browser, which alone has a visitor's
 * credential.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

const HEALTH_ROUTE = '/site-health';

/** Seconds for the token function's answer. */
const HEALTH_SECONDS = 5;

function with_site_health_test( array $tests ): array {
	$tests['async']['app_inbox_for_esputnik'] = array(
		'label'             => __( 'App Inbox for eSputnik', 'app-inbox-for-esputnik' ),
		'test'              => rest_url( REST_NAMESPACE . HEALTH_ROUTE ),
		'has_rest'          => true,
		// The weekly test by cron has nobody logged in, whom the route would want.
		'async_direct_test' => __NAMESPACE__ . '\site_health_result',
	);
	return $tests;
}

/** In the shape that Site Health wants. */
function site_health_result(): array {
	list( $status, $label, $description ) = site_health_finding();
	return array(
		'test'        => 'app_inbox_for_esputnik',
		'label'       => $label,
		'status'      => $status,
		'badge'       => array(
			'label' => __( 'App Inbox', 'app-inbox-for-esputnik' ),
			'color' => 'blue',
		),
		'description' => '<p>' . esc_html( $description ) . '</p>',
		'actions'     => sprintf(
			'<p><a href="%s">%s</a></p>',
			esc_url( admin_url( 'options-general.php?page=' . PAGE . '#app-inbox-go-live' ) ),
			esc_html__( 'Check everything on the settings page', 'app-inbox-for-esputnik' )
		),
	);
}

/**
 * What there is to say.
 *
 * @return string[] Status (`good`, `recommended` or `critical`), label and description.
 */
function site_health_finding(): array {
	if ( is_newer( get_option( OPTION ) ) ) {
		load( 'migrations' );
		return array( 'critical', __( 'App Inbox’s settings are from a newer version', 'app-inbox-for-esputnik' ), newer_settings_sentence() );
	}
	$settings = settings();
	if ( ! $settings && false !== get_option( OPTION ) ) {
		return array(
			'critical',
			__( 'App Inbox’s settings are damaged', 'app-inbox-for-esputnik' ),
			__( 'Something other than this plugin changed them in the database. Nothing is shown on your pages until you open the settings page, look through them and save.', 'app-inbox-for-esputnik' ),
		);
	}
	if ( ! $settings || '' === $settings['scriptId'] ) {
		return array(
			'recommended',
			__( 'App Inbox is not set up yet', 'app-inbox-for-esputnik' ),
			__( 'There is no script id. Paste the snippet from eSputnik on the settings page.', 'app-inbox-for-esputnik' ),
		);
	}
	if ( ! array_filter( $settings['features'] ) ) {
		return array(
			'recommended',
			__( 'App Inbox is switched off', 'app-inbox-for-esputnik' ),
			__( 'All that eSputnik’s script can do is switched off. Switch on what you need, or deactivate the plugin.', 'app-inbox-for-esputnik' ),
		);
	}
	if ( ! $settings['features']['appInbox'] ) {
		return array(
			'good',
			__( 'eSputnik’s script is set up', 'app-inbox-for-esputnik' ),
			__( 'The inbox is switched off, so no token function is needed.', 'app-inbox-for-esputnik' ),
		);
	}
	if ( '' === $settings['endpoint'] ) {
		return array(
			'recommended',
			__( 'App Inbox has no token function yet', 'app-inbox-for-esputnik' ),
			__( 'Without one nobody gets an inbox. Enter its address on the settings page.', 'app-inbox-for-esputnik' ),
		);
	}
	$version = token_function_version( $settings['endpoint'] );
	if ( is_wp_error( $version ) ) {
		return array(
			'critical',
			__( 'App Inbox’s token function does not answer', 'app-inbox-for-esputnik' ),
			sprintf(
				/* translators: %s: why, such as an HTTP status or an error of the connection. */
				__( 'Nobody gets an inbox as long as that is so. Start it, and see that this server reaches it. What happened: %s', 'app-inbox-for-esputnik' ),
				$version->get_error_message()
			),
		);
	}
	if ( VERSION !== $version ) {
		return array(
			'recommended',
			__( 'App Inbox’s token function has another version than the plugin', 'app-inbox-for-esputnik' ),
			sprintf(
				/* translators: 1 and 2: version numbers. */
				__( 'It is version %1$s, and the plugin is version %2$s. Deploy the token function of the plugin’s release.', 'app-inbox-for-esputnik' ),
				$version,
				VERSION
			),
		);
	}
	return array(
		'good',
		__( 'App Inbox’s token function answers', 'app-inbox-for-esputnik' ),
		__( 'The settings are complete, and the token function has the plugin’s version.', 'app-inbox-for-esputnik' ),
	);
}

/**
 * Asks the token function's /health, which knows nobody and asks nobody.
 *
 * @return string|\WP_Error Its version.
 */
function token_function_version( string $endpoint ) {
	$url    = preg_replace( '#/token$#', '/health', $endpoint );
	$answer = wp_remote_get(
		$url,
		array(
			'timeout'             => HEALTH_SECONDS,
			'redirection'         => 0,
			'limit_response_size' => 1024,
		)
	);
	if ( is_wp_error( $answer ) ) {
		return $answer;
	}
	$status  = wp_remote_retrieve_response_code( $answer );
	$health  = json_decode( wp_remote_retrieve_body( $answer ), true );
	$version = 200 === $status && 'ok' === ( $health['status'] ?? '' ) ? $health['version'] ?? '' : '';
	return is_string( $version ) && preg_match( '/^[\w.+-]{1,40}$/D', $version )
		? $version
		/* translators: 1: a web address, 2: an HTTP status. */
		: new \WP_Error( 'app_inbox_stranger', sprintf( __( 'something else answers at %1$s (%2$d).', 'app-inbox-for-esputnik' ), $url, $status ) );
}
