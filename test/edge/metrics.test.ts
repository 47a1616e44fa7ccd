import { beforeAll, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../src/edge/types.ts';
import { claimsOf, createKey, sign, type SiteKey } from './credentials.ts';
import { answered, FakePlatform } from './fake-platform.ts';
import { readMetrics } from './read-metrics.ts';

const METRICS_TOKEN = 'canary-metrics-1f2e3d4c5b6a';
const SITE = 'https://site.example';
let key: SiteKey;
beforeAll(async () => {
	key = await createKey('key-1');
});

const usual = ({ url }: HttpRequest) => {
	if (url.includes('esputnik')) {
		return answered({ token: 'canary-token' });
	}
	return answered({ keys: [key.jwk] });
};

const scrape = (
	platform: FakePlatform,
	authorization = `Bearer ${METRICS_TOKEN}`,
	method = 'GET'
) =>
	platform.handle(
		new Request('https://edge.example/app-inbox/metrics', {
			method,
			headers: { authorization },
		}),
		platform.env
	);

describe('GET /metrics', () => {
	it('is not there without METRICS_TOKEN, whatever is shown', async () => {
		const response = await scrape(new FakePlatform(usual));
		expect(response.status).toBe(404);
		expect(await response.json()).toMatchObject({ code: 'not_found' });
	});

	it.each(['', 'Bearer ', 'Bearer canary-metrics-1f2e3d4c5b6', `Basic ${METRICS_TOKEN}`])(
		'refuses Authorization "%s"',
		async (authorization) => {
			const response = await scrape(
				new FakePlatform(usual, { METRICS_TOKEN }),
				authorization
			);
			expect(response.status).toBe(401);
			expect(await response.json()).toMatchObject({ code: 'unauthenticated' });
		}
	);

	it('is text for Prometheus, is not stored, and is nothing for scripts of other pages', async () => {
		const response = await scrape(new FakePlatform(usual, { METRICS_TOKEN }));
		expect(response.status).toBe(200);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'content-type': 'text/plain; version=0.0.4; charset=utf-8',
			'cache-control': 'no-store',
			'cross-origin-resource-policy': 'same-origin',
		});
		expect(response.headers.has('access-control-allow-origin')).toBe(false);
	});

	it('tells requests, credentials, eSputnik, the breaker, caches and limits', async () => {
		let failing = false;
		const platform = new FakePlatform(
			(request) =>
				failing && request.url.includes('esputnik') ? answered({}, 500) : usual(request),
			{ METRICS_TOKEN, RATE_LIMIT_PER_MINUTE: '8', IDENTITY_SECRET: undefined }
		);
		const now = platform.clock.now();
		const jwt = await sign(claimsOf(SITE, { sub: '7' }, now), key);
		expect((await platform.signed(jwt)).status).toBe(200);
		expect((await platform.signed(jwt)).status).toBe(200);
		const another = await sign(claimsOf(SITE, { sub: '8' }, now), key);
		expect((await platform.signed(another)).status).toBe(200);
		expect((await platform.post({}, {}, { peer: '192.0.2.1' })).status).toBe(401);
		failing = true;
		for (let n = 0; n < 5; n++) {
			const asked = platform.count('esputnik');
			const failed = platform.signed(jwt);
			for (let attempt = 1; attempt <= 3; attempt++) {
				await platform.asks('esputnik', asked + attempt);
				await platform.clock.advance(1000);
			}
			expect((await failed).status).toBe(502);
		}
		expect((await platform.signed(jwt)).status).toBe(503);
		expect((await platform.signed(jwt)).status).toBe(429);
		await platform.handle(new Request('https://edge.example/app-inbox/x/canary'), platform.env);

		const text = await (await scrape(platform)).text();
		expect(readMetrics(text)).toMatchObject({
			'app_inbox_info{version="1.2.3"}': 1,
			'app_inbox_requests_total{route="/token",outcome="token",status="200"}': 3,
			'app_inbox_requests_total{route="/token",outcome="unauthenticated",status="401"}': 1,
			'app_inbox_requests_total{route="/token",outcome="vendor_unavailable",status="502"}': 5,
			'app_inbox_requests_total{route="/token",outcome="vendor_unavailable",status="503"}': 1,
			'app_inbox_requests_total{route="/token",outcome="rate_limited",status="429"}': 1,
			'app_inbox_requests_total{route="none",outcome="not_found",status="404"}': 1,
			'app_inbox_request_seconds_count{route="/token"}': 11,
			'app_inbox_vendor_seconds_count{result="token"}': 3,
			'app_inbox_vendor_seconds_count{result="unavailable"}': 15,
			'app_inbox_credentials_total{result="verified"}': 2,
			'app_inbox_credentials_total{result="remembered"}': 8,
			'app_inbox_credentials_total{result="refused"}': 1,
			'app_inbox_limited_total{by="identity"}': 1,
			app_inbox_breaker_openings_total: 1,
			app_inbox_breaker_open: 1,
			app_inbox_remembered_jwts: 2,
			app_inbox_counted_identities: 2,
			app_inbox_counted_addresses: 1,
		});
		expect(text).not.toMatch(/canary/);
		expect(platform.lines.join('\n')).not.toMatch(/canary/);
	});

	it('answers HEAD and OPTIONS, and no POST', async () => {
		const platform = new FakePlatform(usual, { METRICS_TOKEN });
		const head = await scrape(platform, undefined, 'HEAD');
		expect([head.status, await head.text()]).toEqual([200, '']);
		expect((await scrape(platform, undefined, 'OPTIONS')).headers.get('allow')).toBe(
			'GET, HEAD, OPTIONS'
		);
		expect((await scrape(platform, undefined, 'POST')).status).toBe(405);
	});
});
