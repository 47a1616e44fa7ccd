/**
 * What page builders, translations, “coming soon” pages, login walls, security, membership and speed
 * plugins do to a request before ours is answered, in few lines each: which hook they use and what they
 * look at is as in the plugins that are around.
 */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { KEYS_URL } from '../../src/settings/frontend-config.ts';
import { Visitor } from '../wordpress/visitor.ts';
import { askIdentity, JWT, MARKER, markerIn, STALE, startBesideOthers, whole } from './answers.ts';
import { running } from './running.ts';

const site = running(startBesideOthers);
let anna: Visitor;
let keysText: string;

beforeAll(async () => {
	anna = new Visitor(site.url);
	await anna.logIn('anna');
	keysText = (await whole(await fetch(site.url + KEYS_URL))).text;
	expect(JSON.parse(keysText)).toHaveProperty('keys');
});
afterEach(() => site.others(''));

/** PHP that runs at this moment, before all others that listen. */
const at = (hook: string, code: string) =>
	`add_action( '${hook}', static function () { ${code} }, PHP_INT_MIN );`;

const HOOKS = ['plugins_loaded', 'setup_theme', 'after_setup_theme', 'init', 'wp_loaded'];
/** Of what WordPress does for its pages: ours are answered before. */
const LATER = ['parse_request', 'send_headers', 'wp', 'template_redirect', 'get_header'];

const PRINTS = `echo "\\u{feff}\\r\\n\\n <!-- built with love --><b>Notice</b>: Undefined index in theme.php\\n";`;
const SENDS = `
	status_header( 503 );
	header( 'Location: /fr/' );
	header( 'Retry-After: 600' );
	header( 'Cache-Control: public, max-age=3600' );
	header( 'Content-Encoding: gzip' );
	header( 'Content-Length: 3' );
	header( 'Content-Type: text/html' );
	header( 'WWW-Authenticate: Basic realm="x"' );
`;
/** Does it to people, but not to what scripts ask for. */
const toPeople = (code: string) => `if ( wp_doing_ajax() || wp_doing_cron() ) { return; } ${code}`;
const COMING_SOON = `status_header( 503 ); echo '<h1>Coming soon</h1>'; exit;`;
const LOGIN = `if ( ! is_user_logged_in() ) { wp_redirect( wp_login_url() ); exit; }`;

const OTHERS: [what: string, php: string][] = [
	...HOOKS.map((hook): [string, string] => [
		`prints and sends headers at ${hook}`,
		at(hook, PRINTS + SENDS),
	]),
	// Some of WordPress's functions for it are not there yet.
	['sends headers before all plugins', SENDS.replace('status_header', 'http_response_code')],
	['does so with the page', LATER.map((hook) => at(hook, `${PRINTS} ${SENDS} exit;`)).join(' ')],
	['prints in the end', at('shutdown', PRINTS)],
	[
		'sends the headers of no answer',
		at('init', `nocache_headers(); header( 'HTTP/1.1 404 Not Found' );`),
	],
	[
		'shows a warning',
		at('init', `ini_set( 'display_errors', '1' ); echo $nothing_of_that_name;`),
	],
	[
		'opens buffers in buffers',
		`ob_start(); echo 'a'; ${at('init', `ob_start(); echo 'b'; ob_start(); echo 'c';`)}`,
	],
	['compresses', at('init', `ob_start( 'ob_gzhandler' ); echo 'a';`)],
	['lets PHP compress', `ini_set( 'zlib.output_compression', '1' );`],
	[
		'changes the whole page',
		at('init', `ob_start( static fn( $page ) => strtoupper( $page ) ); echo 'a';`),
	],
	[
		'minifies and caches the whole page',
		at(
			'wp_loaded',
			`
		ob_start( static function ( $page ) {
			header( 'X-Cache: stored' );
			header( 'Cache-Control: public' );
			return "<!-- cached -->$page";
		} );
	`
		),
	],
	[
		'replaces all buffers by its own',
		at(
			'init',
			`
		while ( ob_get_level() ) {
			ob_end_clean();
		}
		ob_start( static fn( $page ) => '<!-- translated -->' . $page );
	`
		),
	],
	[
		'filters what WordPress sends',
		`
		add_filter( 'nocache_headers', static fn() => array( 'Cache-Control' => 'public, max-age=60' ) );
		add_filter( 'status_header', static fn() => 'HTTP/1.1 503 Service Unavailable' );
		add_filter( 'wp_headers', static fn( $headers ) => array( 'Location' => '/' ) + $headers );
		add_filter( 'wp_die_ajax_handler', static fn() => static function () { exit( 'died' ); } );
	`,
	],
	[
		'gives each language its own address',
		`
		foreach ( array( 'home_url', 'option_home' ) as $name ) {
			add_filter( $name, static fn( $url ) => "$url/fr" );
		}
	`,
	],
	...['plugins_loaded', 'init', 'wp_loaded', 'template_redirect'].map(
		(hook): [string, string] => [
			`sends each to their language at ${hook}`,
			at(hook, toPeople(`wp_redirect( '/fr/', 302 ); exit;`)),
		]
	),
	['sends to the language by the request', at('parse_request', `wp_redirect( '/fr/' ); exit;`)],
	...['init', 'template_redirect'].map((hook): [string, string] => [
		`has a login wall at ${hook}`,
		at(hook, toPeople(LOGIN)),
	]),
	['has a login wall that knows no scripts', at('template_redirect', LOGIN)],
	['is a private site', at('get_header', LOGIN)],
	[
		'is coming soon at init',
		at('init', toPeople(`if ( ! current_user_can( 'manage_options' ) ) { ${COMING_SOON} }`)),
	],
	[
		'is coming soon for all but editors when all is loaded',
		`add_action( 'wp_loaded', static function () { if ( ! current_user_can( 'edit_posts' ) ) { ${COMING_SOON} } } );`,
	],
	['is coming soon with the page', at('template_redirect', COMING_SOON)],
	['has members only', at('wp', `wp_die( 'Members only', 403 );`)],
	[
		'closes the REST API',
		`
		add_filter( 'rest_authentication_errors', static fn() => new WP_Error( 'closed', '', array( 'status' => 401 ) ) );
		add_filter( 'rest_endpoints', '__return_empty_array' );
		remove_all_actions( 'rest_api_init' );
		${at('init', `remove_action( 'parse_request', 'rest_api_loaded' );`)}
	`,
	],
	[
		'keeps customers out of wp-admin and admin-ajax.php',
		at('admin_init', `wp_redirect( '/' ); exit;`),
	],
	[
		'takes away what it does not know in an address',
		at('setup_theme', `$_GET = $_REQUEST = array(); $_SERVER['QUERY_STRING'] = '';`),
	],
];

describe('both answers are as they are alone where other code on the site', () => {
	it.each(OTHERS)('%s', async (_, php) => {
		await site.others(php);
		const guest = new Visitor(site.url);
		guest.cookies.set(MARKER, STALE);
		const [identity, none, keys] = await Promise.all([
			askIdentity(anna),
			askIdentity(guest),
			whole(await fetch(site.url + KEYS_URL)),
		]);
		expect(identity.text).toMatch(JWT);
		expect([keys.text, keys.status]).toEqual([keysText, 200]);
		expect([none.text, none.status, markerIn(none)]).toEqual(['', 204, '']);
		expect(identity.status).toBe(200);
		expect(identity.headers.get('content-type')).toBe('text/plain; charset=utf-8');
		expect(keys.headers.get('content-type')).toBe('application/jwk-set+json');
		expect(keys.headers.get('cache-control')).toBe('public, max-age=300');
		for (const { headers } of [identity, none]) {
			expect(headers.get('cache-control')).toBe('no-store');
		}
		for (const { headers } of [identity, none, keys]) {
			for (const name of [
				'location',
				'retry-after',
				'content-encoding',
				'x-cache',
				'www-authenticate',
			]) {
				expect([name, headers.get(name)]).toEqual([name, null]);
			}
		}
	});

	it('sets cookies: the visitor’s own answer keeps them, and the keys have none', async () => {
		await site.others(at('muplugins_loaded', `setcookie( 'session_of_another', '1' );`));
		const [identity, keys] = await Promise.all([
			askIdentity(anna),
			fetch(site.url + KEYS_URL).then(whole),
		]);
		expect(identity.text).toMatch(JWT);
		expect(identity.headers.getSetCookie()).toEqual(['session_of_another=1']);
		expect(keys.headers.getSetCookie()).toEqual([]);
	});
});

it('what was sent before any plugin was read stays, and each answer stands in it whole', async () => {
	await site.others(`${PRINTS} while ( ob_get_level() ) { ob_end_flush(); } flush();`);
	const [identity, keys] = await Promise.all([
		askIdentity(anna),
		fetch(site.url + KEYS_URL).then(whole),
	]);
	expect(identity.text).toMatch(/^[^]+theme\.php\n[\w-]+\.[\w-]+\.[\w-]{86}$/);
	expect(keys.text).toMatch(/^[^]+theme\.php\n\{"keys":\[\{[^\]]+\}\]\}$/);
});

describe('who is kept out by code that asks about nothing but the visitor', () => {
	it.each([
		['guests, at init', at('init', LOGIN)],
		['guests, when all is loaded', at('wp_loaded', LOGIN)],
		[
			'guests, before the site is there',
			at('init', `if ( ! is_user_logged_in() ) { ${COMING_SOON} }`),
		],
	])('%s: a customer has a credential, and the function its keys', async (_, php) => {
		await site.others(php);
		expect((await askIdentity(anna)).text).toMatch(JWT);
		expect((await askIdentity(new Visitor(site.url))).text).not.toMatch(JWT);
		expect((await whole(await fetch(site.url + KEYS_URL))).text).toBe(keysText);
	});

	// Whoever has to show a second factor first, or has paid nothing, is not yet whom the login says.
	it.each([
		['a second factor is due', `wp_redirect( '/second-factor/' ); exit;`],
		['an account is to be confirmed', `wp_die( 'Confirm your address first.', 403 );`],
		[
			'all sessions but one are ended',
			`wp_destroy_current_session(); wp_set_current_user( 0 );`,
		],
	])('a customer of whom %s: no credential', async (_, code) => {
		const customer = new Visitor(site.url);
		await customer.logIn('bohdan');
		await site.others(at('init', `if ( is_user_logged_in() ) { ${code} }`));
		const answer = await askIdentity(customer);
		expect(answer.status).not.toBe(200);
		expect(answer.text).not.toContain(customer.cookies.get(MARKER) ?? 'eyJ');
		expect((await whole(await fetch(site.url + KEYS_URL))).text).toBe(keysText);
	});
});
