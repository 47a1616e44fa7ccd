import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { IDENTITY_URL } from '../../src/settings/frontend-config.ts';
import { exampleSeed } from '../esputnik/server.ts';
import { giveLogin } from '../site/visitor.ts';
import { Visitor } from '../wordpress/visitor.ts';
import { withSite } from './running.ts';
import { openSettingsPage, picture, saveButton, SETTINGS_PAGE } from './settings-page.ts';
import { bell, openMessages, visit } from './visit.ts';

const OPTION = 'app_inbox_for_esputnik';

const seed = exampleSeed();
seed.contacts!.push({
	name: 'Anna, as the shop’s other system knows her',
	externalCustomerId: 'C-2',
	messages: [{ title: 'For customer C-2', content: '' }],
});

const site = withSite({
	seed,
	// Each test stores what its site's own code would do.
	muPlugin: `
		foreach ( (array) get_option( 'test_filters', array() ) as $name => $code ) {
			add_filter( $name, static function ( $value, $more = null ) use ( $code ) {
				return eval( $code );
			}, 20, 2 );
		}
		if ( get_option( 'test_constant' ) ) {
			define( 'APP_INBOX_FOR_ESPUTNIK', json_decode( get_option( 'test_constant' ), true ) );
		}
		// Told to the developer, whom the log of this test is not for.
		add_filter( 'doing_it_wrong_trigger_error', static function ( $trigger, $function, $message ) {
			if ( false !== strpos( $function, 'app_inbox' ) ) {
				update_option( 'test_wrong', $message );
				return false;
			}
			return $trigger;
		}, 10, 3 );
	`,
});
let admin: Visitor;
let anna: Visitor;

beforeAll(async () => {
	admin = new Visitor(site.url);
	await admin.logIn('admin');
	anna = new Visitor(site.url);
	await anna.logIn('anna');
});
afterEach(() =>
	site.wordpress.run(
		`foreach ( array( 'filters', 'constant', 'wrong' ) as $name ) { delete_option( "test_$name" ); }`
	)
);

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const filter = (filters: Record<string, string>) =>
	site.wordpress.run(
		`update_option( 'test_filters', json_decode( base64_decode( '${base64(filters)}' ), true ) );`
	);
const define = (constant: unknown) =>
	site.wordpress.run(`update_option( 'test_constant', base64_decode( '${base64(constant)}' ) );`);
const configOf = async () =>
	JSON.parse(/appInbox\.init\((\{.*?\})\)/.exec(await (await fetch(site.url)).text())![1]!);
const identity = async () => {
	const answer = await anna.fetch(IDENTITY_URL, { method: 'POST' });
	return { status: answer.status, text: await answer.text() };
};
const claimsOf = (jwt: string) =>
	JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString());

describe('app_inbox_for_esputnik_claims', () => {
	const claims = 'app_inbox_for_esputnik_claims';

	it('says who a visitor is', async () => {
		await filter({
			[claims]: `return array( 'sub' => "C-$more->ID", 'phone' => '+380 44 1234567' );`,
		});
		const { text } = await identity();
		const iat = claimsOf(text).iat;
		expect(claimsOf(text)).toEqual({
			...{ iss: site.url, aud: 'app-inbox', iat, exp: iat + 900 },
			...{ sub: 'C-2', phone: '+380 44 1234567' },
			mark: expect.stringMatching(/^[0-9a-f]{30}$/),
		});
		await using hers = await visit(site.browser);
		await giveLogin(hers.context, site.url, 'anna');
		await hers.page.goto(site.url);
		await bell(hers.page, 1).waitFor();
		expect(await openMessages(hers.page)).toEqual(['For customer C-2']);
		expect(hers.errors).toEqual([]);
	});

	it('may leave somebody without an inbox', async () => {
		await filter({ [claims]: 'return array();' });
		expect(await identity()).toEqual({ status: 204, text: '' });
		expect(await site.wordpress.option('test_wrong')).toBeNull();
	});

	it.each([
		['no sub', `return array( 'email' => 'a@example.com' );`, 'sub'],
		['an empty sub', `return array( 'sub' => '' ) + $value;`, 'sub'],
		['a list as sub', `return array( 'sub' => array( 1 ) ) + $value;`, 'sub'],
		['a line feed in sub', `return array( 'sub' => "2\\n" ) + $value;`, 'sub'],
		['a long sub', `return array( 'sub' => str_repeat( 'x', 256 ) ) + $value;`, 'sub'],
		['no e-mail', `return array( 'email' => 'anna' ) + $value;`, 'email'],
		['a phone with letters', `return array( 'phone' => 'call me' ) + $value;`, 'phone'],
		['another role', `return array( 'role' => 'administrator' ) + $value;`, 'role'],
		['another issuer', `return array( 'iss' => 'https://evil.example' ) + $value;`, 'iss'],
		['a later end', `return array( 'exp' => time() + DAY_IN_SECONDS ) + $value;`, 'exp'],
		['no array', `return 'C-2';`, 'sub'],
	])('does not let %s pass, and says so', async (_, code, claim) => {
		await filter({ [claims]: code });
		expect(await identity()).toEqual({ status: 204, text: '' });
		expect(await site.wordpress.option('test_wrong')).toContain(`The claim ${claim} is wrong`);
	});
});

describe('app_inbox_for_esputnik_config', () => {
	it.each(['return null;', 'return false;', `return '';`, 'return 1;', 'return array();'])(
		'%s: the page is whole, and nothing is started',
		async (code) => {
			await filter({ app_inbox_for_esputnik_config: code });
			const page = await fetch(site.url);
			expect(page.status).toBe(200);
			const html = await page.text();
			expect(html).toContain('</html>');
			expect(html).not.toContain('appInbox.init(');
		}
	);
});

describe('app_inbox_for_esputnik_script_host', () => {
	/** The test's own filter on the config has the last word about the host; here it is told apart. */
	const hostWith = async (code: string) =>
		site.wordpress.run(`
			remove_all_filters( 'app_inbox_for_esputnik_config' );
			AppInboxForESputnik\\load( 'front-end' );
			add_filter( 'app_inbox_for_esputnik_script_host', static function ( $host ) { ${code} } );
			echo AppInboxForESputnik\\front_end_config()['scriptHost'] ?? 'default';
		`);

	it.each([
		[`return 'new.esputnik.com';`, 'https://new.esputnik.com'],
		[`return 'http://127.0.0.1:9400';`, 'http://127.0.0.1:9400'],
		[`return $host;`, 'default'],
		[`return 'evil.example/path';`, 'default'],
		[`return 'javascript:alert(1)';`, 'default'],
		[`return "a.example\\n";`, 'default'],
		[`return null;`, 'default'],
	])('%s: %s', async (code, host) => {
		expect(await hostWith(code)).toBe(host);
	});
});

describe('app_inbox_for_esputnik_marker', () => {
	const cookieWith = async (code: string) => {
		await filter({ app_inbox_for_esputnik_marker: code });
		const answer = await new Visitor(site.url).logIn('anna');
		expect(answer.status).toBe(302);
		return answer.headers
			.getSetCookie()
			.find((cookie) => cookie.startsWith('app_inbox_user='))!
			.replace(/^app_inbox_user=\w{40}; /, '');
	};

	it.each([
		[
			`return array( 'path' => '/shop/', 'domain' => 'example.com', 'secure' => true, 'samesite' => 'None' );`,
			'path=/shop/; domain=example.com; secure; SameSite=None',
		],
		[`return array( 'path' => '/shop/' );`, 'path=/shop/; SameSite=Lax'],
		[
			`return array( 'httponly' => true, 'expires' => 5, 'nonsense' => 1 ) + $value;`,
			'path=/; SameSite=Lax',
		],
		[
			`return array( 'path' => '/; x=y', 'domain' => array(), 'secure' => 'no' );`,
			'path=/; SameSite=Lax',
		],
		[`return null;`, 'path=/; SameSite=Lax'],
	])('%s: %s', async (code, attributes) => {
		expect(await cookieWith(code)).toBe(attributes);
	});
});

describe('APP_INBOX_FOR_ESPUTNIK', () => {
	const rest = async (settings?: object) => {
		const { status, body } = await admin.rest(
			`/wp/v2/settings?_fields=${OPTION}`,
			settings && { method: 'POST', body: { [OPTION]: settings } }
		);
		expect(status).toBe(200);
		return body[OPTION];
	};
	const stored = () => site.wordpress.option(OPTION) as Promise<any>;
	const locks = {
		endpoint: 'https://inbox.example/token',
		features: { tracking: true },
		excludedRoles: ['editor'],
	};

	it('counts before the stored settings, and is never stored', async () => {
		const before = await stored();
		await define(locks);
		expect(await configOf()).toMatchObject({
			endpoint: locks.endpoint,
			features: { appInbox: true, recommendations: false, tracking: true },
		});
		const { features } = before;
		const shown = { ...before, ...locks, features: { ...features, tracking: true } };
		expect(await rest()).toEqual(shown);
		// As the settings page saves: all of them, one of them changed.
		expect(await rest({ ...shown, language: 'uk' })).toEqual({ ...shown, language: 'uk' });
		expect(await stored()).toEqual({ ...before, language: 'uk' });
		await rest({
			endpoint: 'https://other.example/token',
			features: { recommendations: true },
		});
		expect(await stored()).toEqual({
			...before,
			language: 'uk',
			features: { ...features, recommendations: true },
		});
		await site.wordpress.run(`delete_option( 'test_constant' );`);
		await rest(before);
		expect(await stored()).toEqual(before);
	});

	it.each([undefined, true, { appInbox: true, recommendations: true }])(
		'does not hide that the stored features are %j, and a save mends them',
		async (features) => {
			const before = await stored();
			await define(locks);
			const settings = JSON.stringify({ ...before, features });
			await site.wordpress.run(
				`update_option( '${OPTION}', json_decode( '${settings}', true ) );`
			);
			expect(await rest()).not.toHaveProperty('features');
			expect(await rest({ ...before, ...locks })).toHaveProperty('features');
			expect(await stored()).toEqual(before);
			await site.wordpress.run(`delete_option( 'test_constant' );`);
		}
	);

	it('is shown as locked on the settings page, which still saves the rest', async () => {
		const before = await stored();
		await define(locks);
		await using page = await openSettingsPage(site);
		const reason = 'Set in wp-config.php, so it cannot be changed here.';
		const groups = page.page.getByRole('group', { name: reason });
		expect(await groups.count()).toBe(3);
		const endpoint = page.page.getByLabel('Its address');
		expect(await endpoint.inputValue()).toBe(locks.endpoint);
		expect(await endpoint.isDisabled()).toBe(true);
		expect(await page.page.getByLabel(/^Tracking:/).isDisabled()).toBe(true);
		expect(await page.page.getByLabel(/^Recommendations:/).isDisabled()).toBe(false);
		expect(await page.page.getByLabel('Editor', { exact: true }).isDisabled()).toBe(true);
		await picture(page.page, 'locked', page.page.locator('#app-inbox-script'));
		await page.page.getByLabel('Language', { exact: true }).selectOption('pl');
		await saveButton(page.page).click();
		await page.page.getByText('Saved', { exact: true }).waitFor();
		expect(await stored()).toEqual({ ...before, language: 'pl' });
		expect(page.errors).toEqual([]);
		await rest(before);
	});

	it.each([
		['a wrong address', { endpoint: 'http://inbox.example/token' }, 'endpoint'],
		['a wrong part', { placement: { position: 'inside' } }, 'placement.position'],
		['no such setting', { apiKey: 'x' }, 'There is no setting “apiKey”.'],
		['no such part', { features: { push: true } }, 'There is no setting “features.push”.'],
		['a group that is none', { features: true }, 'features'],
		['the version', { schemaVersion: 1 }, 'schemaVersion'],
		['a text', 'x', 'It is no array.'],
	])('ignores %s, with a notice, and takes the rest', async (_, constant, words) => {
		const before = await configOf();
		await define(typeof constant === 'object' ? { ...constant, language: 'de' } : constant);
		const page = await (await admin.fetch(SETTINGS_PAGE)).text();
		const [, notice = ''] = /<div class="notice notice-warning inline">(.*?)<\/div>/s.exec(
			page
		)!;
		expect(notice).toContain(words);
		expect(notice.match(/<li>/g)).toHaveLength(1);
		const expected = typeof constant === 'object' ? { ...before, language: 'de' } : before;
		expect(await configOf()).toEqual(expected);
	});

	it('gives no notice when all is well', async () => {
		await define(locks);
		const page = await (await admin.fetch(SETTINGS_PAGE)).text();
		expect(page).not.toContain('notice-warning inline');
	});
});

describe('the settings page’s button', () => {
	it('renews the signing key when it was asked twice', async () => {
		await using opened = await openSettingsPage(site);
		const { page } = opened;
		const kid = () =>
			site.wordpress.run(
				`AppInboxForESputnik\\load( 'identity' ); echo AppInboxForESputnik\\published_keys()[0]['kid'];`
			);
		const before = await kid();
		const section = page.getByRole('region', { name: 'Signing key' });
		await section.getByRole('button', { name: 'Renew the signing key' }).click();
		await section.getByRole('button', { name: 'Keep the key' }).click();
		expect(await kid()).toBe(before);
		await section.getByRole('button', { name: 'Renew the signing key' }).click();
		await section.getByRole('button', { name: 'Renew', exact: true }).click();
		await section.getByText('The key is renewed.').waitFor();
		expect(await kid()).not.toBe(before);
		expect(opened.errors).toEqual([]);
	});

	it('says why when WordPress refuses', async () => {
		await using opened = await openSettingsPage(site);
		const { page } = opened;
		await page.route(/signing-key/, (route) =>
			route.fulfill({ status: 403, json: { code: 'rest_forbidden', message: 'Not you.' } })
		);
		const section = page.getByRole('region', { name: 'Signing key' });
		await section.getByRole('button', { name: 'Renew the signing key' }).click();
		await section.getByRole('button', { name: 'Renew', exact: true }).click();
		await section.getByText('WordPress says: “Not you.”').waitFor();
	});
});

describe('what others read', () => {
	it('Settings → Privacy suggests a text', async () => {
		const page = await (await admin.fetch('/wp-admin/privacy-policy-guide.php')).text();
		expect(page).toContain('app_inbox_user');
		expect(page).toContain('https://esputnik.com');
	});

	it('Site Health has all that support asks for, and no secret', async () => {
		await define({ endpoint: 'https://inbox.example/token' });
		await filter({ app_inbox_for_esputnik_claims: 'return $value;' });
		const [information, secret] = JSON.parse(
			await site.wordpress.run(`
				$information = apply_filters( 'debug_information', array() );
				echo wp_json_encode( array( $information['app-inbox-for-esputnik'], get_option( '${OPTION}_key' ) ) );
			`)
		);
		const values = Object.fromEntries(
			Object.entries<{ value: string }>(information.fields).map(([name, { value }]) => [
				name,
				value,
			])
		);
		expect(values).toMatchObject({
			version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
			schemaVersion: '1',
			scriptId: 'set',
			endpoint: 'https://inbox.example/token',
			locked: 'endpoint',
			wordpress: site.wordpress.version,
			php: expect.stringContaining(site.wordpress.php),
			multisite: 'no',
			home: `${site.url}, ${site.url}`,
			permalinks: '/%postname%/',
			cookies: '/, none',
			caches: 'none',
			key: expect.stringMatching(/^[\w-]{43}/),
			filters: 'app_inbox_for_esputnik_claims, app_inbox_for_esputnik_config',
		});
		const text = JSON.stringify(information);
		const { scriptId } = (await site.wordpress.option(OPTION)) as { scriptId: string };
		for (const hidden of [secret, scriptId, site.esputnik.apiKey, 'example.com']) {
			expect(hidden.length).toBeGreaterThan(9);
			expect(text).not.toContain(hidden);
		}
	});
});

it('leaves no notice in the log', async () => {
	expect(await site.wordpress.log()).toBe('');
});
