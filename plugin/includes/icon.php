<?php
/**
 * The bell's icon, made harmless before it is stored. The settings page has done so already; this is for
 * whatever else writes the option: WP-CLI, an import, a request that the page never made.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/**
 * These settings with a clean icon. One that is no SVG, or too long, becomes none.
 *
 * @param mixed $settings Whatever is about to be stored.
 * @return mixed
 */
function with_clean_icon( $settings ) {
	if ( ! is_array( $settings ) || ! is_array( $settings['placement'] ?? null ) || ! is_string( $settings['placement']['icon'] ?? null ) ) {
		return $settings;
	}
	$icon   = clean_icon( $settings['placement']['icon'] );
	$schema = settings_schema()['properties']['placement']['properties']['icon'];

	$settings['placement']['icon'] = is_wp_error( rest_validate_value_from_schema( $icon, $schema ) ) ? '' : $icon;
	return $settings;
}

/** Elements that go with what is in them: comments, processing instructions, and what is no drawing. */
const NO_DRAWING = '#<!--.*?-->|<[?].*?[?]>|<!\[CDATA\[.*?\]\]>|<(script|style|foreignObject|metadata|iframe)\b[^>]*(?<!/)>.*?</\1\s*>#is';

/** The drawing alone, by core's own wp_kses(). */
function clean_icon( string $source ): string {
	if ( ! preg_match( '#<svg[\s>].*</svg>#is', $source, $match ) ) {
		return '';
	}
	$parts   = require dirname( FILE ) . '/icon-parts.php';
	$allowed = array_fill_keys( $parts['attributes'], array( 'value_callback' => __NAMESPACE__ . '\points_inside' ) )
		+ array_fill_keys( $parts['links'], array( 'value_callback' => __NAMESPACE__ . '\is_part_of_icon' ) )
		+ array_fill_keys( $parts['namespaces'], array( 'value_callback' => __NAMESPACE__ . '\is_standard' ) );
	// What preg_replace() cannot read to its end is null: no icon.
	$drawing = (string) preg_replace( NO_DRAWING, '', $match[0] );
	$clean   = wp_kses(
		$drawing,
		array_fill_keys( array_map( 'strtolower', $parts['elements'] ), array_change_key_case( $allowed ) )
	);
	return spelt_as_svg( $clean, $parts['attributes'] );
}

/**
 * Puts back what wp_kses() does to the form of a tag: in WordPress 7.1 it writes attributes in lower case,
 * and a picture in a file of its own has no viewbox.
 *
 * @param string   $svg   What wp_kses() has made.
 * @param string[] $names Attributes in SVG's own spelling.
 */
function spelt_as_svg( string $svg, array $names ): string {
	$spelt = array_combine( array_map( 'strtolower', $names ), $names );
	return preg_replace_callback(
		'#<[a-z][^>]*>#i',
		static function ( array $tag ) use ( $spelt ): string {
			$attribute = static fn( array $name ): string => $spelt[ strtolower( $name[0] ) ] ?? $name[0];
			return str_replace( ' />', '/>', preg_replace_callback( '#(?<=\s)[a-z0-9:-]+(?==["\'])#i', $attribute, $tag[0] ) );
		},
		$svg
	);
}

/** What an attribute's text means: some versions of wp_kses() ask about it as it is written. */
function decoded( string $value ): string {
	return html_entity_decode( $value, ENT_QUOTES | ENT_HTML5 );
}

/** Whether a link names a part of the picture itself. */
function is_part_of_icon( string $value ): bool {
	return (bool) preg_match( '/^\s*#[\w.-]+\s*$/', decoded( $value ) );
}

/** Whether this is the address by which a standard calls itself: nobody asks it. */
function is_standard( string $value ): bool {
	return (bool) preg_match( '#^https?://www\.w3\.org/[\w/.-]*$#D', $value );
}

/** Whether a value loads nothing: `url(#shadow)` is the only call of its kind, and a backslash could hide another. */
function points_inside( string $value ): bool {
	$others = preg_replace( '/url\(\s*(["\']?)#[\w.-]+\1\s*\)/i', '', decoded( $value ) );
	return ! preg_match( '#\\\\|url\s*\(|image(-set)?\s*\(|src\s*\(|//|@import|javascript:|data:#i', $others );
}
