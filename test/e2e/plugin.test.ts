import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DIST } from '../../build/paths.ts';
import { defaultSettings } from '../../src/settings/schema.ts';
import { startSite } from '../site/site.ts';
import { Visitor } from '../wordpress/visitor.ts';
import { running } from './running.ts';

const site = running(startSite);
let admin: Visitor;
let nonce: string;

beforeAll(async () => {
	admin = new Visitor(site.url);
	await admin.logIn('admin');
	nonce = await admin.nonce();
});

const OPTION = 'app_inbox_for_esputnik';

const save = (settings: object, by = admin, withNonce = nonce) =>
	by.fetch(`/wp-json/wp/v2/settings?_fields=${OPTION}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-wp-nonce': withNonce },
		body: JSON.stringify({ [OPTION]: settings }),
	});

describe('the settings over REST', () => {
	let stored: unknown;
	beforeAll(async () => (stored = await site.wordpress.option(OPTION)));

	it.each([
		['a bad script id', { scriptId: 'nope' }, 'scriptId'],
		['an id with a line feed', { scriptId: `${'A'.repeat(32)}\n` }, 'scriptId'],
		['http on a public host', { endpoint: 'http://example.com/app-inbox/token' }, 'endpoint'],
		['an endpoint with a password', { endpoint: 'https://a:b@example.com/token' }, 'endpoint'],
		['a foreign script host', { scriptHost: 'evil.example' }, 'scriptHost'],
		['a role’s name in HTML', { excludedRoles: ['<b>editor</b>'] }, 'excludedRoles'],
		['a flag that is a text', { features: { tracking: 'maybe' } }, 'tracking'],
		['a position that does not exist', { placement: { position: 'inside' } }, 'position'],
		['an unknown property', { apiKey: 'secret' }, 'apiKey'],
		['an unknown property of a group', { features: { push: true } }, 'push'],
	])('refuses %s, names the field, and changes nothing', async (_, change, field) => {
		const answer = await save(change);
		expect(answer.status).toBe(400);
		const { data } = (await answer.json()) as { data: { params: Record<string, string> } };
		expect(data.params[OPTION]).toContain(field);
		expect(await site.wordpress.option(OPTION)).toEqual(stored);
	});

	it('keeps what a request leaves out', async () => {
		const answer = await save({ language: 'uk', features: { tracking: true } });
		expect(answer.status).toBe(200);
		const expected = {
			...(stored as object),
			language: 'uk',
			features: { appInbox: true, recommendations: false, tracking: true },
		};
		expect(await site.wordpress.option(OPTION)).toEqual(expected);
		expect(await answer.json()).toEqual({ [OPTION]: expected });
		await save(stored as object);
	});

	it('replaces a list as a whole', async () => {
		await save({ excludedRoles: ['editor', 'author'] });
		await save({ excludedRoles: ['editor'] });
		expect(await site.wordpress.option(OPTION)).toMatchObject({ excludedRoles: ['editor'] });
		await save(stored as object);
	});

	it('is closed to everyone but administrators', async () => {
		const anna = new Visitor(site.url);
		await anna.logIn('anna');
		expect((await save({ language: 'pl' }, anna, await anna.nonce())).status).toBe(403);
		expect((await save({ language: 'pl' }, new Visitor(site.url), 'x')).status).toBe(403);
		expect(await site.wordpress.option(OPTION)).toEqual(stored);
	});
});

describe('what must never be anywhere', () => {
	it('the API key: not in pages, the database, logs, or what is built', async () => {
		const { apiKey } = site.esputnik;
		const anna = new Visitor(site.url);
		await anna.logIn('anna');
		const answer = await post(anna);
		expect(await answer.json()).toEqual({ token: expect.stringMatching(/.{20}/) });

		const places = new Map([
			['page', Buffer.from(await (await anna.fetch('/')).text())],
			[
				'settings page',
				Buffer.from(
					await (
						await admin.fetch(
							'/wp-admin/options-general.php?page=app-inbox-for-esputnik'
						)
					).text()
				),
			],
			['database', await readFile(site.wordpress.database())],
			['debug.log', Buffer.from(await site.wordpress.log())],
			['function’s log', Buffer.from(site.tokenFunction.output())],
			...(await filesOf(DIST)),
		]);
		const keyForms = [
			apiKey,
			Buffer.from(`user:${apiKey}`).toString('base64'),
			encodeURIComponent(apiKey),
		];
		for (const [place, bytes] of places) {
			for (const form of keyForms) {
				expect(bytes.includes(form), place).toBe(false);
			}
		}
		for (const place of ['page', 'function’s log', 'debug.log']) {
			expect(places.get(place)!.toString(), place).not.toMatch(/\w@example\.com/);
		}
		// WordPress keeps its users' addresses, of course; nothing of ours does.
		expect(
			await site.wordpress.run(`
			global $wpdb;
			echo implode( ' ', $wpdb->get_col( "SELECT option_value FROM $wpdb->options WHERE option_name LIKE '%app_inbox%'" ) );
		`)
		).not.toContain('@');
	});

	const post = async (visitor: Visitor) =>
		visitor.fetch('/app-inbox/token', {
			method: 'POST',
			headers: { origin: site.url, authorization: `Bearer ${await visitor.identity()}` },
		});

	async function filesOf(folder: string): Promise<[string, Buffer][]> {
		const names = await readdir(folder, { recursive: true });
		const files: [string, Buffer][] = [];
		for (const name of names) {
			if ((await stat(join(folder, name))).isFile()) {
				files.push([name, await readFile(join(folder, name))]);
			}
		}
		return files;
	}
});

describe('the plugin in WordPress', () => {
	it('stores complete defaults when it is activated, autoloaded', async () => {
		const out = await site.wordpress.run(`
			delete_option( '${OPTION}' );
			do_action( 'activate_app-inbox-for-esputnik/app-inbox-for-esputnik.php' );
			global $wpdb;
			$autoload = $wpdb->get_var( "SELECT autoload FROM $wpdb->options WHERE option_name = '${OPTION}'" );
			echo wp_json_encode( array( $autoload, get_option( '${OPTION}' ) ) );
		`);
		const [autoload, settings] = JSON.parse(out);
		expect(['yes', 'on', 'auto']).toContain(autoload);
		expect(settings).toEqual(defaultSettings());
	});

	it('adds nothing to a page before it is set up', async () => {
		const page = await (await fetch(site.url)).text();
		expect(page).not.toContain('app-inbox');
	});

	it('takes everything with it when it is deleted', async () => {
		const out = await site.wordpress.run(`
			AppInboxForESputnik\\load( 'identity' );
			AppInboxForESputnik\\signing_key();
			define( 'WP_UNINSTALL_PLUGIN', 'app-inbox-for-esputnik/app-inbox-for-esputnik.php' );
			include WP_PLUGIN_DIR . '/app-inbox-for-esputnik/uninstall.php';
			global $wpdb;
			echo $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->options WHERE option_name LIKE 'app_inbox%'" );
		`);
		expect(out).toBe('0');
	});

	it('leaves no notice in the log', async () => {
		expect(await site.wordpress.log()).toBe('');
	});
});
