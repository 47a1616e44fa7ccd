import type { EdgeLines } from './edge.ts';

/** What is peculiar about a real site: its files, its plugins, and what stands in front of it. */
export interface Situation {
	/** A file that wp-config.php begins with. */
	config?: string;
	/** A plugin. */
	plugin?: string;
	/** The `functions.php` of its theme. */
	functions?: string;
	edge?: EdgeLines;
	/**
	 * Where the token function asks WordPress. Default: at the site's address. `door`: through what is in
	 * front of the site, as from a computer of its own. `inner`: behind all that, under another name.
	 */
	asks?: 'door' | 'inner';
	/** Customers log in as the site is now, at its form. Default: before, since not each of these sites lets them. */
	logsIn?: true;
	/** The page on which customers come in. Default: the front page. */
	page?: string;
}

const BLANK = '?>\n\n\n';
const BOM = '\uFEFF';

/** As `output_buffering = Off` in php.ini: what is printed leaves at once, and the headers before it. */
const UNBUFFERED = 'while ( ob_get_level() ) { ob_end_clean(); }';

const PRINTING: Record<string, Situation> = {
	'wp-config.php ends with blank lines': { config: `<?php ${BLANK}` },
	'a plugin begins with a BOM and ends with blank lines': { plugin: `${BOM}<?php ${BLANK}` },
	'functions.php ends with blank lines': { functions: `<?php ${BLANK}` },
};

const REST_CLOSED_TO_GUESTS = `
	add_filter( 'rest_authentication_errors', static function ( $result ) {
		return is_user_logged_in() || $result ? $result : new WP_Error( 'rest_not_logged_in', 'Log in first.', array( 'status' => 401 ) );
	} );`;

/** Visitors of /uk/, and what their pages ask for, are told other addresses of the site. */
const translation = (filter: string) => `<?php
	$asked = $_SERVER['REQUEST_URI'] ?? '/';
	$page  = 0 === strpos( $asked, '/uk/' ) ? $asked : (string) parse_url( $_SERVER['HTTP_REFERER'] ?? '', PHP_URL_PATH );
	if ( 0 === strpos( $page, '/uk/' ) ) {
		$_SERVER['REQUEST_URI'] = preg_replace( '#^/uk(?=/)#', '', $asked );
		add_filter( 'redirect_canonical', '__return_false' );
		add_filter( '${filter}', static function ( $address ) {
			return preg_replace( '#^https?://[^/]+#', '$0/uk', $address );
		} );
	}`;

/** Those in which the customer has to have the bell, without anybody doing anything about it. */
export const SITUATIONS: Record<string, Situation> = {
	...PRINTING,
	...Object.fromEntries(
		Object.entries(PRINTING).map(([name, situation]) => [
			`${name}, and PHP buffers nothing`,
			{
				...situation,
				config: `<?php ${UNBUFFERED} ${situation.config?.replace('<?php ', '') ?? ''}`,
			},
		])
	),
	'customers are kept out of wp-admin, and of admin-ajax.php with it': {
		plugin: `<?php
			foreach ( array( 'init', 'admin_init' ) as $hook ) {
				add_action( $hook, static function () {
					if ( is_admin() && ! current_user_can( 'edit_posts' ) ) {
						wp_safe_redirect( home_url( '/about/' ) );
						exit;
					}
				} );
			}`,
	},
	'the server asks for a password before wp-admin': {
		edge: {
			visitors: `location /wp-admin/ {
				auth_basic "Staff";
				auth_basic_user_file /dev/null;
				proxy_pass http://site;
			}`,
		},
	},
	'the REST API is closed to guests': { plugin: `<?php ${REST_CLOSED_TO_GUESTS}` },
	'the REST API tells nobody but editors of users, not of themselves either': {
		plugin: `<?php
			add_filter( 'rest_pre_dispatch', static function ( $answer, $server, $request ) {
				return 0 === strpos( $request->get_route(), '/wp/v2/users' ) && ! current_user_can( 'edit_posts' )
					? new WP_Error( 'rest_forbidden', 'Not for you.', array( 'status' => 403 ) )
					: $answer;
			}, 10, 3 );`,
	},
	'a translation plugin filters home_url': { plugin: translation('home_url'), page: '/uk/' },
	'a translation plugin filters the option home': {
		plugin: translation('option_home'),
		page: '/uk/about/',
	},
	'a session ends where its browser or its address changes': {
		plugin: `<?php
			add_action( 'init', static function () {
				$token   = wp_get_session_token();
				$session = $token ? WP_Session_Tokens::get_instance( get_current_user_id() )->get( $token ) : null;
				if ( $session && array( $_SERVER['REMOTE_ADDR'], $_SERVER['HTTP_USER_AGENT'] ?? '' ) !== array( $session['ip'], $session['ua'] ) ) {
					wp_logout();
				}
			} );`,
		logsIn: true,
	},
	'the cookie of a login has another name': {
		config: `<?php define( 'LOGGED_IN_COOKIE', 'members' );`,
		logsIn: true,
	},
	'the site has the address at which it is asked, and the token function asks at another': {
		config: `<?php
			define( 'WP_HOME', 'http://' . ( $_SERVER['HTTP_HOST'] ?? 'localhost' ) );
			define( 'WP_SITEURL', WP_HOME );`,
		asks: 'inner',
		logsIn: true,
	},
	'guests see nothing but a login form': {
		plugin: `<?php
			foreach ( array( 'init', 'wp_loaded', 'template_redirect' ) as $hook ) {
				add_action( $hook, static function () {
					if ( ! is_user_logged_in() && 'wp-login.php' !== $GLOBALS['pagenow'] ) {
						auth_redirect();
					}
				} );
			}
			${REST_CLOSED_TO_GUESTS}`,
	},
	'guests see nothing but “coming soon”': {
		plugin: `<?php
			add_action( 'plugins_loaded', static function () {
				if ( ! is_user_logged_in() && 'wp-login.php' !== $GLOBALS['pagenow'] ) {
					status_header( 503 );
					exit( '<h1>Coming soon</h1>' );
				}
			}, 1 );`,
	},
	'every notice is displayed, and there are some at each step': {
		plugin: `<?php
			ini_set( 'display_errors', '1' );
			foreach ( array( 'muplugins_loaded', 'plugins_loaded', 'after_setup_theme', 'init', 'wp_loaded', 'admin_init', 'rest_api_init', 'shutdown' ) as $hook ) {
				add_action( $hook, static function () {
					trigger_error( 'Something is out of date.', E_USER_DEPRECATED );
				} );
			}`,
	},
	'a minifier takes all that is printed in hand, and signs it': {
		plugin: `<?php
			ob_start( static function ( $text ) {
				return preg_replace( array( '/<!--.*?-->/s', '/\\s*\\n\\s*/' ), array( '', "\\n" ), $text ) . '<!-- Minified -->';
			} );`,
	},
};

/** A rule that keeps what it should not: whatever the headers say, and whoever asked. */
export const KEEPS_EVERY_GET: Situation = {
	edge: {
		http: 'proxy_cache_path kept keys_zone=kept:1m;',
		visitors: `
			proxy_cache kept;
			proxy_cache_key $scheme$http_host$request_uri;
			proxy_cache_valid 200 1m;
			proxy_ignore_headers Cache-Control Expires Set-Cookie Vary X-Accel-Expires;`,
	},
};

/** A firewall that counts the requests of each address, and answers with a page above two a minute. */
export const COUNTS_REQUESTS: Situation = {
	edge: {
		http: 'limit_req_zone $binary_remote_addr zone=counted:1m rate=2r/m;',
		tokenFunction: 'limit_req zone=counted;',
	},
	asks: 'door',
};

/** One that has counted enough before the token function's first request. */
export const STOPS_REQUESTS: Situation = {
	edge: { tokenFunction: 'location = / { return 503; }' },
	asks: 'door',
};
