<?php
/**
 * On which pages the front end is.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/** Whether this page gets the front end. The same for every visitor: the page may be cached. */
function is_shown(): bool {
	$shown = ! is_feed() && ! is_embed() && ! is_robots() && ! is_favicon() && ! get_query_var( 'sitemap' )
		&& ! is_preview() && ! is_customize_preview() && ! is_amp() && ! is_hidden_by_editor();
	/**
	 * Filters whether the page that is being made gets the front end and the bell's place.
	 *
	 * @param bool $shown No in feeds, embeds, previews, the customiser, AMP, and where an editor said so.
	 */
	return (bool) apply_filters( 'app_inbox_for_esputnik_show', $shown );
}

/** The AMP plugin's word, by its new name or its old one. No script of ours may be on such a page. */
function is_amp(): bool {
	if ( ! did_action( 'wp' ) ) {
		return false; // They cannot know yet, and would complain.
	}
	return ( function_exists( 'amp_is_request' ) && amp_is_request() )
		|| ( ! function_exists( 'amp_is_request' ) && function_exists( 'is_amp_endpoint' ) && is_amp_endpoint() );
}

/** Only of single pages, whose meta WordPress has read already: another one would cost a query. */
function is_hidden_by_editor(): bool {
	return is_singular() && get_post_meta( get_queried_object_id(), HIDE_META, true );
}
