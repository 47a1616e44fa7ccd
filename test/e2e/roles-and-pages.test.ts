import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, type Site } from '../site/site.ts';
import { giveLogin } from '../site/visitor.ts';
import { Visitor } from '../wordpress/visitor.ts';
import { running, withSite } from './running.ts';
import { SCREENS } from './settings-page.ts';
import { visit } from './visit.ts';

const META = '_app_inbox_for_esputnik_hide';
/** The constants that tell which optimiser a site has. */
const OPTIMISERS = [
	...['WP_ROCKET_VERSION', 'LSCWP_V', 'AUTOPTIMIZE_PLUGIN_VERSION'],
	...['SiteGround_Optimizer\\VERSION', 'PERFMATTERS_VERSION'],
];

const idOf = async (site: Site, slug: string) =>
	Number(
		await site.wordpress.run(
			`echo get_posts( array( 'post_type' => 'any', 'name' => '${slug}', 'fields' => 'ids' ) )[0];`
		)
	);
const metaOf = async (site: Site, id: number) =>
	JSON.parse(
		await site.wordpress.run(`echo wp_json_encode( get_post_meta( ${id}, '${META}' ) );`)
	);

describe('where the front end is', () => {
	const site = running(() =>
		startSite({
			settings: { excludedRoles: ['author'] },
			muPlugin: `
				// As the AMP plugin says it, which nobody may ask before the query.
				function amp_is_request() {
					if ( ! did_action( 'wp' ) ) {
						_doing_it_wrong( __FUNCTION__, 'Too early.', '2.0' );
					}
					return isset( $_GET['amp'] );
				}
				if ( get_option( 'test_show' ) !== false ) {
					add_filter( 'app_inbox_for_esputnik_show', static function ( $shown ) {
						return 'turned' === get_option( 'test_show' ) ? ! $shown : $shown;
					} );
				}
				if ( get_option( 'test_classic' ) ) {
					add_filter( 'use_block_editor_for_post', '__return_false' );
				}
				// As plugins for translations do it.
				add_action( 'save_post_page', static function () {
					if ( get_option( 'test_saved_along' ) ) {
						wp_update_post( array( 'ID' => get_option( 'test_saved_along' ) ) );
					}
				} );
				if ( isset( $_GET['optimiser'] ) ) {
					define( $_GET['optimiser'], '1.0' );
				}
				add_action( 'shutdown', static function () {
					if ( isset( $_GET['queries'] ) ) {
						echo '<!-- queries: ', get_num_queries(), ' -->';
					}
					if ( isset( $_GET['files'] ) ) {
						$ours = preg_grep( '#/plugins/app-inbox-for-esputnik/#', get_included_files() );
						echo '<!-- files: ', implode( ' ', array_map( 'basename', $ours ) ), ' -->';
					}
				} );
			`,
		})
	);
	let admin: Visitor;
	let anna: Visitor;
	let about: number;

	beforeAll(async () => {
		admin = new Visitor(site.url);
		anna = new Visitor(site.url);
		await admin.logIn('admin');
		await anna.logIn('anna');
		about = await idOf(site, 'about');
		await site.wordpress.run(
			`wp_update_post( array( 'ID' => ${about}, 'post_content' => '[app_inbox_bell]' ) );`
		);
	});

	const read = async (path: string, visitor?: Visitor) =>
		(await (visitor ? visitor.fetch(path) : fetch(site.url + path))).text();
	const setOption = (name: string, value: string | null) =>
		site.wordpress.run(
			value === null
				? `delete_option( '${name}' );`
				: `update_option( '${name}', '${value}' );`
		);

	describe('by kind of page', () => {
		const preview = () => '/shop-news/?preview=true';
		const customiser = () =>
			'/?customize_changeset_uuid=0b5a3a9e-5d52-4c4d-9d4f-2a2d1d3f0a11&customize_messenger_channel=preview-0';

		it.each(['/', '/news/', '/about/', '/shop-news/', '/?s=roaster', '/nowhere/'])(
			'%s has it',
			async (path) => {
				expect(await read(path, anna)).toContain('appInbox.init(');
			}
		);

		it.each([
			['a feed', () => '/feed/', '<rss'],
			['a feed of comments', () => '/shop-news/feed/', '<rss'],
			['an embed', () => '/shop-news/embed/', 'wp-embed'],
			['a preview', preview, 'new roaster'],
			['the customiser', customiser, 'customize-preview'],
			['an AMP page', () => '/about/?amp', 'About us'],
			['a sitemap', () => '/wp-sitemap.xml', '<sitemap'],
			['robots.txt', () => '/robots.txt', 'User-agent'],
			['the login page', () => '/wp-login.php', 'user_login'],
			['oEmbed', () => '/wp-json/oembed/1.0/embed?url=%2Fshop-news%2F', '{'],
		])('%s has nothing of ours', async (_, path, sign) => {
			// The login form is for those who are not logged in.
			const page = await read(path(), sign === 'user_login' ? undefined : admin);
			expect(page).toContain(sign);
			expect(page).not.toMatch(/app-?inbox(?!-for-esputnik\/(v1|bell))/i);
		});

		it.each(['/feed/', '/shop-news/embed/', '/robots.txt', '/wp-sitemap.xml', '/favicon.ico'])(
			'%s sets no marker, and any page does',
			async (path) => {
				const visitor = new Visitor(site.url);
				await visitor.logIn('anna');
				visitor.cookies.delete('app_inbox_user');
				await visitor.fetch(path);
				expect(visitor.cookies.has('app_inbox_user')).toBe(false);
				await visitor.fetch('/about/');
				expect(visitor.cookies.has('app_inbox_user')).toBe(true);
			}
		);

		it('the site’s own code has the last word, both ways', async () => {
			await setOption('test_show', 'turned');
			expect(await read('/about/')).not.toMatch(/app-inbox/);
			expect(await read(preview(), admin)).toContain('appInbox.init(');
			await setOption('test_show', null);
		});
	});

	describe('a page that an editor keeps free', () => {
		const setMeta = async (by: Visitor, value: unknown) => {
			const body = { meta: { [META]: value } };
			return (await by.rest(`/wp/v2/pages/${about}`, { method: 'POST', body })).status;
		};

		it('is set by those who may edit it', async () => {
			expect(await setMeta(anna, true)).toBe(403);
			expect(await metaOf(site, about)).toEqual([]);
			expect(await setMeta(admin, true)).toBe(200);
			expect(await metaOf(site, about)).toEqual(['1']);
		});

		it('has neither front end nor bell, and the same bytes for everyone', async () => {
			const page = await read('/about/');
			expect(page).not.toMatch(/app-?inbox/i);
			expect((await read('/about/', anna)).replace(' logged-in ', ' ')).toBe(page);
			expect(await read('/shop-news/')).toContain('appInbox.init(');
		});

		it('costs no query, hidden or not', async () => {
			const queries = async (path: string) =>
				Number(/<!-- queries: (\d+) -->/.exec(await read(`${path}?queries`))![1]);
			const paths = ['/', '/about/', '/shop-news/', '/news/'];
			const counts = async () => Promise.all(paths.map(queries));
			const withPlugin = await counts();
			const toggle = (what: string) =>
				site.wordpress.run(
					`require_once ABSPATH . 'wp-admin/includes/plugin.php'; ${what}( 'app-inbox-for-esputnik/app-inbox-for-esputnik.php' );`
				);
			await toggle('deactivate_plugins');
			const without = await counts();
			await toggle('activate_plugin');
			expect(withPlugin).toEqual(without);
		});

		it('leaves no row behind when it is taken back', async () => {
			expect(await setMeta(admin, null)).toBe(200);
			expect(await metaOf(site, about)).toEqual([]);
			expect(await read('/about/')).toContain('appInbox.init(');
		});
	});

	describe('the classic editor', () => {
		beforeAll(() => setOption('test_classic', '1'));
		afterAll(() => setOption('test_classic', null));

		/** Fields of WordPress's own that the form shows. */
		const VISIBLE = {
			post_title: 'About us',
			aa: '2026',
			mm: '01',
			jj: '15',
			hh: '12',
			mn: '00',
		};
		/** Opens the form and sends it, as a browser does, with these fields over its own. */
		const submit = async (change: Record<string, string>, leaveOut = '', id = about) => {
			const html = await read(`/wp-admin/post.php?post=${id}&action=edit`, admin);
			const fields = new URLSearchParams();
			const [form = ''] = /<form[^>]*id="post".*?<\/form>/s.exec(html)!;
			for (const [input] of form.matchAll(/<input[^>]*>/g)) {
				const of = (name: string) => new RegExp(`\\b${name}=["']([^"']*)`).exec(input)?.[1];
				if (of('type') === 'hidden' && of('name') && of('name') !== leaveOut) {
					fields.set(of('name')!, of('value') ?? '');
				}
			}
			for (const [name, value] of Object.entries({ ...VISIBLE, ...change })) {
				fields.set(name, value);
			}
			const answer = await admin.fetch('/wp-admin/post.php', {
				method: 'POST',
				body: fields,
			});
			expect(answer.status).toBe(302);
			return html;
		};
		const checkbox =
			/<input type="checkbox" name="_app_inbox_for_esputnik_hide" value="1"([^>]*)>/;

		it('has a box for it, which keeps what was ticked', async () => {
			const before = await submit({ [META]: '1' });
			expect(checkbox.exec(before)![1]).not.toContain('checked');
			expect(await metaOf(site, about)).toEqual(['1']);
			const after = await submit({});
			expect(checkbox.exec(after)![1]).toContain('checked');
			expect(await metaOf(site, about)).toEqual([]);
		});

		it('has it for a file of the library', async () => {
			const file = Number(
				await site.wordpress.run(
					`echo wp_insert_attachment( array( 'post_title' => 'Prices', 'post_mime_type' => 'text/plain' ), '2026/prices.txt' );`
				)
			);
			const before = await submit({ [META]: '1' }, '', file);
			expect(checkbox.exec(before)![1]).not.toContain('checked');
			expect(await metaOf(site, file)).toEqual(['1']);
		});

		it('changes nothing of another post that is saved along with it', async () => {
			const news = await idOf(site, 'shop-news');
			await setOption('test_saved_along', `${news}`);
			await submit({ [META]: '1' });
			expect(await metaOf(site, news)).toEqual([]);
			await setOption('test_saved_along', null);
			await submit({});
		});

		it('changes nothing for a form that is none of ours', async () => {
			await submit({ [META]: '1' }, 'app_inbox_for_esputnik_hide_nonce');
			expect(await metaOf(site, about)).toEqual([]);
		});
	});

	it('reads no more of the plugin for a page than the page needs', async () => {
		const files = async (path: string, visitor?: Visitor) => {
			const [, list = ''] = /<!-- files: (.*?) -->/.exec(await read(path, visitor))!;
			return list
				.split(' ')
				.filter((name) => name.endsWith('.php'))
				.sort();
		};
		const sorted = (...names: string[]) => names.sort();
		const always = [
			...['app-inbox-for-esputnik.php', 'bell.php', 'block.php', 'marker.php'],
			...['on-demand.php', 'settings.php'],
		];
		const page = sorted(...always, 'front-end.php', 'inbox.php', 'pages.php');
		expect(await files('/?files')).toEqual(page);
		expect(await files('/shop-news/?files', anna)).toEqual(page);
		for (const optimiser of OPTIMISERS) {
			const found = await files(`/?files&optimiser=${encodeURIComponent(optimiser)}`);
			expect(found, optimiser).toEqual(sorted(...page, 'optimisers.php'));
		}
		// Requests of the REST API read what they are about.
		const rest = (route: string) => files(`/?rest_route=${route}&files`);
		expect(await rest('/')).toEqual(always);
		expect(await rest('/wp/v2/comments')).toEqual(always);
		expect(await rest('/wp/v2/posts')).toEqual(always);
		expect(await rest('/wp/v2/posts&context=edit')).toEqual(
			sorted(...always, 'page-setting.php')
		);
		for (const route of ['/wp/v2/settings', '/app-inbox-for-esputnik/v1/site-health']) {
			expect(await rest(route)).toEqual(expect.arrayContaining(['identity.php']));
		}
		expect(await files('/wp-admin/profile.php?files', admin)).toEqual(
			sorted(...always, 'admin.php', 'migrations.php', 'page-setting.php', 'privacy.php')
		);
	});

	it('leaves no notice in the log', async () => {
		expect(await site.wordpress.log()).toBe('');
	});
});

describe.each(['6.3', '6.5', '7.1'])('the block editor of WordPress %s', (version) => {
	const site = withSite({
		wordpress: version,
		// Two kinds of posts: WordPress's REST API tells of the meta of those with custom fields.
		muPlugin: `add_action( 'init', static function () {
			register_post_type( 'recipe', array( 'public' => true, 'show_in_rest' => true, 'label' => 'Recipes', 'supports' => array( 'title', 'editor' ) ) );
		} );`,
	});

	it('has a checkbox in the sidebar', async () => {
		const about = await idOf(site, 'about');
		await using admin = await visit(site.browser);
		const { page, context } = admin;
		await giveLogin(context, site.url, 'admin');
		await page.goto(`${site.url}/wp-admin/post.php?post=${about}&action=edit`);
		await page.waitForFunction('window.wp?.data?.select("core/editor")?.getCurrentPostId()');
		const panel = page.getByRole('button', { name: 'App Inbox', exact: true });
		const box = page.getByLabel('No App Inbox on this page');
		const open = async () => {
			// The editor is slow to start, and may then open its guide over all and close the sidebar.
			await expect
				.poll(
					async () => {
						await page.evaluate(OPEN_SIDEBAR);
						return panel.isVisible();
					},
					{ timeout: 90_000, interval: 500 }
				)
				.toBe(true);
			// WordPress keeps some panels closed, and closes some after it has saved.
			if (!(await box.isVisible())) {
				await panel.click();
			}
		};
		await open();
		expect(await box.isChecked()).toBe(false);
		await box.check();
		await mkdir(SCREENS, { recursive: true });
		await page.screenshot({ path: join(SCREENS, `editor-${version}-desktop.png`) });
		await page.evaluate(`wp.data.dispatch('core/editor').savePost()`);
		expect(await metaOf(site, about)).toEqual(['1']);
		expect(await (await fetch(`${site.url}/about/`)).text()).not.toContain('appInbox');
		await open();
		await box.uncheck();
		await page.evaluate(`wp.data.dispatch('core/editor').savePost()`);
		expect(await metaOf(site, about)).toEqual([]);
		// WordPress's own box would be there twice.
		expect(await page.locator('#app-inbox-for-esputnik.postbox').count()).toBe(0);
		expect(admin.errors.filter((error) => /app-?inbox|PluginDocument/i.test(error))).toEqual(
			[]
		);
	}, 240_000);

	it('has a box where there is no such sidebar', async () => {
		const admin = new Visitor(site.url);
		await admin.logIn('admin');
		const page = await (await admin.fetch('/wp-admin/post-new.php?post_type=recipe')).text();
		expect(page).toContain('name="_app_inbox_for_esputnik_hide"');
		expect(page).not.toContain('admin/editor/index.js');
	});

	it('leaves no notice in the log', async () => {
		expect(await site.wordpress.log()).toBe('');
	});
});

const OPEN_SIDEBAR = `
	for (const scope of ['core', 'core/edit-post']) {
		wp.data.dispatch('core/preferences').set(scope, 'welcomeGuide', false);
	}
	wp.data.dispatch('core/edit-post').openGeneralSidebar('edit-post/document');
`;
