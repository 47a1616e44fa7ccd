import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ICONS } from '../../src/admin/sections/icons.ts';
import { defaultSettings, SCHEMA_VERSION, type Settings } from '../../src/settings/schema.ts';
import { CLEAN, dangers, HOSTILE, PATH, svg } from '../admin/icons.ts';
import { startSite } from '../site/site.ts';
import { Visitor } from '../wordpress/visitor.ts';
import { running } from './running.ts';
import { SETTINGS_PAGE } from './settings-page.ts';

const OPTION = 'app_inbox_for_esputnik';

describe('what the database has for settings', () => {
	const site = running(() => startSite());
	let admin: Visitor;
	let stored: Settings;

	beforeAll(async () => {
		admin = new Visitor(site.url);
		await admin.logIn('admin');
		stored = (await site.wordpress.option(OPTION)) as Settings;
	});

	/** Stores them, or what a PHP expression makes of `$it`. */
	const store = (settings: unknown, php = '$it') =>
		site.wordpress.run(
			`$it = json_decode( base64_decode( '${Buffer.from(JSON.stringify(settings)).toString('base64')}' ), true );
			update_option( '${OPTION}', ${php} );`
		);
	const option = () => site.wordpress.option(OPTION);
	const frontPage = async () => (await fetch(site.url)).text();
	const save = (settings: object | null) =>
		admin.rest(`/wp/v2/settings?_fields=${OPTION}`, {
			method: 'POST',
			body: { [OPTION]: settings },
		});
	const annaLoggedIn = async () => {
		const anna = new Visitor(site.url);
		await anna.logIn('anna');
		return anna;
	};

	describe('an update', () => {
		const old = Object.fromEntries(
			Object.entries(defaultSettings()).filter(
				([name]) => name !== 'schemaVersion' && name !== 'consent'
			)
		);
		const early = () => ({
			...old,
			scriptId: stored.scriptId,
			endpoint: stored.endpoint,
			features: { appInbox: true, tracking: true },
			gone: 'with the build that had it',
		});
		const complete = () => ({
			...defaultSettings(),
			scriptId: stored.scriptId,
			endpoint: stored.endpoint,
			features: { appInbox: true, recommendations: false, tracking: true },
		});
		afterAll(() => store(stored));

		it('shows the inbox with old settings before anybody opens the admin area', async () => {
			await store(early());
			expect(await frontPage()).toContain('appInbox.init(');
			expect(await option()).toEqual(early());
		});

		it.each([
			['the admin area', '/wp-admin/profile.php', 200],
			// Without a nonce it is refused, and they are made whole all the same.
			['the REST API', '/wp-json/wp/v2/settings', 401],
		])('%s makes them the first version, complete', async (_name, path, status) => {
			await store(early());
			expect((await admin.fetch(path)).status).toBe(status);
			expect(await option()).toEqual(complete());
		});

		it('stores nothing where there is nothing to do', async () => {
			const odd = { ...stored, more: 'kept' };
			await store(odd);
			await admin.fetch('/wp-admin/profile.php');
			await fetch(`${site.url}/wp-json/wp/v2/settings`);
			expect(await option()).toEqual(odd);
		});

		it('makes the settings where there are none', async () => {
			await site.wordpress.run(`delete_option( '${OPTION}' );`);
			await admin.fetch('/wp-admin/profile.php');
			expect(await option()).toEqual(defaultSettings());
		});
	});

	describe('going back to this version after a newer one', () => {
		const newer = { schemaVersion: SCHEMA_VERSION + 1, account: { script: 'abc' } };
		beforeAll(() => store(newer));
		afterAll(() => store(stored));

		it('shows nothing, and marks and signs for nobody', async () => {
			expect(await frontPage()).not.toContain('app-inbox');
			const anna = await annaLoggedIn();
			expect(anna.cookies.has('app_inbox_user')).toBe(false);
			expect(await anna.identity()).toBe('');
		});

		it('says so on the settings page, which has no form', async () => {
			const page = await (await admin.fetch(SETTINGS_PAGE)).text();
			expect(page).toContain('A newer version of this plugin wrote the settings');
			expect(page).not.toContain('admin/index.js');
			expect(page).not.toContain('id="app-inbox-for-esputnik-admin"');
		});

		it.each([{ language: 'uk' }, defaultSettings(), null])(
			'refuses to save %j, and says why',
			async (settings) => {
				const answer = await save(settings);
				expect(answer.status).toBe(409);
				expect(answer.body.message).toContain('until you update the plugin');
				expect(await option()).toEqual(newer);
			}
		);

		it('lets nothing else change them', async () => {
			await admin.fetch('/wp-admin/plugins.php');
			await admin.rest('/wp/v2/settings', { method: 'POST', body: { title: 'Kavarnia' } });
			await site.wordpress.run(
				`do_action( 'activate_app-inbox-for-esputnik/app-inbox-for-esputnik.php' ); rest_get_server(); update_option( '${OPTION}', array( 'language' => 'pl' ) );`
			);
			expect(await option()).toEqual(newer);
		});
	});

	describe('settings that something else damaged in the database', () => {
		afterAll(() => store(stored));

		it.each<[string, (whole: Settings) => unknown, php?: string]>([
			['roles with names', (whole) => ({ ...whole, excludedRoles: { a: 'editor' } })],
			['one switch for all features', (whole) => ({ ...whole, features: true })],
			['no features', ({ features: _, ...others }) => others],
			['no place', (whole) => ({ ...whole, placement: {} })],
			['nobody who loads the script', ({ script: _, ...others }) => others],
			['a list of endpoints', (whole) => ({ ...whole, endpoint: [whole.endpoint] })],
			['a damaged one of an older version', () => ({ scriptId: [], excludedRoles: 7 })],
			[
				'a text for a flag',
				(w) => ({ ...w, features: { ...w.features, tracking: 'false' } }),
			],
			[
				'roles in a list of their own',
				(whole) => ({ ...whole, excludedRoles: [['editor']] }),
			],
			[
				'an object for a group',
				(w) => w,
				`array( 'features' => (object) $it['features'] ) + $it`,
			],
			[
				'an object for another',
				(w) => w,
				`array( 'placement' => (object) $it['features'] ) + $it`,
			],
			['an object', (whole) => whole, '(object) $it'],
			['a text', () => 'damaged'],
			['an empty text', () => ''],
		])('%s: pages are as without the plugin, until somebody saves', async (_, damage, php) => {
			await store(damage(stored), php);
			const anna = await annaLoggedIn();
			expect(anna.cookies.has('app_inbox_user')).toBe(false);
			expect(await anna.identity()).toBe('');
			for (const page of [await fetch(site.url), await anna.fetch('/')]) {
				expect(page.status).toBe(200);
				const html = await page.text();
				expect(html).toContain('</html>');
				expect(html).not.toContain('appInbox.init(');
			}
			expect((await admin.rest('/app-inbox-for-esputnik/v1/site-health')).body).toMatchObject(
				{
					status: 'critical',
					label: 'App Inbox’s settings are damaged',
				}
			);
			expect((await admin.fetch('/wp-admin/site-health.php?tab=debug')).status).toBe(200);
			expect(await (await admin.fetch(SETTINGS_PAGE)).text()).toContain('admin/index.js');

			expect((await save(stored)).status).toBe(200);
			expect(await option()).toEqual(stored);
			expect(await frontPage()).toContain('appInbox.init(');
		});

		it.each([
			['features', true],
			['features', { appInbox: true, recommendations: true }],
			['placement', []],
			['endpoint', 'ftp://elsewhere'],
			['gone', 'with an older version'],
		])('what is still good beside a damaged “%s” is shown and saved', async (name, value) => {
			const { [name as 'features']: own, ...good } = stored;
			await store({ ...stored, [name]: value });
			expect((await admin.rest(`/wp/v2/settings?_fields=${OPTION}`)).body[OPTION]).toEqual(
				good
			);
			expect((await save({ language: 'pl', ...(own && { [name]: own }) })).status).toBe(200);
			expect(await option()).toEqual({ ...stored, language: 'pl' });
		});

		it('a save of anything makes them whole', async () => {
			await store({ schemaVersion: SCHEMA_VERSION, scriptId: stored.scriptId, features: {} });
			expect((await save({ language: 'pl' })).status).toBe(200);
			expect(await option()).toEqual({
				...defaultSettings(),
				scriptId: stored.scriptId,
				language: 'pl',
			});
			await store('');
			const { body } = await admin.rest(`/wp/v2/settings?_fields=${OPTION}`);
			expect(body[OPTION]).toEqual({ schemaVersion: SCHEMA_VERSION });
		});

		it('a text in the place of a list is one for WordPress, and so for us', async () => {
			await store({ ...stored, excludedRoles: 'editor, subscriber' });
			expect(await frontPage()).toContain('appInbox.init(');
			expect((await annaLoggedIn()).cookies.has('app_inbox_user')).toBe(false);
			const { body } = await admin.rest(`/wp/v2/settings?_fields=${OPTION}`);
			expect(body[OPTION].excludedRoles).toEqual(['editor', 'subscriber']);
		});
	});

	it('leaves the script to the site’s own snippet, where that is chosen', async () => {
		expect(await frontPage()).not.toContain('"script":');
		await store({ ...stored, script: 'site' });
		expect(await frontPage()).toMatch(/appInbox\.init\(\{[^<]*"script":"site"/);
		await store(stored);
	});

	describe('the icon', () => {
		afterAll(() => store(stored));
		const parser = new new JSDOM().window.DOMParser();
		const withIcon = (icon: string) => ({
			...stored,
			placement: { ...stored.placement, icon },
		});
		/** What is stored of each of these. */
		const storedOf = async (icons: string[]) =>
			JSON.parse(
				await site.wordpress.run(`
					$icons = json_decode( base64_decode( '${Buffer.from(JSON.stringify(icons)).toString('base64')}' ) );
					$settings = get_option( '${OPTION}' );
					echo wp_json_encode( array_map( function ( $icon ) use ( $settings ) {
						$settings['placement']['icon'] = $icon;
						update_option( '${OPTION}', $settings );
						return get_option( '${OPTION}' )['placement']['icon'];
					}, $icons ) );
				`)
			) as string[];

		it('is harmless, however hostile it came, and mostly still a picture', async () => {
			const icons = await storedOf(HOSTILE.map(([, source]) => source));
			for (const [index, icon] of icons.entries()) {
				const [name] = HOSTILE[index]!;
				// What was no XML may be none afterwards either: it is not shown, and does nothing.
				const found = dangers(icon, parser).filter((danger) => danger !== 'parsererror');
				expect([name, ...found]).toEqual([name]);
				expect(icon).toMatch(/^$|^<svg[\s>][^]*<\/svg>$/);
				expect(icon).not.toMatch(/alert|@import|body\{/);
			}
			const kept = icons.filter((icon) => icon.includes('M12 3a6 6'));
			expect(kept.length).toBeGreaterThanOrEqual(HOSTILE.length - 2);
			expect(await storedOf(icons)).toEqual(icons);
		});

		it('stays as it is to the byte, where the settings page let it through', async () => {
			const icons = [...CLEAN, ...Object.values(ICONS), ''];
			expect(await storedOf(icons)).toEqual(icons);
		});

		it.each([
			['no SVG', '<img src="bell.png">'],
			['an SVG without an end', '<svg><path d="M0 0h9"/>'],
			['too large', svg(PATH.repeat(400))],
		])('is none where it is %s', async (_, icon) => {
			expect(await storedOf([icon])).toEqual(['']);
		});

		it('is cleaned in what the REST API is sent, too', async () => {
			const hostile = svg(PATH, ' onload="alert(1)"');
			expect((await save({ placement: withIcon(hostile).placement })).status).toBe(200);
			expect(await option()).toEqual(withIcon(svg(PATH)));
		});
	});

	it('leaves no notice in the log', async () => {
		expect(await site.wordpress.log()).toBe('');
	});
});
