import { afterAll, beforeAll, expect, it } from 'vitest';
import { PLUGIN_NAME } from '../../build/paths.ts';
import { KEYS_URL } from '../../src/settings/frontend-config.ts';
import { difference, dump, type Dump } from './database.ts';
import { startStack, type Stack } from './stack.ts';
import { StackVisitor } from './visitor.ts';

const HIDE_META = '_app_inbox_for_esputnik_hide';
const FILE = `${PLUGIN_NAME}/${PLUGIN_NAME}.php`;

let stack: Stack;
let anna: StackVisitor;
let owner: StackVisitor;
let before: Dump;
/** The names of the options that WordPress loads for each page. */
let autoloadedBefore: string[];

// WordPress makes some rows at the first page, at the first login and at the first look at the
// plugins, whoever comes: that is done before anything is compared.
beforeAll(async () => {
	stack = await startStack({ active: false });
	anna = new StackVisitor(stack);
	await anna.logIn('anna');
	owner = new StackVisitor(stack);
	await owner.logIn('admin');
	for (const path of ['/', '/shop-news/', '/wp-json/', '/wp-admin/profile.php']) {
		expect((await anna.fetch(path)).status).toBe(200);
	}
	before = await dump(stack);
	autoloadedBefore = await autoloaded();
});
afterAll(() => stack?.stop());

const autoloaded = async () =>
	JSON.parse(await stack.run(`echo wp_json_encode( array_keys( wp_load_alloptions( true ) ) );`));

const admin = (code: string) =>
	stack.run(`
		require_once ABSPATH . 'wp-admin/includes/plugin.php';
		require_once ABSPATH . 'wp-admin/includes/file.php';
		wp_set_current_user( 1 );
		${code}
	`);
const active = () => admin(`echo is_plugin_active( '${FILE}' ) ? 'active' : 'not active';`);
const cookies = () => [...anna.cookies.keys()];

it('activation through WordPress’s own function, and a site that works', async () => {
	await stack.activate();
	expect(await active()).toBe('active');
	expect(await (await anna.fetch('/')).text()).toContain('appInbox.init(');
	const early = await anna.identity();
	// What is stored only when it is needed: the signing key, the one before it, a page without a bell.
	const renewed = await owner.fetch('/wp-json/app-inbox-for-esputnik/v1/signing-key', {
		method: 'POST',
		headers: { 'X-WP-Nonce': await owner.nonce() },
	});
	expect(renewed.status).toBe(200);
	await admin(`update_post_meta( get_option( 'page_on_front' ), '${HIDE_META}', '1' );`);
	expect(await (await anna.fetch('/')).text()).not.toContain('appInbox.init(');
	expect((await anna.token()).status).toBe(200);
	// What the replaced key has signed is good until it expires.
	expect((await anna.token(undefined, early)).status).toBe(200);
	expect(cookies()).toContain('app_inbox_user');
});

it('adds one autoloaded option at most, and a few that no page loads', async () => {
	const added = (await autoloaded()).filter((name: string) => !autoloadedBefore.includes(name));
	expect(added).toEqual(['app_inbox_for_esputnik']);
	const changed = difference(before, await dump(stack)).map(
		(line) => /"(?:option_name|meta_key)":"(\w+)"/.exec(line)?.[1] ?? line
	);
	expect([...new Set(changed)].sort()).toEqual([
		HIDE_META,
		'active_plugins',
		'app_inbox_for_esputnik',
		'app_inbox_for_esputnik_key',
		'app_inbox_for_esputnik_old_keys',
	]);
});

it('deactivation stops everything and keeps the settings', async () => {
	await admin(`deactivate_plugins( '${FILE}' );`);
	expect(await active()).toBe('not active');
	expect(await (await anna.fetch('/')).text()).not.toContain('appInbox');
	const title = '<title>Kavarnia';
	expect(await anna.identity()).toContain(title);
	expect(await (await anna.fetch(KEYS_URL)).text()).toContain(title);
	expect(await admin(`echo get_option( 'app_inbox_for_esputnik' )['scriptId'];`)).toBe(
		stack.esputnik.scriptId
	);
});

it('deletion leaves the database as it was before the activation', async () => {
	// As the button on the plugins page: uninstall.php, and then the files.
	expect(await admin(`echo wp_json_encode( delete_plugins( array( '${FILE}' ) ) );`)).toBe(
		'true'
	);
	expect(
		await admin(`echo wp_json_encode( file_exists( WP_PLUGIN_DIR . '/${PLUGIN_NAME}' ) );`)
	).toBe('false');
	// WordPress itself notes at a deletion that there is no update for it any more.
	const own = '"option_name":"_site_transient_update_plugins"';
	const changes = difference(before, await dump(stack)).filter((line) => !line.includes(own));
	expect(changes).toEqual([]);
});

it('nothing of this left a notice in the log', async () => {
	expect(await stack.log()).toBe('');
});
