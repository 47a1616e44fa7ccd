import { expect, it } from 'vitest';
import { shareCloudflareLimits } from '../../src/edge/runtimes/cloudflare-limits.ts';
import { webPlatform } from '../../src/edge/runtimes/web-platform.ts';
import type { Platform } from '../../src/edge/types.ts';
import { answered, FakePlatform, rootPage } from './fake-platform.ts';

const REDIS_URL = 'redis://:canary@127.0.0.1:6379/0';
const web = webPlatform({ version: '1.2.3', loader: '', rootPage });

/** The warnings in the log after two requests. */
async function warnings(
	shareLimits: Platform['shareLimits'],
	env: Record<string, string> = {}
): Promise<string[]> {
	const platform = new FakePlatform(() => answered({}), env);
	Object.assign(platform, { shareLimits });
	await platform.visit();
	await platform.visit();
	return platform.lines.filter((line) => JSON.parse(line).level === 'warn');
}

it.each([
	['Deno, Bun, Vercel and Netlify', web.shareLimits],
	['Cloudflare', shareCloudflareLimits(web.clock)],
])('REDIS_URL on %s gets a warning, once, and is not quoted', async (_name, shareLimits) => {
	const lines = await warnings(shareLimits, { REDIS_URL });
	expect(lines).toEqual([expect.stringMatching(/"redis_not_used".*REDIS_URL .*Node/)]);
	expect(lines[0]).not.toContain('canary');
	expect(await warnings(shareLimits)).toEqual([]);
});
