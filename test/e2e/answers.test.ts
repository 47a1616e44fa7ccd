import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { IDENTITY_URL, KEYS_URL } from '../../src/settings/frontend-config.ts';
import { Visitor } from '../wordpress/visitor.ts';
import {
	askIdentity,
	claimsOf,
	JWT,
	MARKER,
	markerIn,
	STALE,
	startBesideOthers,
	whole,
} from './answers.ts';
import { running } from './running.ts';

const site = running(startBesideOthers);
let anna: Visitor;
let admin: Visitor;

beforeAll(async () => {
	anna = new Visitor(site.url);
	await anna.logIn('anna');
	admin = new Visitor(site.url);
	await admin.logIn('admin');
});
afterEach(() => site.others(''));

const keys = async (init?: RequestInit) => whole(await fetch(site.url + KEYS_URL, init));

describe('POST /?app-inbox=identity', () => {
	it('is a JWT about the visitor, signed with the site’s key, and nothing else', async () => {
		const answer = await askIdentity(anna);
		expect(answer.status).toBe(200);
		expect(headersOf(answer)).toEqual({
			'content-type': 'text/plain; charset=utf-8',
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
		});
		expect(answer.text).toMatch(JWT);
		const claims = claimsOf(answer.text);
		expect(claims).toEqual({
			mark: atob(anna.cookies.get(MARKER)!),
			...{ sub: '2', email: 'anna@example.com', iss: site.url, aud: 'app-inbox' },
			...{ iat: expect.any(Number), exp: claims.iat + 15 * 60 },
		});
		expect(Math.abs(claims.iat - Date.now() / 1000)).toBeLessThan(30);

		const [header, payload, signature] = answer.text.split('.') as [string, string, string];
		const [jwk] = JSON.parse((await keys()).text).keys;
		expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
			...{ alg: 'EdDSA', typ: 'JWT', kid: jwk.kid },
		});
		const key = createPublicKey({ key: jwk, format: 'jwk' });
		const signed = Buffer.from(`${header}.${payload}`);
		expect(verify(null, signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
	});

	it('has the marker of this very login in it as it is, and gives it to a browser without', async () => {
		const marker = anna.cookies.get(MARKER)!;
		expect(marker).toMatch(/^\w{40}$/);
		const first = await askIdentity(anna);
		expect(markerIn(first)).toBeNull();
		expect(first.text.split('.')[1]).toContain(marker);

		for (const wrong of [undefined, STALE]) {
			anna.cookies.delete(MARKER);
			if (wrong) {
				anna.cookies.set(MARKER, wrong);
			}
			const mended = await askIdentity(anna);
			expect([markerIn(mended), mended.status]).toEqual([marker, 200]);
			expect(anna.cookies.get(MARKER)).toBe(marker);
		}

		const elsewhere = new Visitor(site.url);
		await elsewhere.logIn('anna');
		expect(elsewhere.cookies.get(MARKER)).toMatch(/^\w{40}$/);
		expect(elsewhere.cookies.get(MARKER)).not.toBe(marker);
		expect((await askIdentity(elsewhere)).text).not.toContain(marker);
	});

	it('is nothing for a guest and for an excluded role, and takes a stale marker away', async () => {
		expect(admin.cookies.has(MARKER)).toBe(false);
		for (const nobody of [new Visitor(site.url), admin]) {
			for (const [marker, becomes] of [
				[undefined, null],
				[STALE, ''],
				[anna.cookies.get(MARKER), ''],
			] as const) {
				if (marker) {
					nobody.cookies.set(MARKER, marker);
				}
				const answer = await askIdentity(nobody);
				expect([answer.status, answer.text]).toEqual([204, '']);
				expect(answer.headers.get('cache-control')).toBe('no-store');
				expect(markerIn(answer)).toBe(becomes);
				expect(nobody.cookies.has(MARKER)).toBe(false);
			}
		}
	});

	it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('answers %s with 405', async (method) => {
		const answer = await askIdentity(anna, method);
		expect([answer.status, answer.text]).toEqual([405, '']);
		expect(answer.headers.get('allow')).toBe('POST');
		expect(answer.headers.get('cache-control')).toBe('no-store');
	});
});

describe('GET /?app-inbox=keys', () => {
	it('is the public key as a JWK set, for every cache, and nothing about anybody', async () => {
		const answer = await keys();
		expect(answer.status).toBe(200);
		expect(headersOf(answer)).toEqual({
			'content-type': 'application/jwk-set+json',
			'cache-control': 'public, max-age=300',
			'x-content-type-options': 'nosniff',
		});
		const text = expect.stringMatching(/^[\w-]{43}$/);
		expect(JSON.parse(answer.text)).toEqual({
			keys: [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: text, x: text }],
		});
		// Nor for those whose marker a page would mend.
		const stale = new Visitor(site.url);
		stale.cookies.set(MARKER, STALE);
		const theirs = await whole(await stale.fetch(KEYS_URL));
		expect([theirs.text, theirs.headers.getSetCookie()]).toEqual([answer.text, []]);
	});

	it('has the same headers for HEAD', async () => {
		const head = await keys({ method: 'HEAD' });
		expect([head.status, head.text]).toEqual([200, '']);
		expect(headersOf(head)).toEqual(headersOf(await keys()));
	});
});

describe('where sites close doors to customers there is nothing of ours', () => {
	it('the REST index has neither keys nor our routes', async () => {
		const guest = await fetch(`${site.url}/wp-json/`);
		for (const index of [(await guest.json()) as any, (await admin.rest('/')).body]) {
			expect(index.namespaces).toContain('wp/v2');
			expect(JSON.stringify(index)).not.toMatch(/app-?inbox/i);
		}
	});

	it('admin-ajax.php knows nothing', async () => {
		const ajax = '/wp-admin/admin-ajax.php';
		for (const query of [
			'?action=app_inbox_identity',
			'?app-inbox=identity',
			'?app-inbox=keys',
		]) {
			const answer = await whole(await anna.fetch(ajax + query, { method: 'POST' }));
			expect([answer.status, answer.text]).toEqual([400, '0']);
		}
	});

	it.each(['', '?app-inbox', '?app-inbox=', '?app-inbox=else', '?app-inbox[]=keys'])(
		'/%s is the page that it is anyhow',
		async (query) => {
			const page = await whole(await fetch(`${site.url}/${query}`));
			expect(page.status).toBe(200);
			expect(page.text).toContain('</html>');
		}
	);

	it('administrators reach what is theirs', async () => {
		const page = await admin.fetch('/wp-admin/options-general.php?page=app-inbox-for-esputnik');
		expect(await page.text()).toContain(`"siteUrl":"${site.url.replaceAll('/', '\\/')}"`);
		const settings = await admin.rest('/wp/v2/settings?_fields=app_inbox_for_esputnik');
		expect(settings.body.app_inbox_for_esputnik).toMatchObject({
			excludedRoles: ['administrator'],
		});
		const health = await admin.rest('/app-inbox-for-esputnik/v1/site-health');
		expect(health.status).toBe(200);
		const renewed = await admin.rest('/app-inbox-for-esputnik/v1/signing-key', {
			method: 'POST',
		});
		expect(JSON.parse((await keys()).text).keys[0].kid).toBe(renewed.body.kid);
	});
});

describe('the address in the JWT', () => {
	/** Each language has a home of its own; core's filters, as translation plugins use them. */
	const TRANSLATED = `
		foreach ( array( 'home_url', 'option_home', 'pre_option_home' ) as $name ) {
			add_filter( $name, static fn() => 'https://fr.example/fr', 1000 );
		}
	`;
	const issuer = async (path = IDENTITY_URL) => {
		const answer = await whole(await anna.fetch(path, { method: 'POST' }));
		expect(answer.text).toMatch(JWT);
		return claimsOf(answer.text).iss;
	};
	/** The runtime's own: it gives a site WP_HOME and WP_SITEURL. */
	const constants = (change: string) =>
		site.run(`
			$file   = '/internal/shared/consts.json';
			$values = json_decode( file_get_contents( $file ), true );
			${change}
			file_put_contents( $file, wp_json_encode( $values ) );
		`);

	it('is WP_HOME, whatever the filters say', async () => {
		await site.others(TRANSLATED);
		expect(await issuer()).toBe(site.url);
	});

	it('is https where the visitor is', async () => {
		await site.others(`$_SERVER['HTTPS'] = 'on';`);
		// Logged in over http, so that the cookies are others: WordPress goes by the address alone.
		const secure = new Visitor(site.url);
		await secure.logIn('anna');
		const answer = await askIdentity(secure);
		expect(claimsOf(answer.text).iss).toBe(site.url.replace('http:', 'https:'));
		secure.cookies.delete(MARKER);
		expect((await askIdentity(secure)).headers.getSetCookie().join()).toMatch(/; secure/i);
	});

	it('is the same with plain permalinks', async () => {
		const structure = await site.option('permalink_structure');
		await site.run(`update_option( 'permalink_structure', '' );`);
		expect(await issuer()).toBe(site.url);
		expect((await keys()).status).toBe(200);
		await site.run(`update_option( 'permalink_structure', '${structure}' );`);
	});

	it('has the folder of a site in one', async () => {
		await constants(`$values['WP_HOME'] = '${site.url}/shop/';`);
		try {
			expect(await issuer(`/shop${IDENTITY_URL}`)).toBe(`${site.url}/shop`);
			const page = await (await fetch(`${site.url}/shop/`)).text();
			expect(page).toContain(`"identityUrl":"/shop${IDENTITY_URL}"`);
		} finally {
			await constants(`$values['WP_HOME'] = '${site.url}';`);
		}
	});

	it('is the stored one, whatever the filters say, where WP_HOME says nothing', async () => {
		await site.run(`
			global $wpdb;
			$wpdb->update( $wpdb->options, array( 'option_value' => 'https://stored.example/' ), array( 'option_name' => 'home' ) );
		`);
		await constants(`unset( $values['WP_HOME'] );`);
		try {
			expect(await issuer()).toBe('https://stored.example');
			await site.others(TRANSLATED);
			expect(await issuer()).toBe('https://stored.example');
		} finally {
			await constants(`$values['WP_HOME'] = '${site.url}';`);
		}
	});
});

it('leaves no notice in the log', async () => {
	expect(await site.log()).toBe('');
});

/** But for what PHP and the connection add themselves. */
function headersOf({ headers }: { headers: Headers }) {
	const { ...all } = Object.fromEntries(headers);
	for (const name of ['date', 'connection', 'keep-alive', 'x-powered-by', 'transfer-encoding']) {
		delete all[name];
	}
	return all;
}
