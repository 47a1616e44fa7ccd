<?php
/**
 * The checkbox with which an editor keeps a page free of the front end: in the block editor's
 * sidebar, or in a box of the classic editor.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

const HIDE_NONCE = 'app_inbox_for_esputnik_hide_nonce';

/** The types of posts that have pages of their own. */
function types_with_pages(): array {
	return array_values( get_post_types( array( 'public' => true ) ) );
}

add_action(
	'rest_api_init',
	static function (): void {
		foreach ( types_with_pages() as $type ) {
			register_post_meta(
				$type,
				HIDE_META,
				array(
					'type'          => 'boolean',
					'description'   => __( 'No App Inbox on this page.', 'app-inbox-for-esputnik' ),
					'single'        => true,
					'default'       => false,
					'show_in_rest'  => true,
					'auth_callback' => static fn( $allowed, $key, $post ): bool => current_user_can( 'edit_post', $post ),
				)
			);
		}
	}
);

/** The REST API tells the editor of meta only where a type supports custom fields. */
function has_sidebar( string $type ): bool {
	return in_array( $type, types_with_pages(), true ) && post_type_supports( $type, 'custom-fields' );
}

add_action(
	'enqueue_block_editor_assets',
	static function (): void {
		$screen = get_current_screen();
		if ( ! $screen || 'post' !== $screen->base || ! has_sidebar( $screen->post_type ) ) {
			return;
		}
		$asset = require dirname( FILE ) . '/admin/editor/index.asset.php';
		wp_enqueue_script( 'app-inbox-for-esputnik-editor', plugins_url( 'admin/editor/index.js', FILE ), $asset['dependencies'], $asset['version'], true );
		wp_set_script_translations( 'app-inbox-for-esputnik-editor', 'app-inbox-for-esputnik', dirname( FILE ) . '/languages' );
	}
);

add_action(
	'add_meta_boxes',
	static function ( string $type ): void {
		if ( in_array( $type, types_with_pages(), true ) ) {
			add_meta_box(
				'app-inbox-for-esputnik',
				__( 'App Inbox', 'app-inbox-for-esputnik' ),
				__NAMESPACE__ . '\print_meta_box',
				$type,
				'side',
				'low',
				// The block editor shows it where it has no checkbox of its own.
				array( '__back_compat_meta_box' => has_sidebar( $type ) )
			);
		}
	}
);

function print_meta_box( \WP_Post $post ): void {
	wp_nonce_field( HIDE_META . $post->ID, HIDE_NONCE, false );
	printf(
		'<label><input type="checkbox" name="%s" value="1"%s> %s</label>',
		esc_attr( HIDE_META ),
		checked( (bool) get_post_meta( $post->ID, HIDE_META, true ), true, false ),
		esc_html__( 'No App Inbox on this page', 'app-inbox-for-esputnik' )
	);
}

/** Keeps what the box says. */
function save_meta_box( int $post_id ): void {
	// The form is about one post. Others are saved along with it: its revision, or a translation.
	if ( ! isset( $_POST[ HIDE_NONCE ] ) || ! wp_verify_nonce( sanitize_key( $_POST[ HIDE_NONCE ] ), HIDE_META . $post_id )
		|| ! current_user_can( 'edit_post', $post_id ) ) {
		return;
	}
	if ( isset( $_POST[ HIDE_META ] ) ) {
		update_post_meta( $post_id, HIDE_META, '1' );
	} else {
		delete_post_meta( $post_id, HIDE_META );
	}
}
add_action( 'save_post', __NAMESPACE__ . '\save_meta_box' );
// Media have pages too, and no "save_post".
add_action( 'edit_attachment', __NAMESPACE__ . '\save_meta_box' );
