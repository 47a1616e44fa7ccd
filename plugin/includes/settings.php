<?php
/**
 * The settings: one option, with the schema that the build writes.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

const OPTION = 'app_inbox_for_esputnik';

/**
 * The JSON Schema of the settings, with the defaults at its root. Read only where settings are
 * changed: never on a page of the site.
 */
function settings_schema(): array {
	static $schema = null;
	if ( null === $schema ) {
		$schema = wp_json_file_decode( dirname( FILE ) . '/settings.schema.json', array( 'associative' => true ) );
	}
	return $schema;
}

/** The stored settings, complete and valid; null before there are any. */
function settings(): ?array {
	$settings = get_option( OPTION );
	return is_array( $settings ) ? $settings : null;
}

/** From activation on the option exists, autoloaded: a missing one costs a query on every page. */
function create_settings(): void {
	add_option( OPTION, settings_schema()['default'] );
}

/**
 * A request may send some of the settings: the others keep their stored values.
 *
 * @param mixed $changes What the REST API has validated.
 */
function complete_settings( $changes ): array {
	$schema   = settings_schema();
	$settings = array_replace( $schema['default'], settings() ?? array() );
	foreach ( (array) $changes as $name => $value ) {
		$is_group          = 'object' === ( $schema['properties'][ $name ]['type'] ?? '' );
		$settings[ $name ] = $is_group ? array_replace( $settings[ $name ], (array) $value ) : $value;
	}
	return $settings;
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
	}
);
