// @vitest-environment jsdom
/** What the check reads out of the front page's content security policy. */
import { describe, expect, it } from 'vitest';
import { check, createWorld, page, SCRIPT_ID, SITE, type World } from './check-world.ts';

const FRONT = `GET ${SITE}/`;

describe('a content security policy', () => {
	const policy = async (text: string, change: (world: World) => void = () => {}) => {
		const world = createWorld();
		world.headers = { 'content-security-policy': text };
		change(world);
		return (await check(world)).csp;
	};

	it.each([
		`default-src * 'unsafe-inline'`,
		`script-src 'unsafe-inline' *.esputnik.com; connect-src 'self' esputnik.com`,
		`script-src 'unsafe-inline' https:; connect-src https:`,
		`script-src 'unsafe-inline' https://cdn.esputnik.com/scripts/; img-src 'none'`,
		`img-src 'self'`,
	])('lets all through: %s', async (text) => {
		expect(await policy(text)).toMatchObject({ status: 'pass' });
	});

	it.each([
		[`script-src 'self' 'unsafe-inline'`, /^Add https:\/\/cdn\.esputnik\.com to script-src\.$/],
		[
			`script-src * 'unsafe-inline'; connect-src 'none'`,
			/^Add https:\/\/shop\.example to connect-src\. Add https:\/\/esputnik\.com to connect-src\.$/,
		],
		[`script-src * 'unsafe-inline' 'nonce-abc'`, /by a nonce/],
		[`script-src * 'unsafe-inline' 'sha256-abc='`, /by a nonce/],
		[`script-src 'unsafe-inline' http://cdn.esputnik.com:8080`, /cdn\.esputnik\.com/],
		[`script-src 'unsafe-inline' https://cdn.esputnik.com/other/`, /cdn\.esputnik\.com/],
		[`img-src *, script-src 'none'`, /inline scripts/],
	])('stops something: %s', async (text, advice) => {
		expect(await policy(text)).toMatchObject({
			status: 'fail',
			advice: expect.stringMatching(advice),
		});
	});

	it('has to let pages ask WordPress too, wherever the function is', async () => {
		const elsewhere = ({ settings }: World) =>
			(settings.endpoint = 'https://inbox.example/app-inbox/token');
		const others = `connect-src inbox.example esputnik.com`;
		expect(await policy(others, elsewhere)).toMatchObject({
			status: 'fail',
			advice: `Add ${SITE} to connect-src.`,
		});
		expect(await policy(`${others} 'self'`, elsewhere)).toMatchObject({ status: 'pass' });
	});

	it('lets through what carries its nonce, and with strict-dynamic what that loads', async () => {
		const nonced = (world: World) => {
			world.answers[FRONT] = {
				headers: world.headers,
				body: page(
					`<script id="app-inbox-for-esputnik" nonce="abc">appInbox.init({"scriptId":"${SCRIPT_ID}"})</script>`
				),
			};
		};
		expect(await policy(`script-src 'nonce-abc' 'strict-dynamic'`, nonced)).toMatchObject({
			status: 'pass',
		});
		expect(await policy(`script-src 'nonce-abd' 'strict-dynamic'`, nonced)).toMatchObject({
			status: 'fail',
		});
	});

	it('counts in a meta element, and not where it is only reported', async () => {
		const world = createWorld();
		world.head = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`;
		expect((await check(world)).csp.status).toBe('fail');
		world.head = '';
		world.headers = { 'content-security-policy-report-only': `script-src 'none'` };
		expect((await check(world)).csp.status).toBe('pass');
	});
});
