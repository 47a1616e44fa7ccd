import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildFrontend } from '../../build/frontend.ts';
import { FRONTEND } from '../../build/paths.ts';
import { VERSION } from '../../build/version.ts';
import type { FrontendConfig } from '../../src/settings/frontend-config.ts';
import { INLINE } from '../build/budgets.ts';
import { askToken, site, TOKEN } from './answers.ts';
import { MARKER, openPage } from './page.ts';

/** Settings as WordPress prints them: what is its default is left out. */
const CONFIGS: Record<string, FrontendConfig> = {
	'the token function at another address': {
		scriptId: '9C41E07B5D2A48F6B3C8D19E6F7A0254',
		endpoint: 'https://shop.example/app-inbox/token',
	},
	'the older script host': {
		scriptId: 'A17F3C905E6B4D82917C0FE5D3B8462A',
		scriptHost: 'statics.esputnik.com',
		endpoint: '/app-inbox/token',
	},
};
let code: string;

beforeAll(async () => {
	await buildFrontend();
	code = await readFile(FRONTEND, 'utf8');
});

describe('the script as it stands in the page', () => {
	it.each(Object.entries(CONFIGS))('is within its budget, config included: %s', (_, config) => {
		const inline = `${code}appInbox.init(${JSON.stringify(config)})`;
		expect(gzipSync(inline, { level: 9 }).length).toBeLessThanOrEqual(INLINE);
	});
	it('may stand in an inline script element', () => {
		expect(code).not.toMatch(/<\/script|<!--|\]\]>/i);
		expect(code).toMatch(/;\s*$/);
	});
	it('names no schema library, and ends in no source map', () => {
		expect(code).not.toMatch(/zod|sourceMappingURL/i);
	});

	// The compressor takes liberties: what it makes must still do the same.
	it('works: init, token, status', async () => {
		const page = openPage({ source: code, cookie: MARKER, answer: site() });
		page.foreignSnippet("eS('init', {TRACKING: true}, {theme: 1}); eS('sendEvent', 1);");
		page.init({ endpoint: '/token' });
		expect(page.queued()).toEqual([
			[
				'init',
				{ APP_INBOX: true, TRACKING: true },
				{ theme: 1, getAuthTokenCallback: expect.any(Function), language: 'uk' },
			],
			['sendEvent', 1],
		]);
		expect(page.window.eS.q[0]![0]).not.toBeInstanceOf(Array);
		expect(await askToken(page)).toBe(TOKEN);
		expect(page.window.appInbox.status()).toMatchObject({
			version: VERSION,
			state: 'initialised',
			init: 'merged',
			token: 'received',
		});
		const received = page.loadVendor();
		page.run("eS('init'); eS('sendEvent', 2)");
		expect(received.map(([name]) => name)).toEqual(['init', 'sendEvent', 'sendEvent']);
		page.run(code);
		page.init();
		expect(received).toHaveLength(3);
	});
	it('works where everything is forbidden', async () => {
		const page = openPage({
			source: code,
			cookie: MARKER,
			answer: () => {
				throw new Error('no');
			},
			before: (window) =>
				Object.defineProperty(window, 'sessionStorage', {
					get() {
						throw new Error('SecurityError');
					},
				}),
		});
		page.init();
		expect(await askToken(page)).toBe('');
		expect(page.logged).toEqual([]);
	});
	it('does nothing for a guest', () => {
		const page = openPage({ source: code });
		page.init();
		expect(page.window.eS).toBeUndefined();
		expect(page.window.appInbox.status().state).toBe('guest');
	});
});
