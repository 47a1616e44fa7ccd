<?php
/**
 * What Settings → Privacy suggests for the site's policy.
 *
 * There is no exporter and no eraser of personal data: the plugin stores nothing about anybody. What
 * is known about a visitor is in WordPress's own account, or with eSputnik.
 *
 * @package AppInboxForESputnik
 */

namespace AppInboxForESputnik;

defined( 'ABSPATH' ) || exit;

add_action(
	'admin_init',
	static function (): void {
		wp_add_privacy_policy_content( __( 'App Inbox for eSputnik', 'app-inbox-for-esputnik' ), wp_kses_post( privacy_text() ) );
	}
);

function privacy_text(): string {
	$paragraphs = array(
		__( 'If you log in, we show you personal messages behind a bell. For that our pages load a script of our service provider eSputnik (Yespo), and your browser asks eSputnik for your messages. eSputnik thereby gets your IP address and what your browser says about itself.', 'app-inbox-for-esputnik' ),
		__( 'On each page that it is on, this script tells eSputnik that the page was opened, and it sets a cookie named sc. What our pages tell it about you, for example with an order, it keeps, also after you log out.', 'app-inbox-for-esputnik' ),
		__( 'So that you see your own messages and nobody else’s, a program of ours tells eSputnik the number of your account here and your e-mail address. It gives your browser a key to your messages, which is good for a short time and is not kept.', 'app-inbox-for-esputnik' ),
		__( 'When you log in, we set a cookie named app_inbox_user. Its value changes with each login and says nothing about you; it only tells our pages that somebody is logged in. It ends with your login. As long as a tab is open, your browser also keeps in it the proof of who you are, for our program.', 'app-inbox-for-esputnik' ),
		__( 'With your consent, where it is asked for, eSputnik also records what else you do on our pages, and recommends products by that.', 'app-inbox-for-esputnik' ),
		__( 'eSputnik’s privacy policy: https://esputnik.com', 'app-inbox-for-esputnik' ),
	);
	return '<p class="privacy-policy-tutorial">'
		. esc_html__( 'Take out what does not fit: the paragraph that begins with your consent, if you have not switched on tracking or recommendations.', 'app-inbox-for-esputnik' )
		. '</p><p>' . implode( '</p><p>', array_map( 'esc_html', $paragraphs ) ) . '</p>';
}
