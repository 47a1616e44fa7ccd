/** Pages that are kept from storage, cookies, scripts or the network. */
import { describe, expect, it } from 'vitest';
import type { FrontendConfig } from '../../../src/settings/frontend-config.ts';
import { running } from '../running.ts';
import {
	CREDENTIAL,
	document,
	foreign,
	FORM_NAMES,
	FORMS,
	initCode,
	MARKER,
	SCRIPT,
	startStage,
	until,
} from './stage.ts';
import { expectUnharmed, pageOf } from './unharmed.ts';

const stage = running(startStage);

describe('blocked storage and cookies', () => {
	const SANDBOX = 'sandbox allow-scripts';

	it.each(FORM_NAMES)('a page that is sandboxed, ours as %s', async (form) => {
		await using opened = await stage.open(pageOf('', FORMS[form]()), {
			headers: { 'content-security-policy': SANDBOX },
		});
		await expectUnharmed(opened);
		expect(await opened.look()).toMatchObject({
			vendor: null,
			scripts: [],
			status: { state: 'guest' },
		});
	});

	it.each(FORM_NAMES)(
		'a sandboxed page with a foreign snippet keeps it, ours as %s',
		async (form) => {
			await using opened = await stage.open(
				pageOf('', foreign("eS('init', {TRACKING: false, RECOMS: false})") + FORMS[form]()),
				{ headers: { 'content-security-policy': SANDBOX } }
			);
			expect((await opened.settle()).vendor?.inits).toEqual([
				{ TRACKING: false, RECOMS: false, options: [] },
			]);
			await expectUnharmed(opened);
		}
	);

	it('a sandboxed frame in a page', async () => {
		await using opened = await stage.open(
			document('', '<iframe sandbox="allow-scripts" src="/frame"></iframe>'),
			{ files: { '/frame': pageOf('', FORMS.inline()) } }
		);
		const frame = opened.page.frames()[1]!;
		await until(async () => expect(await frame.evaluate('window.after')).toBe(1));
		expect(await frame.evaluate('typeof appInbox.status().message')).toBe('string');
		expect(opened.errors).toEqual([]);
		expect(opened.warnings()).toEqual([]);
	});

	const blocked = (name: string, of = 'window') => `Object.defineProperty(${of}, '${name}', {
		get: function () { throw new DOMException('The operation is insecure.', 'SecurityError') } });`;

	it.each(FORM_NAMES)('storage alone: works, ours as %s', async (form) => {
		await using opened = await stage.open(
			pageOf(blocked('sessionStorage') + blocked('localStorage'), FORMS[form]())
		);
		await opened.bell();
		await expectUnharmed(opened);
	});

	it.each(FORM_NAMES)('storage that is full: works, ours as %s', async (form) => {
		const full = `Storage.prototype.setItem = function () { throw new Error('full') };
			Object.defineProperty(window, 'sessionStorage', { value: new Proxy({}, {
				set: function () { throw new DOMException('Full.', 'QuotaExceededError') } }) });`;
		await using opened = await stage.open(pageOf(full, FORMS[form]()));
		await opened.bell();
		await expectUnharmed(opened);
	});

	it.each(FORM_NAMES)('cookies that throw, ours as %s', async (form) => {
		await using opened = await stage.open(pageOf(blocked('cookie', 'document'), FORMS[form]()));
		await expectUnharmed(opened);
		expect((await opened.look()).vendor).toBeNull();
	});

	it.each(FORM_NAMES)(
		'cookies that throw from some moment on: no token, ours as %s',
		async (form) => {
			await using opened = await stage.open(
				pageOf('', `${FORMS[form]()}<script>${blocked('cookie', 'document')}</script>`)
			);
			const { vendor, status } = await opened.settle();
			expect(vendor).toMatchObject({ tokensAsked: 1, problems: [] });
			expect(status).toMatchObject({ state: 'guest', token: 'none' });
			await expectUnharmed(opened);
		}
	);

	it.each(FORM_NAMES)(
		'a consent tool that takes away the cookie which the site sets again: no endless loading, ours as %s',
		async (form) => {
			const removal = `addEventListener('DOMContentLoaded', function () {
				document.cookie = 'app_inbox_user=; max-age=0; path=/' });
				addEventListener('pageshow', function () { window.shown = 1 })`;
			await using opened = await stage.open(pageOf(removal, FORMS[form]()), {
				headers: {
					'set-cookie': `${MARKER.name}=${MARKER.value}; path=/`,
				},
			});
			await until(async () => expect(await opened.read('window.shown')).toBe(1));
			const { vendor, status } = await opened.settle();
			expect(vendor).toMatchObject({ tokensAsked: 1, problems: [] });
			expect(status).toMatchObject({ state: 'guest', token: 'none' });
			expect(opened.requests.filter((url) => url.endsWith('/page'))).toHaveLength(1);
			await expectUnharmed(opened);
		}
	);
});

describe.each(FORM_NAMES)('fetch is broken, ours as %s', (form) => {
	it.each([
		['throws at once', `throw new Error('fetch')`],
		['gives nothing', ''],
		['gives null', 'return null'],
		['rejects with nothing', 'return Promise.reject()'],
		['resolves to nothing', 'return Promise.resolve()'],
		['resolves to something else', 'return Promise.resolve({ status: 200, ok: true })'],
		[
			'resolves to something whose parts throw',
			`return Promise.resolve(new Proxy({}, { get: function (_, name) {
				if (name !== 'then') { throw new Error(name) } } }))`,
		],
		[
			'answers nonsense',
			`return Promise.resolve({ status: 200, headers: new Headers(),
				text: function () { return Promise.resolve(7) }, json: function () { return 7 } })`,
		],
	])('%s: no token, no error', async (_, body) => {
		await using opened = await stage.open(
			pageOf(`window.fetch = function () { ${body} }`, FORMS[form]())
		);
		const { vendor } = await until(async () => {
			const seen = await opened.look();
			expect(seen.status?.token).toMatch(/^(failed|none)$/);
			expect(seen.vendor?.tokensAsked).toBe(1);
			return seen;
		});
		expect(vendor?.problems).toEqual([]);
		await expectUnharmed(opened);
	});

	it('never answers: ten seconds are all that it gets', async () => {
		await using opened = await stage.open(
			pageOf(
				'window.fetch = function () { return new Promise(function () {}) }',
				FORMS[form]()
			),
			{ before: (page) => page.clock.install() }
		);
		await until(async () => expect((await opened.look()).status?.token).toBe('pending'));
		await opened.page.clock.fastForward(10_000);
		expect((await opened.failed()).vendor?.problems).toEqual([]);
		await expectUnharmed(opened);
	});

	it('is gone', async () => {
		await using opened = await stage.open(pageOf('delete window.fetch', FORMS[form]()));
		expect((await opened.failed()).vendor?.problems).toEqual([]);
		await expectUnharmed(opened);
	});
});

describe('an ad blocker', () => {
	it.each(FORM_NAMES)('blocks eSputnik’s host: the status says so, ours as %s', async (form) => {
		await using opened = await stage.open(pageOf('', FORMS[form]()), { vendor: 'blocked' });
		const { status, scripts, vendor } = await opened.settle();
		expect(status).toMatchObject({ state: 'blocked' });
		expect(scripts).toEqual([SCRIPT]);
		expect(vendor).toBeNull();
		expect(opened.errors).toEqual([]);
		expect(await opened.read('window.after')).toBe(1);
	});

	it('blocks eSputnik’s host, where the snippet is another’s', async () => {
		await using opened = await stage.open(pageOf('', foreign("eS('init')") + FORMS.inline()), {
			vendor: 'blocked',
		});
		const { status, scripts } = await opened.settle();
		expect(status).toMatchObject({ state: 'blocked', init: 'merged' });
		expect(scripts).toEqual([SCRIPT]);
		expect(opened.errors).toEqual([]);
	});

	it.each([
		['the token function', /\/app-inbox\/token/],
		['WordPress’s answer', /\?app-inbox=identity/],
	])('blocks %s: no token, no bell, no error', async (_, block) => {
		await using opened = await stage.open(pageOf('', FORMS.inline()), { block });
		const { status, bells, vendor } = await opened.failed();
		expect(status).toMatchObject({ token: 'failed' });
		expect(bells).toBe(0);
		expect(vendor?.problems).toEqual([]);
		expect(opened.errors).toEqual([]);
		expect(await opened.read('window.after')).toBe(1);
	});

	it('blocks loader.js: a page that calls init with care has no error', async () => {
		const config: Partial<FrontendConfig> = { identity: CREDENTIAL };
		await using opened = await stage.open(
			pageOf(
				'',
				`<script src="/app-inbox/loader.js"></script>
				<script>window.appInbox && ${initCode(config)}</script>`
			),
			{ block: /loader\.js/ }
		);
		expect(await opened.read('window.after')).toBe(1);
		expect(opened.errors).toEqual([]);
	});
});
