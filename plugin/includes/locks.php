<?php
/**
 * The settings that wp-config.php sets, for sites whose set-up is kept in files:
 *
 *     define( 'APP_INBOX_FOR_ESPUTNIK', array( 'endpoint' => 'https://example.com/app-inbox/token' ) );
 *
 * They count before the stored ones, cannot be changed on the settings page, and are never stored.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/**
 * The valid ones by path, such as `features.tracking`, and a sentence for each that is ignored.
 *
 * @return array{values: array<string, mixed>, errors: string[]}
 */
function locks(): array {
	static $locks = null;
	if ( null === $locks ) {
		$locks = read_locks( constant( LOCKS ) );
	}
	return $locks;
}

/**
 * Reads such a constant by the schema of the settings.
 *
 * @param mixed $constant Whatever somebody wrote there.
 */
function read_locks( $constant ): array {
	$locks = array(
		'values' => array(),
		'errors' => array(),
	);
	if ( ! is_array( $constant ) ) {
		$locks['errors'][] = __( 'It is no array.', 'app-inbox-for-esputnik' );
		return $locks;
	}
	foreach ( $constant as $name => $value ) {
		$schema = 'schemaVersion' === $name ? null : settings_schema()['properties'][ $name ] ?? null;
		if ( ! $schema || 'object' !== $schema['type'] || ! is_array( $value ) ) {
			read_lock( $locks, (string) $name, $value, $schema );
			continue;
		}
		foreach ( $value as $part => $of_part ) {
			read_lock( $locks, "$name.$part", $of_part, $schema['properties'][ $part ] ?? null );
		}
	}
	return $locks;
}

/** Takes one value in, or says why not. */
function read_lock( array &$locks, string $path, $value, ?array $schema ): void {
	$verdict = $schema
		? rest_validate_value_from_schema( $value, $schema, $path )
		/* translators: %s: what somebody took for the name of a setting. */
		: new \WP_Error( 'unknown', sprintf( __( 'There is no setting “%s”.', 'app-inbox-for-esputnik' ), $path ) );
	if ( is_wp_error( $verdict ) ) {
		$locks['errors'][] = $verdict->get_error_message();
	} else {
		$locks['values'][ $path ] = rest_sanitize_value_from_schema( $value, $schema );
	}
}

/** These settings with those of wp-config.php in place of their own. A group that is not there has no parts to set. */
function with_locks( array $settings ): array {
	foreach ( locks()['values'] as $path => $value ) {
		list( $name, $part ) = explode( '.', $path ) + array( 1 => null );
		if ( null === $part ) {
			$settings[ $name ] = $value;
		} elseif ( isset( $settings[ $name ] ) ) {
			$settings[ $name ][ $part ] = $value;
		}
	}
	return $settings;
}

/** These settings with those of `$stored` where wp-config.php has the say. */
function without_locks( array $settings, array $stored ): array {
	foreach ( locks()['values'] as $path => $value ) {
		list( $name, $part ) = explode( '.', $path ) + array( 1 => null );
		if ( null === $part ) {
			$settings[ $name ] = $stored[ $name ];
		} else {
			$settings[ $name ][ $part ] = $stored[ $name ][ $part ];
		}
	}
	return $settings;
}

/** On the settings page: what of the constant is ignored. */
function lock_notice(): void {
	$errors = locks()['errors'];
	if ( $errors ) {
		printf(
			'<div class="notice notice-warning inline"><p>%s</p><ul class="ul-disc"><li>%s</li></ul></div>',
			esc_html__( 'wp-config.php sets APP_INBOX_FOR_ESPUTNIK, but not all of it can be used. What is wrong is ignored, and the settings below count instead:', 'app-inbox-for-esputnik' ),
			implode( '</li><li>', array_map( 'esc_html', $errors ) ) // phpcs:ignore WordPress.Security.EscapeOutput -- Each one is escaped.
		);
	}
}
