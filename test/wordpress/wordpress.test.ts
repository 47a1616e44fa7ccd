import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Visitor } from './visitor.ts';
import { startWordPress, type WordPress } from './wordpress.ts';

const minutes = 60_000;
vi.setConfig({ testTimeout: minutes });

/** Notes every address that WordPress really asks, after its own refusals. */
const recorder = `<?php
add_action( 'requests-requests.before_request', function ( $url ) {
	file_put_contents( WP_CONTENT_DIR . '/asked.txt', $url . "\\n", FILE_APPEND );
} );`;

describe('a WordPress of its own', () => {
	let wordpress: WordPress;
	beforeAll(async () => {
		wordpress = await startWordPress({ muPlugin: recorder });
	}, 6 * minutes);
	afterAll(() => wordpress?.stop());

	test('is the version that was asked for, on the PHP that was asked for', async () => {
		expect(wordpress.version).toMatch(/^6\.5\./);
		expect(wordpress.php).toMatch(/^8\.3\./);
		expect(await wordpress.run('echo function_exists("sodium_crypto_sign_detached");')).toBe(
			'1'
		);
	});

	test('has an administrator and two subscribers', async () => {
		const users = await wordpress.run(`
			foreach ( get_users( array( 'orderby' => 'ID' ) ) as $user ) {
				echo $user->ID, ' ', $user->user_login, ' ', $user->user_email, ' ', $user->roles[0], "\\n";
			}`);
		expect(users.trim().split('\n')).toEqual([
			'1 admin admin@example.com administrator',
			'2 anna anna@example.com subscriber',
			'3 bohdan bohdan@example.com subscriber',
		]);
	});

	test('welcomes visitors with a shop that needs nothing from elsewhere', async () => {
		const response = await fetch(wordpress.url, { redirect: 'manual' });
		const page = await response.text();
		expect(response.status).toBe(200);
		for (const text of ['Kavarnia', 'Welcome to Kavarnia', 'Shop news', 'About us']) {
			expect(page).toContain(text);
		}
		expect(page).toMatch(/<header[^]*<nav/);

		const loaded = [...page.matchAll(/(?:src|href)=["']([^"']+\.(?:js|css|woff2)[^"']*)/g)]
			.concat([...page.matchAll(/url\(["']?([^)"']+\.woff2)/g)])
			.map(([, address = '']) => new URL(address, wordpress.url).href);
		expect(loaded.some((address) => address.includes('.woff2'))).toBe(true);
		for (const address of new Set(loaded)) {
			expect(address.startsWith(`${wordpress.url}/`), address).toBe(true);
			expect((await fetch(address)).status, address).toBe(200);
		}
		expect(page).not.toMatch(/gravatar|s\.w\.org/);
	});

	test('has pretty permalinks', async () => {
		for (const address of ['/news/', '/shop-news/', '/about/', '/wp-json/', '/?rest_route=/']) {
			const response = await fetch(wordpress.url + address, { redirect: 'manual' });
			expect(response.status, address).toBe(200);
		}
		expect((await fetch(`${wordpress.url}/nothing-here/`)).status).toBe(404);
	});

	test('keeps the sessions of two browsers apart', async () => {
		const [anna, bohdan, guest] = [0, 1, 2].map(() => new Visitor(wordpress.url)) as [
			Visitor,
			Visitor,
			Visitor,
		];
		const login = await anna.logIn('anna');
		expect(login.status).toBe(302);
		expect(login.headers.getSetCookie().length).toBeGreaterThanOrEqual(3);
		expect([...anna.cookies.keys()].join()).toMatch(/wordpress_logged_in_/);
		await bohdan.logIn('bohdan');

		const me = '/wp/v2/users/me?context=edit&_fields=id,email,code';
		expect(await anna.rest(me)).toEqual({
			status: 200,
			body: { id: 2, email: 'anna@example.com' },
		});
		expect(await bohdan.rest(me)).toEqual({
			status: 200,
			body: { id: 3, email: 'bohdan@example.com' },
		});
		expect(await guest.nonce()).toBe('0');
		expect(guest.cookies.size).toBe(0);
	});

	test('answers two requests at the same time', async () => {
		const slow = wordpress.run('sleep( 3 ); echo "done";').then(() => 'slow');
		const quick = fetch(`${wordpress.url}/?rest_route=/wp/v2/types`).then(() => 'quick');
		expect(await Promise.race([slow, quick])).toBe('quick');
		await slow;
	});

	test('runs PHP and says what went wrong', async () => {
		expect(await wordpress.run('<?php echo get_bloginfo( "name" );')).toBe('Kavarnia');
		expect(await wordpress.option('blogdescription')).toBe('Coffee roasted in Lviv');
		expect(await wordpress.option('no_such_option')).toBeNull();
		await expect(wordpress.run('nothing_of_that_name();')).rejects.toThrow(
			/^PHP: Error: Call to undefined function nothing_of_that_name\(\)/
		);
		await expect(wordpress.run('echo 1 +;')).rejects.toThrow(/^PHP: ParseError/);
		await expect(wordpress.run('function add_action() {}')).rejects.toThrow(/redeclare/);
	});

	test('is there for this computer only', async () => {
		const elsewhere = Object.values(networkInterfaces())
			.flat()
			.find((address) => address?.family === 'IPv4' && !address.internal);
		if (!elsewhere) {
			return;
		}
		const outcome = await new Promise((resolve) => {
			connect(Number(new URL(wordpress.url).port), elsewhere.address)
				.on('connect', () => resolve('connected'))
				.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
		});
		expect(outcome).toBe('ECONNREFUSED');
	});

	test('asks nobody outside, but this computer, and logs nothing, while an administrator works', async () => {
		const log = await wordpress.log();
		expect(log.replace(/.*(redeclare|nothing_of_that_name).*\n?/g, '')).toBe('');

		const admin = new Visitor(wordpress.url);
		await admin.logIn('admin');
		for (const page of ['', 'update-core.php', 'plugins.php', 'options-general.php']) {
			expect((await admin.fetch(`/wp-admin/${page}`)).status, page).toBe(200);
		}
		expect((await wordpress.log()).slice(log.length)).toBe('');

		const server = createServer((_, answer) => answer.end()).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const neighbour = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		const fetchFrom = (url: string) => `
			$answer = wp_remote_get( '${url}' );
			echo is_wp_error( $answer ) ? $answer->get_error_code() : wp_remote_retrieve_response_code( $answer );`;
		expect(await wordpress.run(fetchFrom('https://example.com/'))).toBe(
			'http_request_not_executed'
		);
		expect(await wordpress.run(fetchFrom(neighbour))).toBe('200');
		const asked = await wordpress.run(
			'echo file_get_contents( WP_CONTENT_DIR . "/asked.txt" );'
		);
		expect(asked.trim().split('\n')).toEqual([neighbour]);
		server.closeAllConnections();
		server.close();
	});

	test('has a database in one file', () => {
		expect(existsSync(wordpress.database())).toBe(true);
	});

	test(
		'says in one line why it cannot start',
		async () => {
			await expect(startWordPress({ version: '5.0' })).rejects.toThrow(
				'There is no WordPress 5.0 here: choose 6.3, 6.4, 6.5, 6.8, 7.1, latest.'
			);
			await expect(startWordPress({ php: '7.3' })).rejects.toThrow(
				/^PHP 7\.3 is not installed here: choose .*\b8\.3\b.*npm ci --prefix test\/php-versions/
			);
			await expect(
				startWordPress({ port: Number(new URL(wordpress.url).port) })
			).rejects.toThrow(/^Port \d+ is in use/);
		},
		minutes
	);
});

describe('a WordPress behind a reverse proxy, with a plugin', () => {
	let wordpress: WordPress;
	let proxy: Server;
	let siteUrl: string;
	let plugin: string;
	beforeAll(async () => {
		plugin = await mkdtemp(path.join(tmpdir(), 'plugin-'));
		await writeFile(
			path.join(plugin, 'main.php'),
			"<?php\n/**\n * Plugin Name: A plugin\n */\nregister_activation_hook( __FILE__, function () { update_option( 'activated', 'yes' ); } );"
		);
		// It hands everything on as it is, Host included.
		proxy = createServer((incoming, outgoing) => {
			const { method, url, headers } = incoming;
			incoming.pipe(
				request(wordpress.url + url, { method, headers, setHost: false }, (answer) => {
					outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
					answer.pipe(outgoing);
				}).on('error', () => outgoing.destroy())
			);
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		siteUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
		wordpress = await startWordPress({
			siteUrl,
			plugin,
			siteTitle: 'Kavarnia & friends',
			settings: { scriptId: "it's", features: { appInbox: true } },
		});
	}, 6 * minutes);
	afterAll(async () => {
		await wordpress?.stop();
		proxy?.closeAllConnections();
		await new Promise((resolve) => proxy?.close(resolve));
		await rm(plugin, { recursive: true });
	});

	test('the plugin is active and set up', async () => {
		expect(await wordpress.option('activated')).toBe('yes');
		expect(await wordpress.option('app_inbox_for_esputnik')).toEqual({
			scriptId: "it's",
			features: { appInbox: true },
		});
	});

	test('pages, redirects and logins belong to the outer address', async () => {
		const page = await fetch(siteUrl, { redirect: 'manual' });
		expect(page.status).toBe(200);
		const html = await page.text();
		expect(html).toContain('Kavarnia &amp; friends');
		expect(html).toContain(`${siteUrl}/wp-`);
		expect(html).not.toContain(wordpress.url);

		const anna = new Visitor(siteUrl);
		const login = await anna.logIn('anna');
		expect(login.headers.get('location')).toBe(`${siteUrl}/wp-admin/profile.php`);
		expect((await anna.fetch('/wp-admin/profile.php')).status).toBe(200);
		const unslashed = await anna.fetch('/news');
		expect(unslashed.headers.get('location')).toBe(`${siteUrl}/news/`);
	});

	test('nothing remains after the end', async () => {
		const database = wordpress.database();
		await wordpress.stop();
		await wordpress.stop();
		expect(existsSync(database)).toBe(false);
		await expect(fetch(wordpress.url)).rejects.toThrow();
		await expect(wordpress.run('echo 1;')).rejects.toThrow('WordPress has been stopped.');
	});
});
