<?php
/**
 * Brings settings that an older version of the plugin stored into the shape of this one, and says what is up with
 * those of a newer one.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/**
 * What made each version out of the one before, oldest first. A step is never changed once it is
 * released: sites may come from any version.
 *
 * @return array<int, callable(array): array>
 */
function migrations(): array {
	return array(
		// The first number. Builds from before it stored whatever settings they had.
		1 => static function ( array $settings ): array {
			$default  = settings_schema()['default'];
			$complete = array_replace( $default, array_intersect_key( $settings, $default ) );
			foreach ( array( 'features', 'placement' ) as $group ) {
				$own                = is_array( $complete[ $group ] ) ? $complete[ $group ] : array();
				$complete[ $group ] = array_replace( $default[ $group ], array_intersect_key( $own, $default[ $group ] ) );
			}
			return $complete;
		},
	);
}

/** Older settings as this version wants them; nothing is stored. */
function migrated( array $settings ): array {
	foreach ( migrations() as $version => $migrate ) {
		if ( schema_version_of( $settings ) < $version ) {
			$settings = array( 'schemaVersion' => $version ) + $migrate( $settings );
		}
	}
	return $settings;
}

/** Stores what is missing or of an older version, and nothing else. */
function migrate_settings(): void {
	$stored = get_option( OPTION );
	if ( false === $stored ) {
		// On a site of a network the plugin may never have been activated by itself.
		create_settings();
	} elseif ( is_array( $stored ) && schema_version_of( $stored ) < SCHEMA_VERSION ) {
		update_option( OPTION, migrated( $stored ) );
	}
}

function newer_settings_sentence(): string {
	return __( 'A newer version of this plugin wrote the settings, and this version cannot read them. Nothing is shown on your pages, and nothing can be saved, until you update the plugin.', 'app-inbox-for-esputnik' );
}
