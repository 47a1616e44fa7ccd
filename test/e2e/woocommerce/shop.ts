/** A shop: a real WordPress with the stand-ins of WooCommerce and of eSputnik's own plugin for it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeedInput } from '../../esputnik/server.ts';
import { accountOf, INIT, snippetCode } from '../../esputnik/snippets.ts';
import { startSite, type Site } from '../../site/site.ts';

/** The calls of init that eSputnik's plugin has in its snippet, without and with an App Inbox of its own. */
export const PLAIN_INIT = INIT.bare;
export const INBOX_INIT = `eS('init', {APP_INBOX: true}, {getAuthTokenCallback: () => new YespoTracker().getAuthCallback(), language: 'en' })`;

export interface Shop extends Site {
	/** Stores the snippet that eSputnik's plugin prints: this init, in an element with these attributes. */
	setSnippet: (init: string, attributes?: string) => Promise<unknown>;
	/** What that plugin has sent to eSputnik since the last time. */
	sent: () => Promise<Array<{ what: string; externalCustomerId?: number; email?: string }>>;
}

export async function startShop(seed: SeedInput): Promise<Shop> {
	const source = (name: string) => readFile(join(import.meta.dirname, name), 'utf8');
	const [shop, plugin, events] = await Promise.all(
		['shop.php', 'vendor-plugin.php', 'vendor-events.js'].map(source)
	);
	const site = await startSite({
		foreignEsputnik: true,
		seed,
		muPlugin: shop!.replace('<?php', ''),
	});
	const put = (path: string, text: string) =>
		`file_put_contents( WP_PLUGIN_DIR . '/yespo-cdp/${path}', base64_decode( '${base64(text)}' ) );`;
	await site.wordpress.run(`
		require_once ABSPATH . 'wp-admin/includes/plugin.php';
		wp_mkdir_p( WP_PLUGIN_DIR . '/yespo-cdp/assets/build' );
		${put('yespo.php', plugin!)}
		${put('assets/build/plugin-public.js', events!)}
		wp_cache_delete( 'plugins', 'plugins' );
		$result = activate_plugin( 'yespo-cdp/yespo.php' );
		if ( is_wp_error( $result ) ) {
			throw new Exception( $result->get_error_message() );
		}
		add_role( 'customer', 'Customer', array( 'read' => true ) );
		foreach ( array( 2, 3 ) as $id ) {
			get_userdata( $id )->set_role( 'customer' );
		}
		foreach ( array(
			'my-account'     => '[shop_account]',
			'checkout'       => '[shop_checkout]',
			'order-received' => 'Thank you.',
			'kettle'         => 'A kettle.',
		) as $slug => $content ) {
			wp_insert_post( array(
				'post_type'    => 'page',
				'post_status'  => 'publish',
				'post_name'    => $slug,
				'post_title'   => $slug,
				'post_content' => "<!-- wp:shortcode -->$content<!-- /wp:shortcode -->",
			) );
		}
	`);
	const setSnippet = (init: string, attributes = '') => {
		const code = snippetCode(init, accountOf(site.esputnik.scriptUrl()));
		const html = JSON.stringify(`<script${attributes}>${code}</script>`);
		return site.wordpress.run(`
			$html = base64_decode( '${base64(html)}' );
			update_option( 'yespo_options', array( 'yespo_tracking_script' => $html ) );
		`);
	};
	await setSnippet(PLAIN_INIT);
	return {
		...site,
		setSnippet,
		async sent() {
			const sent = (await site.wordpress.option('test_sent')) ?? [];
			await site.wordpress.run(`delete_option( 'test_sent' );`);
			return sent as Awaited<ReturnType<Shop['sent']>>;
		},
	};
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
