import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { DIST } from '../../build/paths.ts';
import { exampleSeed } from '../esputnik/server.ts';
import { giveLogin } from '../site/visitor.ts';
import { Visitor } from '../wordpress/visitor.ts';
import { withSite } from './running.ts';
import { bell, visit } from './visit.ts';

const SCREENS = join(DIST, 'screens');

const paragraph = (text: string) => `<!-- wp:paragraph -->\n<p>${text}</p>\n<!-- /wp:paragraph -->`;
const block = (attributes = {}) =>
	`<!-- wp:app-inbox-for-esputnik/bell ${JSON.stringify(attributes)} /-->`;

const menuLink = (label: string) => `<!-- wp:navigation-link {"label":"${label}","url":"/"} /-->`;
const menu = (between = '') =>
	`<!-- wp:navigation {"overlayMenu":"never"} -->${menuLink('First')}${between}${menuLink('Last')}<!-- /wp:navigation -->`;

const PAGES = {
	plain: paragraph('Before') + paragraph('After'),
	block: paragraph('Before') + block({ anchor: 'my-bell', align: 'center' }) + paragraph('After'),
	shortcode: 'Before\n\n[app_inbox_bell]\n\nAfter',
	large: paragraph('Before') + block({ size: 64 }) + paragraph('After'),
	several: `${paragraph('Before')}${block()}<!-- wp:shortcode -->[app_inbox_bell size="999"]<!-- /wp:shortcode -->${paragraph('After')}`,
	menu: menu(block()),
	plainMenu: menu(),
};
type PageName = keyof typeof PAGES;
const PLACES = ['block', 'shortcode', 'menu'] as const satisfies PageName[];

const seed = exampleSeed();
// What the request to eSputnik asks for.
Object.assign(seed.account, { selector: '.app-inbox-bell', position: 'beforeend' });
const site = withSite({ wordpress: '7.1', seed });
const ids = {} as Record<PageName, number>;

beforeAll(async () => {
	await mkdir(SCREENS, { recursive: true });
	const pages = Buffer.from(JSON.stringify(PAGES)).toString('base64');
	const answer = await site.wordpress.run(`
		wp_set_current_user( 1 );
		$ids = array();
		foreach ( json_decode( base64_decode( '${pages}' ), true ) as $name => $content ) {
			$ids[ $name ] = wp_insert_post( wp_slash( array(
				'post_type'    => 'page',
				'post_status'  => 'publish',
				'post_name'    => "bell-$name",
				'post_title'   => "Bell: $name",
				'post_content' => $content,
			) ) );
		}
		echo wp_json_encode( $ids );
	`);
	Object.assign(ids, JSON.parse(answer));
});

const address = (name: PageName) => `${site.url}/bell-${name.toLowerCase()}/`;
const place = (page: Page) => page.locator('.app-inbox-bell').first();
describe('what is printed', () => {
	it.each(PLACES)('is the same for a guest, Anna and Bohdan (%s)', async (name) => {
		const guest = withoutCores(await (await fetch(address(name))).text());
		expect(guest).toMatch(/<div class="[^"]*\bapp-inbox-bell\b[^"]*"[^>]*><\/div><script/);
		for (const person of ['anna', 'bohdan']) {
			const visitor = new Visitor(site.url);
			await visitor.logIn(person);
			const page = await (await visitor.fetch(address(name))).text();
			expect(withoutCores(page)).toBe(guest);
		}
	});

	it('has the anchor and the alignment of the block', async () => {
		const html = await (await fetch(address('block'))).text();
		const [element = ''] = /<div[^>]*\bapp-inbox-bell\b[^>]*>/.exec(html) ?? [];
		expect(element.match(/ id="my-bell"/g)).toHaveLength(1);
		expect(element).toMatch(/class="[^"]*\baligncenter\b/);
		expect(element).not.toContain('style=');
	});

	it('is an item of a menu', async () => {
		const html = await (await fetch(address('menu'))).text();
		expect(html).toMatch(
			/<li class="wp-block-navigation-item"><div[^>]*\bapp-inbox-bell\b[^>]*><\/div><script[^>]*>[^<]*<\/script><\/li>/
		);
	});

	it('reserves nothing where the site has no inbox, and nothing at all in a feed', async () => {
		const answer = await site.wordpress.run(`
			$settings = get_option( 'app_inbox_for_esputnik' );
			update_option( 'app_inbox_for_esputnik', array( 'endpoint' => '' ) + $settings );
			$printed = array( do_shortcode( '[app_inbox_bell size="20"]' ) );
			update_option( 'app_inbox_for_esputnik', $settings );
			$GLOBALS['wp_query']->is_feed = true;
			$printed[] = do_shortcode( '[app_inbox_bell]' );
			echo wp_json_encode( $printed );
		`);
		expect(JSON.parse(answer)).toEqual([
			'<div class="app-inbox-bell" data-size="20"></div>',
			'',
		]);
	});
});

describe('a member’s page', () => {
	it.each(PLACES)(
		'keeps the place free, and nothing moves when the bell comes (%s)',
		async (name) => {
			await using computer = await visit(site.browser);
			const { page } = computer;
			await giveLogin(computer.context, site.url, 'anna');
			await watchShifts(page);
			const letScriptCome = await holdVendorScript(page);
			await page.goto(address(name), { waitUntil: 'domcontentloaded' });
			const before = await place(page).boundingBox();
			expect(before).toMatchObject({ height: 44 });
			expect(before!.width).toBeGreaterThanOrEqual(44);
			letScriptCome();
			await place(page).locator('esputnik-inbox').waitFor();
			await bell(page, 2).waitFor();
			expect(await place(page).boundingBox()).toEqual(before);
			expect(await shifts(page)).toBe(0);
			expect(computer.errors).toEqual([]);
			expect(computer.requests.filter((url) => url.includes('/admin/block/'))).toEqual([]);
			await pictures(page, `bell-${name}`);
		}
	);

	it('would jump without the place', async () => {
		await using computer = await visit(site.browser);
		const { page } = computer;
		await giveLogin(computer.context, site.url, 'anna');
		await watchShifts(page);
		await page.route(address('block'), async (route) => {
			const body = await (await route.fetch()).text();
			await route.fulfill({
				body: body.replace(/(app-inbox-bell[^>]*><\/div>)<script.*?<\/script>/s, '$1'),
				contentType: 'text/html',
			});
		});
		const letScriptCome = await holdVendorScript(page);
		await page.goto(address('block'), { waitUntil: 'domcontentloaded' });
		// Only what has been on the screen can move.
		await page.evaluate(nextFrames);
		letScriptCome();
		await bell(page, 2).waitFor();
		expect(await shifts(page)).toBeGreaterThan(0);
	});

	it('keeps the size that the block says', async () => {
		await using computer = await visit(site.browser);
		await giveLogin(computer.context, site.url, 'anna');
		await computer.page.goto(address('large'));
		expect(await place(computer.page).boundingBox()).toMatchObject({ height: 64 });
	});

	it('has one place, however many there are', async () => {
		await using computer = await visit(site.browser);
		const { page } = computer;
		await giveLogin(computer.context, site.url, 'anna');
		await page.goto(address('several'));
		await place(page).locator('esputnik-inbox').waitFor();
		const second = page.locator('.app-inbox-bell').nth(1);
		expect(await second.getAttribute('data-size')).toBe('120');
		expect(await second.boundingBox()).toBeNull();
	});

	it('keeps the place free where no style may stand in the page', async () => {
		await using computer = await visit(site.browser);
		const { page } = computer;
		await giveLogin(computer.context, site.url, 'anna');
		await page.route(address('block'), async (route) => {
			const answer = await route.fetch();
			const headers = { ...answer.headers(), 'content-security-policy': "style-src 'none'" };
			await route.fulfill({ response: answer, headers });
		});
		await page.goto(address('block'));
		expect(await place(page).boundingBox()).toMatchObject({ height: 44 });
	});
});

it('a guest’s page is as if the block were not there', async () => {
	await using computer = await visit(site.browser);
	const { page } = computer;
	const placeOf = (text: string) => page.getByText(text, { exact: true }).boundingBox();
	for (const [plain, names, text] of [
		['plain', ['block', 'shortcode', 'several'], 'After'],
		['plainMenu', ['menu'], 'Last'],
	] as const) {
		await page.goto(address(plain));
		const expected = await placeOf(text);
		for (const name of names) {
			await page.goto(address(name));
			expect(await place(page).boundingBox(), name).toBeNull();
			expect(await placeOf(text), name).toEqual(expected);
		}
	}
	expect(computer.errors).toEqual([]);
});

it('the editor shows the block, once on a page, and lets it into menus', async () => {
	await using computer = await visit(site.browser);
	const { page, context } = computer;
	await giveLogin(context, site.url, 'admin');
	computer.clear();
	// Without the tour of the editor.
	await site.wordpress.run(`
		update_user_meta( 1, $GLOBALS['wpdb']->get_blog_prefix() . 'persisted_preferences', array(
			'core/edit-post' => array( 'welcomeGuide' => false ),
			'core'           => array( 'welcomeGuide' => false, 'enableChoosePatternModal' => false ),
			'_modified'      => gmdate( 'c' ),
		) );
	`);
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.goto(`${site.url}/wp-admin/post.php?post=${ids.block}&action=edit`);
	const canvas = page.frameLocator('iframe[name="editor-canvas"]');
	const shown = canvas.locator('[data-type="app-inbox-for-esputnik/bell"]');
	await shown.getByText('App Inbox bell').waitFor();
	expect(await shown.locator('svg').count()).toBe(1);
	await shown.click();
	await page.getByText('Width and height').first().waitFor();
	expect(
		await page.evaluate(`(() => {
			const { getBlockType } = wp.blocks;
			const { canInsertBlockType, getInserterItems, getBlocks } = wp.data.select('core/block-editor');
			const bell = 'app-inbox-for-esputnik/bell';
			return {
				valid: getBlocks().every((block) => block.isValid),
				attributes: getBlocks()[1].attributes,
				offered: getInserterItems().find(({ id }) => id === bell)?.isDisabled,
				inMenus: getBlockType('core/navigation').allowedBlocks.includes(bell),
			};
		})()`)
	).toEqual({
		valid: true,
		attributes: expect.objectContaining({ size: 44, anchor: 'my-bell', align: 'center' }),
		offered: true, // There is one already.
		inMenus: true,
	});
	expect(computer.errors).toEqual([]);
	await page.screenshot({ path: join(SCREENS, 'bell-editor-desktop.png') });
	expect(await site.wordpress.log()).toBe('');
});

/** Without what WordPress itself says to guests or to members only: links to fetch early, and a class. */
const withoutCores = (html: string) =>
	html
		.replace(/<script type="speculationrules">.*?<\/script>\s*/s, '')
		.replace(/(<body class="[^"]*) logged-in /, '$1 ');

/**
 * Notes how much of the page moves by itself, from its first pixel on. The theme's own font, which
 * would move a little, stays away.
 */
async function watchShifts(page: Page) {
	await page.route('**/*.woff2', (route) => route.abort());
	await page.addInitScript(() => {
		const seen = { sum: 0 };
		const add = (entries: PerformanceEntryList) => {
			for (const entry of entries) {
				seen.sum += (entry as PerformanceEntry & { value: number }).value;
			}
		};
		const observer = new PerformanceObserver((list) => add(list.getEntries()));
		observer.observe({ type: 'layout-shift', buffered: true });
		Object.assign(window, {
			readShifts() {
				add(observer.takeRecords());
				return seen.sum;
			},
		});
	});
}

/** What has moved is known one frame later. */
const nextFrames = () =>
	new Promise<void>((resolve) =>
		requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
	);

async function shifts(page: Page): Promise<number> {
	await page.evaluate(nextFrames);
	return page.evaluate('readShifts()');
}

/** Keeps eSputnik's script back until the answer is called. */
async function holdVendorScript(page: Page): Promise<() => void> {
	let release = () => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	await page.route('**/esputnik/scripts/**', async (route) => {
		await held;
		await route.continue();
	});
	return release;
}

async function pictures(page: Page, name: string) {
	for (const [width, device] of [
		[1280, 'desktop'],
		[360, 'phone'],
	] as const) {
		await page.setViewportSize({ width, height: 700 });
		await page.screenshot({ path: join(SCREENS, `${name}-${device}.png`) });
	}
}
