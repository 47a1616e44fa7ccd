<?php
/**
 * What the plugin has in the REST API: the settings, which the settings page reads and writes, and two
 * routes for administrators.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/**
 * A request may send some of the settings: the others keep their stored values, and so do those that
 * wp-config.php sets.
 *
 * @param mixed $changes What the REST API has validated.
 */
function complete_settings( $changes ): array {
	$stored = get_option( OPTION );
	if ( is_newer( $stored ) ) {
		return $stored;
	}
	$schema   = settings_schema();
	$before   = array_replace( $schema['default'], usable_settings( stored_settings() ?? $stored ) );
	$settings = $before;
	foreach ( (array) $changes as $name => $value ) {
		$is_group          = 'object' === ( $schema['properties'][ $name ]['type'] ?? '' );
		$settings[ $name ] = $is_group ? array_replace( $settings[ $name ], (array) $value ) : $value;
	}
	if ( defined( LOCKS ) ) {
		load( 'locks' );
		$settings = without_locks( $settings, $before );
	}
	return array( 'schemaVersion' => SCHEMA_VERSION ) + $settings;
}

/**
 * The settings that are as the schema wants them: all of them, unless something other than this plugin
 * has written the option. A group counts as a whole.
 *
 * @param mixed $stored What it holds.
 */
function usable_settings( $stored ): array {
	$usable     = array();
	$properties = settings_schema()['properties'];
	foreach ( array_intersect_key( (array) $stored, $properties ) as $name => $value ) {
		$schema = $properties[ $name ];
		if ( is_wp_error( rest_validate_value_from_schema( $value, $schema, $name ) ) ) {
			continue;
		}
		// It takes “false” for false, as the check before does.
		$value = rest_sanitize_value_from_schema( $value, $schema );
		if ( ! array_diff_key( $schema['properties'] ?? array(), (array) $value ) ) {
			$usable[ $name ] = $value;
		}
	}
	return $usable;
}

add_action(
	'rest_api_init',
	static function (): void {
		register_setting(
			OPTION,
			OPTION,
			array(
				'type'              => 'object',
				'default'           => settings_schema()['default'],
				'sanitize_callback' => __NAMESPACE__ . '\complete_settings',
				'show_in_rest'      => array( 'schema' => settings_schema() ),
			)
		);
		$routes = array(
			array( 'POST', '/signing-key', 'manage_options', 'renew_signing_key' ),
			array( 'GET', HEALTH_ROUTE, 'view_site_health_checks', 'site_health_result' ),
		);
		foreach ( $routes as list( $method, $path, $right, $answer ) ) {
			register_rest_route(
				REST_NAMESPACE,
				$path,
				array(
					'methods'             => $method,
					'callback'            => __NAMESPACE__ . '\\' . $answer,
					'permission_callback' => static fn(): bool => current_user_can( $right ),
				)
			);
		}
	}
);

// The page shows the settings that count, and the defaults for what it does not get. Of damaged ones
// WordPress itself would show nothing at all, and the next save would lose what is still good.
add_filter(
	'rest_pre_get_setting',
	static function ( $value, string $name ) {
		if ( null !== $value || OPTION !== $name || is_newer( get_option( OPTION ) ) ) {
			return $value;
		}
		$settings = usable_settings( stored_settings() ?? get_option( OPTION ) ) + array( 'schemaVersion' => SCHEMA_VERSION );
		if ( defined( LOCKS ) ) {
			load( 'locks' );
			$settings = with_locks( $settings );
		}
		return $settings;
	},
	10,
	2
);

// Who has gone back to this version gets a reason, not a success that changed nothing.
add_filter(
	'rest_request_before_callbacks',
	static function ( $response, $handler, \WP_REST_Request $request ) {
		$writes = 'GET' !== $request->get_method() && '/wp/v2/settings' === $request->get_route() && $request->has_param( OPTION );
		return $writes && is_newer( get_option( OPTION ) )
			? new \WP_Error( 'app_inbox_newer_settings', newer_settings_sentence(), array( 'status' => 409 ) )
			: $response;
	},
	10,
	3
);
