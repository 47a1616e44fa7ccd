import type { APIResponse, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS, type CheckId } from '../../src/admin/check/result.ts';
import type { Settings } from '../../src/settings/index.ts';
import { accountOf, INIT, snippet } from '../esputnik/snippets.ts';
import { withSite } from './running.ts';
import { openSettingsPage, picture, seedWithAdmin, VERSIONS } from './settings-page.ts';
import { visit, type Visit } from './visit.ts';

const OPTION = 'app_inbox_for_esputnik';
const PASSED = Object.fromEntries(CHECKS.map((id) => [id, 'Passed']));
const broken = (failed: CheckId, ...skipped: CheckId[]) => ({
	...PASSED,
	...Object.fromEntries(skipped.map((id) => [id, 'Skipped'])),
	[failed]: 'Failed',
});

// The check has deadlines of its own, of which a busy machine may use up several.
describe.each(VERSIONS)('the check on WordPress %s', { timeout: 120_000 }, (version) => {
	const site = withSite({ wordpress: version, seed: seedWithAdmin(), muPlugin: MU_PLUGIN });
	let admin: Visit;
	let page: Page;
	/** Undoes what a test has broken. */
	const mend: Array<() => unknown> = [];

	beforeAll(async () => {
		admin = await openSettingsPage(site);
		page = admin.page;
	});
	afterEach(async () => {
		for (const undo of mend.splice(0)) {
			await undo();
		}
	});

	const button = () => page.getByRole('button', { name: 'Check everything' });
	const row = (id: CheckId) => page.locator(`[data-check="${id}"]`);
	const panel = () => page.locator('#app-inbox-go-live');

	/** Presses the button with the keyboard, waits for the end, and reads each link's word. */
	async function checked(): Promise<Record<string, string>> {
		await button().focus();
		await page.keyboard.press('Enter');
		await panel().getByText('Checking…').first().waitFor();
		await panel()
			.getByText(/Passed: \d+\./)
			.waitFor({ timeout: 90_000 });
		const words = await page.locator('.app-inbox-admin__check-word').allInnerTexts();
		return Object.fromEntries(CHECKS.map((id, index) => [id, words[index]!]));
	}
	const shot = (name: string) => picture(page, `check-${version}-${name}`, panel());

	it('passes everything on a site that works, and remembers when', async () => {
		admin.clear();
		expect(await checked()).toEqual(PASSED);
		expect(await panel().getByRole('status').innerText()).toBe(
			'Everything works. Passed: 14. Failed: 0. Skipped: 0.'
		);
		expect(await button().evaluate((element) => element.matches(':focus'))).toBe(true);
		expect(await page.locator('iframe').count()).toBe(0);
		expect(admin.errors).toEqual([]);
		await shot('passed');
		await page.reload();
		await panel()
			.getByText(/^Last check: .*Nothing was broken\.$/)
			.waitFor();
	});

	it('shows how far it is', async () => {
		let goOn = () => {};
		const held = new Promise<void>((resolve) => (goOn = resolve));
		await page.route('**/app-inbox/health', async (route) => {
			await held;
			await route.continue();
		});
		const words = checked();
		await row('script').getByText('Passed', { exact: true }).waitFor();
		await row('endpoint').getByText('Checking…', { exact: true }).waitFor();
		await row('csp').getByText('Waiting', { exact: true }).waitFor();
		await shot('running');
		goOn();
		expect(await words).toEqual(PASSED);
		await page.unroute('**/app-inbox/health');
	});

	it('names a wrong key', async () => {
		await withFunction({ ESPUTNIK_API_KEY: 'not-the-key-9fK2mQ7vXw4L' });
		expect(await checked()).toEqual(broken('vendor-key', 'contact', 'token', 'front-page'));
		await says('vendor-key', 'eSputnik does not accept the token function’s API key.');
		await says('vendor-key', 'ESPUTNIK_API_KEY');
		await says('token', 'Not tried. Mend “API key” first.');
		expect(await panel().innerText()).not.toContain('9fK2mQ7vXw4L');
		await shot('key');
	});

	it('names an endpoint that is down', async () => {
		mend.push(site.reroute('/app-inbox', 'http://127.0.0.1:9'));
		expect(await checked()).toEqual(
			broken('endpoint', 'origin', 'identity', 'vendor-key', 'contact', 'token', 'front-page')
		);
		await says('endpoint', 'does not reach the token function (502)');
		await says('endpoint', 'Start the token function.');
		await shot('endpoint');
	});

	it('names a wrong origin', async () => {
		await withFunction({ SITE_URL: 'https://shop.example' });
		expect(await checked()).toEqual(
			broken('origin', 'identity', 'vendor-key', 'contact', 'token', 'front-page')
		);
		await says('origin', `The token function does not let pages of ${site.url} ask.`);
		await says('origin', 'SITE_URL');
		await shot('origin');
	});

	it('names what stops the question who somebody is', async () => {
		await page.evaluate(() => sessionStorage.clear()); // Where a page keeps its credential.
		const stops = /\?app-inbox=identity&/;
		await page.route(stops, (route) => route.fulfill({ status: 403, body: '<p>Blocked</p>' }));
		mend.push(() => page.unroute(stops));
		expect(await checked()).toEqual(
			broken('identity', 'vendor-key', 'contact', 'token', 'front-page')
		);
		await says('identity', 'before it reaches WordPress (403)');
		await says('identity', 'Let POST requests for /?app-inbox=identity through');
		await shot('identity');
	});

	it('names a cache that keeps what WordPress says that none may keep', async () => {
		const kept = new Map<string, APIResponse>();
		const cached = /\?rest_route=\/wp\/v2\/settings/;
		await page.route(cached, async (route) => {
			const url = route.request().url();
			const response = kept.get(url) ?? (await route.fetch());
			kept.set(url, response);
			await route.fulfill({ response });
		});
		mend.push(() => page.unroute(cached));
		expect(await checked()).toEqual(broken('kept-answers'));
		expect([...kept.values()].map((one) => one.headers()['cache-control'])).toEqual([
			expect.stringContaining('no-cache'),
		]);
		await says('kept-answers', 'gives strangers what was answered to you');
		await says('kept-answers', 'Inboxes are safe');
		await shot('kept-answers');
	});

	it('names a contact that eSputnik does not know', async () => {
		await withFunction({ IDENTIFY_BY: 'email' });
		expect(await checked()).toEqual(broken('contact', 'token', 'front-page'));
		await says('contact', 'eSputnik does not know you as a contact.');
		await says('contact', 'Add yourself in eSputnik');
		await shot('contact');
	});

	it('names the plugin that prints a second snippet, and lets it stay by one press', async () => {
		const code = snippet(INIT.bare, accountOf(site.esputnik.scriptUrl()));
		await site.wordpress.run(printer(code));
		mend.push(
			() =>
				site.wordpress.run(`
				require_once ABSPATH . 'wp-admin/includes/plugin.php';
				deactivate_plugins( 'header-code/header-code.php' );
				update_option( '${OPTION}', array( 'script' => 'ours' ) + get_option( '${OPTION}' ) );`),
			() => page.reload()
		);
		await page.reload(); // The page was made before the plugin was there.
		expect(await checked()).toEqual({ ...broken('duplicate'), 'one-init': 'Failed' });
		await says('one-init', 'loads eSputnik’s script twice');
		await says('duplicate', 'The plugin “Header Code” prints a second eSputnik snippet');
		await says('duplicate', 'That snippet switches recommendations and tracking on');
		await says('duplicate', 'Remove the snippet in the settings of “Header Code”.');
		await shot('duplicate');

		const before = (await site.wordpress.option(OPTION)) as Settings;
		const address = page.getByLabel('Its address');
		await address.fill('https://example.com/app-inbox/token');
		await row('duplicate').getByRole('button', { name: 'Keep it and join it' }).focus();
		await page.keyboard.press('Enter');
		const said = panel()
			.getByRole('status')
			.filter({ hasText: /Passed: \d+\./ });
		await said.getByText('Saved: your site’s own snippet stays').waitFor({ timeout: 90_000 });
		expect(await said.innerText()).toContain('Everything works. Passed: 14.');
		await says('duplicate', 'Your site’s own snippet loads eSputnik’s script');
		expect(await button().evaluate((element) => element.matches(':focus'))).toBe(true);
		expect(await site.wordpress.option(OPTION)).toEqual({ ...before, script: 'site' });
		// What was typed is neither saved nor lost.
		expect(await address.inputValue()).toBe('https://example.com/app-inbox/token');
		await panel().getByText('You have unsaved changes.').waitFor();
		expect(await page.getByLabel('My site’s own snippet').isChecked()).toBe(true);
		await shot('kept');
		// The browser would ask before it loses that.
		await address.fill(before.endpoint);
	});

	it('names what a content security policy blocks', async () => {
		await site.wordpress.run(`update_option( 'test_policy', "script-src 'self'" );`);
		mend.push(() => site.wordpress.run(`delete_option( 'test_policy' );`));
		expect(await checked()).toEqual(broken('csp', 'front-page', 'one-init'));
		await says('csp', 'Your front page’s policy blocks App Inbox’s script.');
		await says('csp', 'script-src');
		await says('front-page', 'Not tried. Mend “Content security policy” first.');
		await shot('csp');
	});

	it('says that a page which may not be framed cannot be looked into', async () => {
		await site.wordpress.run(`update_option( 'test_policy', "frame-ancestors 'none'" );`);
		mend.push(() => site.wordpress.run(`delete_option( 'test_policy' );`));
		expect(await checked()).toEqual({
			...PASSED,
			'front-page': 'Skipped',
			'one-init': 'Skipped',
		});
		await says('front-page', 'frame-ancestors');
		await shot('framed');
	});

	it('asks a token function at an address of its own with the same credential', async () => {
		await useEndpoint(`${site.tokenFunction.url}/token`);
		mend.push(() => useEndpoint(`${site.url}/app-inbox/token`));
		expect(await checked()).toEqual(PASSED);

		const other = await site.startTokenFunction({ SITE_URL: 'https://shop.example' });
		mend.push(() => other.stop());
		await useEndpoint(`${other.url}/token`);
		expect(await checked()).toEqual(
			broken('origin', 'endpoint', 'identity', 'vendor-key', 'contact', 'token', 'front-page')
		);
		await says('endpoint', 'does not let pages of your site read it');
		await says('origin', `add ${site.url} to its ALLOWED_ORIGINS`);
	});

	it('names a script id that eSputnik does not know, and says that it tries what is saved', async () => {
		const field = page.getByLabel('Script id');
		const id = await field.inputValue();
		await field.fill('F'.repeat(32));
		await panel().getByText('You have unsaved changes.').waitFor();
		await save();
		const words = await checked();
		await says('script', 'has no script with this id');
		expect(words.script).toBe('Failed');
		await field.fill(id);
		await save();
		await panel().getByText('The settings have changed since this check.').waitFor();
		expect(await checked()).toEqual(PASSED);
	});

	it('is offered in Site Health, to those who may see that', async () => {
		const answered = page.waitForResponse((response) =>
			/app-inbox-for-esputnik(\/|%2F)v1(\/|%2F)site-health/.test(response.url())
		);
		await page.goto(`${site.url}/wp-admin/site-health.php`);
		const answer = await answered;
		expect(await answer.json()).toMatchObject({
			status: 'good',
			label: 'App Inbox’s token function answers',
		});
		mend.push(site.reroute('/app-inbox', 'http://127.0.0.1:9'));
		await page.reload();
		await page.getByText('App Inbox’s token function does not answer').waitFor();

		await page.goto(`${site.url}/wp-admin/site-health.php?tab=debug`);
		await page.getByRole('button', { name: 'App Inbox for eSputnik' }).click();
		await page.getByText(`${site.url}/app-inbox/token`).waitFor();

		await using guest = await visit(site.browser);
		const refused = await guest.context.request.get(answer.url());
		expect(refused.status()).toBe(401);
	});

	/** Puts a token function of this environment in the place of the site's own. */
	async function withFunction(env: Record<string, string>) {
		const other = await site.startTokenFunction(env);
		const undo = site.reroute('/app-inbox', new URL(other.url).origin);
		mend.push(undo, () => other.stop());
	}

	async function useEndpoint(endpoint: string) {
		await site.setEndpoint(endpoint);
		await page.reload();
		await button().waitFor();
	}

	async function save() {
		await page.getByRole('button', { name: 'Save settings' }).click();
		await page.getByText('Saved', { exact: true }).waitFor();
	}

	async function says(id: CheckId, words: string) {
		expect(await row(id).innerText()).toContain(words);
		expect(await row(id).isVisible()).toBe(true);
	}
});

const MU_PLUGIN = `
	add_action( 'send_headers', static function () {
		$policy = get_option( 'test_policy' );
		if ( $policy && ! is_admin() ) {
			header( 'Content-Security-Policy: ' . $policy );
		}
	} );
	// WordPress's own tests wait for an internet that is not there, one after another.
	add_filter( 'site_status_tests', static function ( $tests ) {
		return array(
			'direct' => array(),
			'async'  => array( 'app_inbox_for_esputnik' => $tests['async']['app_inbox_for_esputnik'] ),
		);
	}, 99 );`;

/** A plugin that prints this into the head. */
const printer = (html: string) => `
	require_once ABSPATH . 'wp-admin/includes/plugin.php';
	wp_mkdir_p( WP_PLUGIN_DIR . '/header-code' );
	file_put_contents( WP_PLUGIN_DIR . '/header-code/header-code.php', <<<'PHP'
<?php
/* Plugin Name: Header Code */
add_action( 'wp_head', static function () {
	?><!-- Header Code starts -->
	${html}
	<?php
} );
PHP
	);
	wp_cache_delete( 'plugins', 'plugins' );
	$result = activate_plugin( 'header-code/header-code.php' );
	if ( is_wp_error( $result ) ) {
		throw new Exception( $result->get_error_message() );
	}
`;
