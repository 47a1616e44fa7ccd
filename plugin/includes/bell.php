<?php
/**
 * The bell's place as a block and as the shortcode [app_inbox_bell]: an element that is the same for
 * every visitor, so that any page cache may keep it. A script beside it gives it the bell's size
 * where somebody is logged in, before the bell comes, and takes it away for guests.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

/** What the settings call it by, as a selector. */
const BELL_CLASS = 'app-inbox-bell';
const BELL_BLOCK = 'app-inbox-for-esputnik/bell';
const BELL_SIZE  = 44;

/**
 * Styles are set by the script, one by one: a content security policy may forbid style elements and
 * attributes, but not these. Only the first place on a page gets the bell; the others are none, and
 * so is the item that a menu puts one into. The text is always the same, so that a policy may name
 * its hash, and holds no character that a filter of contents would write in another way.
 */
const BELL_SCRIPT = '[].forEach.call(document.querySelectorAll(".' . BELL_CLASS . '"),function(bell,index){'
	. 'var style=bell.style,member=false;'
	. 'try{member=/(^|; )' . MARKER . '=[^;]/.test(document.cookie)}catch(refused){}'
	. 'if(index||!member)(bell.parentNode.matches(".wp-block-navigation-item")?bell.parentNode.style:style).display="none";'
	. 'else style.display="flex";'
	. 'style.alignItems="center";'
	. 'style.justifyContent=bell.classList.contains("aligncenter")?"center":"";'
	. 'style.boxSizing="content-box";'
	. 'style.minWidth=style.minHeight=bell.getAttribute("data-size")+"px"'
	. '})';

/**
 * The element and its script. Nothing is reserved as long as no bell can come; in feeds and wherever
 * else the front end is not, there is not even the element.
 *
 * @param string $attributes HTML attributes, escaped.
 */
function bell_html( string $attributes ): string {
	load( 'pages', 'front-end' );
	if ( ! is_shown() ) {
		return '';
	}
	$config = front_end_config();
	$script = $config && ( $config['features']['appInbox'] ?? true )
		? wp_get_inline_script_tag( BELL_SCRIPT, UNTOUCHED )
		: '';
	return "<div $attributes></div>" . trim( $script );
}

/**
 * The bell's width and height in pixels, within reason.
 *
 * @param mixed $size From a block or a shortcode.
 */
function bell_size( $size ): int {
	return is_numeric( $size ) ? max( 16, min( 120, (int) $size ) ) : BELL_SIZE;
}

function render_bell_block( array $attributes ): string {
	$own = array(
		'class'     => BELL_CLASS,
		'data-size' => bell_size( $attributes['size'] ?? BELL_SIZE ),
	);
	// Before WordPress 7.0 only blocks that are stored as HTML got their anchor by themselves.
	if ( '' !== ( $attributes['anchor'] ?? '' ) ) {
		$own['id'] = $attributes['anchor'];
	}
	return bell_html( get_block_wrapper_attributes( $own ) );
}

add_action(
	'init',
	static function (): void {
		// WordPress's own way to read block.json does much more than a page of the site needs.
		$block = require dirname( FILE ) . '/admin/block/block.php';
		register_block_type( BELL_BLOCK, array( 'render_callback' => __NAMESPACE__ . '\render_bell_block' ) + $block );
		add_shortcode(
			'app_inbox_bell',
			static function ( $attributes ): string {
				$size = bell_size( is_array( $attributes ) ? ( $attributes['size'] ?? BELL_SIZE ) : BELL_SIZE );
				return bell_html( sprintf( 'class="%s" data-size="%d"', BELL_CLASS, $size ) );
			}
		);
	}
);

// In editors only: no page of the site has to know this script.
add_action(
	'enqueue_block_editor_assets',
	static function (): void {
		$asset = require dirname( FILE ) . '/admin/block/index.asset.php';
		wp_enqueue_script( 'app-inbox-for-esputnik-bell', plugins_url( 'admin/block/index.js', FILE ), $asset['dependencies'], $asset['version'], true );
		wp_set_script_translations( 'app-inbox-for-esputnik-bell', 'app-inbox-for-esputnik', dirname( FILE ) . '/languages' );
	}
);

// Navigation menus take only blocks that they know (since WordPress 6.5 they can be told), and put
// what belongs to their list into an item of it.
if ( is_admin() ) {
	add_filter(
		'block_type_metadata',
		static function ( array $metadata ): array {
			if ( 'core/navigation' === ( $metadata['name'] ?? '' ) && isset( $metadata['allowedBlocks'] ) ) {
				$metadata['allowedBlocks'][] = BELL_BLOCK;
			}
			return $metadata;
		}
	);
}
add_filter(
	'block_core_navigation_listable_blocks',
	static fn( array $blocks ): array => array_merge( $blocks, array( BELL_BLOCK ) )
);
