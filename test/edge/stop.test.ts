import { Agent, request } from 'undici';
import { expect, it } from 'vitest';
import { bearer, SECRET } from './credentials.ts';
import { bundleForTests, runNode } from './node-process.ts';
import { answerJson, startUpstream, vendorUsually } from './upstreams.ts';

const SITE = 'https://site.example';

it('SIGTERM under load: every request that was accepted is answered', async () => {
	const bundle = await bundleForTests();
	const vendor = await startUpstream(vendorUsually);
	const { child, ended, listening, output } = runNode(bundle.file, {
		SITE_URL: SITE,
		IDENTITY_SECRET: SECRET,
		ESPUTNIK_API_KEY: 'canary-key-9f8e7d6c5b4a3210',
		ESPUTNIK_API_URL: `${vendor.url}/api`,
		RATE_LIMIT_PER_MINUTE: '100000',
	});
	const url = await listening;
	const agent = new Agent({ connections: 50 });
	const answered = new Set<string>();
	let refused = 0;

	/** Asks again and again, until the door is closed. */
	const visitor = async () => {
		for (;;) {
			try {
				const { statusCode, headers, body } = await request(`${url}/token`, {
					method: 'POST',
					headers: { origin: SITE, ...bearer(SITE) },
					dispatcher: agent,
				});
				expect(statusCode).toBe(200);
				expect(await body.json()).toEqual({ token: expect.stringMatching(/^tok_/) });
				answered.add(String(headers['x-request-id']));
			} catch (error) {
				expect((error as { code?: string }).code).toMatch(/^(ECONN|UND_ERR_SOCKET|EPIPE)/);
				refused++;
				return;
			}
		}
	};
	const visitors = Array.from({ length: 50 }, visitor);
	while (answered.size < 1000) {
		await vendor.next();
	}
	// Some wait for a slow eSputnik at this moment.
	const late: Array<() => void> = [];
	vendor.answer = (asked, response) =>
		void late.push(() => answerJson({ token: 'tok_late' })(asked, response));
	while (late.length < 20) {
		await vendor.next();
	}
	vendor.answer = vendorUsually;
	child.kill('SIGTERM');
	late.forEach((answer) => answer());
	await Promise.all(visitors);
	expect(await ended).toBe(0);

	const accepted = [...output().matchAll(/"event":"request","id":"([^"]+)"/g)].map(
		([, id]) => id!
	);
	expect(accepted.length).toBeGreaterThan(1000);
	expect(accepted.filter((id) => !answered.has(id))).toEqual([]);
	// Each of them asks eSputnik once: none was dropped before its line in the log either.
	expect(answered.size).toBe(vendor.requests.length);
	expect(refused).toBe(50);
	await agent.close();
	await Promise.all([bundle.remove(), vendor.close()]);
});
