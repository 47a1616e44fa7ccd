import { expect, it } from 'vitest';
import { shareCloudflareLimits } from '../../src/edge/runtimes/cloudflare-limits.ts';
import { answered, FakePlatform } from './fake-platform.ts';

/** A rate-limit binding as Cloudflare documents it: `limit({ key })` answers `{ success }`. */
class Binding {
	keys: string[] = [];
	constructor(private readonly perMinute: number) {}
	limit = async ({ key }: { key: string }) => {
		this.keys.push(key);
		return { success: this.keys.filter((other) => other === key).length <= this.perMinute };
	};
}

function onCloudflare(bindings: Record<string, unknown>) {
	const platform = new FakePlatform(() => answered({ token: 'token' }));
	Object.assign(platform.env, bindings);
	Object.assign(platform, { shareLimits: shareCloudflareLimits(platform.clock) });
	const good = platform.bearer();
	const ask = async (bad?: string, peer = '192.0.2.1') =>
		platform.post(bad ? { authorization: `Bearer a.b.${bad}` } : good, {}, { peer });
	return { platform, ask };
}

it('an identity has the share that the binding gives it, and a minute to wait then', async () => {
	const TOKEN_LIMIT = new Binding(2);
	const { ask } = onCloudflare({ TOKEN_LIMIT });
	expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
	const limited = await ask();
	expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '60']);
	expect(TOKEN_LIMIT.keys).toEqual(['2', '2', '2']);
});

it('refusals alone count for an address, which is turned away for a minute', async () => {
	const REFUSAL_LIMIT = new Binding(1);
	const { platform, ask } = onCloudflare({ REFUSAL_LIMIT });
	expect((await ask()).status).toBe(200);
	expect(REFUSAL_LIMIT.keys).toEqual([]);
	expect([(await ask('bad1')).status, (await ask('bad2')).status]).toEqual([401, 401]);
	expect(REFUSAL_LIMIT.keys).toEqual(['192.0.2.1', '192.0.2.1']);
	await platform.clock.advance(20_000);
	const limited = await ask('bad3');
	expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '40']);
	expect((await ask('bad4', '192.0.2.2')).status).toBe(401);
	// Known as good.
	expect((await ask()).status).toBe(200);
	await platform.clock.advance(40_000);
	expect((await ask('bad5')).status).toBe(401);
});

it.each([
	['is missing', undefined],
	['fails', { limit: () => Promise.reject(new Error('canary')) }],
])('a binding that %s locks nobody out, and the local limits hold', async (_name, binding) => {
	const { ask } = onCloudflare({
		RATE_LIMIT_PER_MINUTE: '2',
		TOKEN_LIMIT: binding,
		REFUSAL_LIMIT: binding,
	});
	expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
	expect((await ask()).status).toBe(429);
	expect((await ask('bad')).status).toBe(401);
});
