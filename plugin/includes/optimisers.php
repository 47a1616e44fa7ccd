<?php
/**
 * Optimisers that delay, defer or combine scripts, where there is one: they are asked to leave the
 * front end where it is, first in the head. It works as well when they do not listen, only later.
 * Attributes of the script say the same to Cloudflare's Rocket Loader, LiteSpeed, Autoptimize and WP
 * Rocket.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/** What a script is known by, for those who compare contents. */
const FRONT_END_CALL = 'appInbox.init';

// Lists of texts; some are null as long as nobody has added to them.
foreach (
	array(
		'rocket_delay_js_exclusions',
		'rocket_defer_inline_exclusions',
		'rocket_excluded_inline_js_content',
		'litespeed_optimize_js_excludes',
		'litespeed_optm_js_defer_exc',
		'litespeed_optm_gm_js_exc',
		'sgo_javascript_combine_excluded_inline_content',
		'perfmatters_delay_js_exclusions',
	) as $app_inbox_filter
) {
	add_filter(
		$app_inbox_filter,
		static fn( $texts ): array => array_merge( array_filter( (array) $texts ), array( FRONT_END_CALL ) )
	);
}

// One text, with commas.
add_filter(
	'autoptimize_filter_js_exclude',
	static fn( $texts ): string => implode( ',', array_filter( array( is_string( $texts ) ? $texts : '', FRONT_END_CALL ) ) )
);
