import { beforeEach, describe, expect, it } from 'vitest';
import { giveLogin } from '../site/visitor.ts';
import { withSite } from './running.ts';
import { bell, openMessages, visit } from './visit.ts';

const site = withSite({
	signed: true,
	foreignEsputnik: true,
	settings: {
		language: 'uk',
		features: { appInbox: true, recommendations: false, tracking: true },
		consent: 'marketing',
		excludedRoles: ['administrator'],
	},
});

beforeEach(() => site.esputnik.reset());

describe('the inbox with the token function at another address', () => {
	it('shows a subscriber their messages by a credential that WordPress signs', async () => {
		await using bohdan = await visit(site.browser);
		await giveLogin(bohdan.context, site.url, 'bohdan');
		bohdan.clear();
		const asked = bohdan.page.waitForRequest((request) => request.url().endsWith('/token'));
		await bohdan.page.goto(site.url);
		await bell(bohdan.page, 1).waitFor();
		expect(await openMessages(bohdan.page)).toHaveLength(2);

		const request = await asked;
		expect(new URL(request.url()).origin).not.toBe(site.url);
		const headers = await request.allHeaders();
		expect(headers.cookie).toBeUndefined();
		expect(headers['x-wp-nonce']).toBeUndefined();
		const claims = JSON.parse(
			Buffer.from(headers.authorization!.split('.')[1]!, 'base64url').toString()
		);
		expect(claims).toEqual({
			iss: site.url,
			aud: 'app-inbox',
			sub: '3',
			email: 'bohdan@example.com',
			iat: expect.any(Number),
			exp: claims.iat + 900,
		});
		expect(bohdan.errors).toEqual([]);

		// The second page of the same tab needs no new credential.
		bohdan.clear();
		await bohdan.page.goto(site.url);
		await bell(bohdan.page, 0)
			.or(bohdan.page.locator('esputnik-inbox .bell'))
			.first()
			.waitFor();
		expect(bohdan.requests.filter((url) => url.includes('admin-ajax.php'))).toEqual([]);
	});

	it('starts the other features for everyone, once, in the language of the settings', async () => {
		await using guest = await visit(site.browser);
		await guest.page.goto(site.url);
		await guest.page.waitForFunction('window.__esputnik?.inits.length');
		expect(await guest.page.evaluate('__esputnik.inits')).toMatchObject([
			{ APP_INBOX: false, RECOMS: false, TRACKING: true },
		]);
		expect(await guest.page.evaluate(() => window.appInbox!.status().token)).toBe('none');
		expect(guest.errors).toEqual([]);
	});

	it('waits for consent with tracking, and takes no answer for a no', async () => {
		await using guest = await visit(site.browser);
		await guest.page.addInitScript(
			'window.wp_has_consent = (category) => category !== "marketing"'
		);
		await guest.page.goto(site.url, { waitUntil: 'networkidle' });
		expect(guest.requests.filter((url) => !url.startsWith(site.url))).toEqual([]);
	});

	it('gives an excluded role neither marker nor credential', async () => {
		await using admin = await visit(site.browser);
		await giveLogin(admin.context, site.url, 'admin');
		const cookies = await admin.context.cookies();
		expect(cookies.map(({ name }) => name)).not.toContain('app_inbox_user');
		const answer = await admin.page.request.get(
			`${site.url}/wp-admin/admin-ajax.php?action=app_inbox_identity`
		);
		expect([answer.status(), await answer.text()]).toEqual([400, '0']);
	});

	it('publishes the public key, and nothing else of it', async () => {
		const index = await fetch(`${site.url}/?rest_route=/&_fields=authentication`);
		const { authentication } = (await index.json()) as {
			authentication: { 'app-inbox': { keys: object[] } };
		};
		expect(authentication['app-inbox'].keys).toEqual([
			{
				kty: 'OKP',
				crv: 'Ed25519',
				alg: 'EdDSA',
				use: 'sig',
				kid: expect.stringMatching(/^[\w-]{43}$/),
				x: expect.stringMatching(/^[\w-]{43}$/),
			},
		]);
	});
});
