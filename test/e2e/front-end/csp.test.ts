/**
 * A strict content security policy: what of it App Inbox needs on top of what eSputnik's script needs.
 * The README lists the same.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FrontendConfig } from '../../../src/settings/frontend-config.ts';
import { running } from '../running.ts';
import {
	CREDENTIAL,
	document,
	FORMS,
	initCode,
	inlineCode,
	startStage,
	VENDOR,
	type Stage,
} from './stage.ts';

const stage = running(startStage);

type Policy = Record<string, string[]>;

/** What the stand-in of eSputnik's script needs; its styles are no element and no attribute. */
const FOR_ESPUTNIK: Policy = {
	'script-src': [`${VENDOR}/scripts/`],
	'connect-src': [`${VENDOR}/appinbox/`],
	// Its PageView, which no flag of ours keeps back.
	'img-src': [`${VENDOR}/track`],
};

const header = (...policies: Policy[]) => {
	const all: Policy = { 'default-src': ["'none'"], 'base-uri': ["'none'"] };
	for (const [name, sources] of policies.flatMap((policy) => Object.entries(policy))) {
		all[name] = [...(all[name] ?? []), ...sources];
	}
	const directives = Object.entries(all).map(([name, sources]) => [name, ...sources].join(' '));
	return { 'content-security-policy': directives.join('; ') };
};

const PAGE_NONCE = 'bm9uY2U';
const withNonce = (scripts: string) =>
	scripts.replaceAll('<script', `<script nonce="${PAGE_NONCE}"`);
const hash = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;

interface Case {
	title: string;
	scripts: (stage: Stage) => string;
	/** What we need. */
	policy: (stage: Stage) => Policy;
	files?: Record<string, string>;
	/** Instead of eSputnik's hosts. */
	dynamic?: boolean;
	member?: boolean;
	query?: string;
}

const elsewhere = ({ otherUrl }: Stage): Partial<FrontendConfig> => ({
	endpoint: `${otherUrl}/app-inbox/token`,
});
/** WordPress answers at the front page: a policy knows no queries, and this one covers the whole site. */
const site = ({ url }: Stage) => [`${url}/`];

const APART: Case = {
	title: 'the plugin’s script, the token function at another address',
	scripts: (at) => withNonce(FORMS.inline(elsewhere(at))),
	policy: (at) => ({
		'script-src': [`'nonce-${PAGE_NONCE}'`],
		'connect-src': [...site(at), `${at.otherUrl}/app-inbox/token`],
	}),
};

const CASES: Case[] = [
	{
		title: 'the plugin’s script by nonce',
		scripts: () => withNonce(FORMS.inline()),
		policy: (at) => ({
			'script-src': [`'nonce-${PAGE_NONCE}'`],
			'connect-src': site(at),
		}),
	},
	{
		title: 'the plugin’s script by hash, the same for every visitor',
		scripts: () => FORMS.inline(),
		policy: (at) => ({ 'script-src': [hash(inlineCode())], 'connect-src': site(at) }),
	},
	{
		title: 'the plugin’s script by nonce, eSputnik’s by strict-dynamic',
		scripts: () => withNonce(FORMS.inline()),
		policy: (at) => ({
			'script-src': [`'nonce-${PAGE_NONCE}'`, "'strict-dynamic'"],
			'connect-src': site(at),
		}),
		dynamic: true,
	},
	APART,
	{
		title: 'loader.js by its address, the call of init in a file of the site’s',
		scripts: () =>
			'<script src="/app-inbox/loader.js"></script><script src="/start.js"></script>',
		policy: (at) => ({
			'script-src': [`${at.url}/app-inbox/loader.js`, `${at.url}/start.js`],
			'connect-src': site(at),
		}),
		files: { '/start.js': initCode() },
	},
	{
		title: 'loader.js by nonce, with the report on the console',
		scripts: () => withNonce(FORMS['loader.js']()),
		policy: (at) => ({
			'script-src': [`'nonce-${PAGE_NONCE}'`],
			'connect-src': site(at),
		}),
		query: '?app-inbox-debug',
	},
	{
		title: 'loader.js, the identity given by the page',
		scripts: () => withNonce(FORMS['loader.js']({ identity: CREDENTIAL })),
		policy: ({ url }) => ({
			'script-src': [`'nonce-${PAGE_NONCE}'`],
			'connect-src': [`${url}/app-inbox/token`],
		}),
		member: false,
	},
];

it.each(CASES)(
	'works with nothing more than it needs: $title',
	async ({ scripts, policy, files = {}, dynamic, member = true, query = '' }) => {
		const { 'script-src': script, ...others } = FOR_ESPUTNIK;
		const vendor = { ...others, ...(!dynamic && { 'script-src': script! }) };
		await using opened = await stage.open(document(scripts(stage)), {
			headers: header(vendor, policy(stage)),
			files,
			member,
			query,
		});
		const { violations, vendor: evidence } = await opened.bell();
		expect(violations).toEqual([]);
		expect(evidence).toMatchObject({ inits: [{ APP_INBOX: true }], refused: 0, problems: [] });
		expect(opened.warnings()).toEqual([]);
		expect(opened.errors).toEqual([]);
	}
);

describe('a policy that leaves one of them out', () => {
	const open = (without: string, more: Policy = {}) => {
		const { scripts, policy } = APART;
		const full = header(FOR_ESPUTNIK, policy(stage), more);
		const strict = full['content-security-policy'].replace(` ${without}`, '');
		return stage.open(
			withNonce('<script>window.before = 1</script>') + document(scripts(stage)),
			{
				headers: { 'content-security-policy': strict },
			}
		);
	};

	it('eSputnik’s host: the status says that it is blocked', async () => {
		await using opened = await open(`${VENDOR}/scripts/`);
		const { status, violations, vendor } = await opened.settle();
		expect(status).toMatchObject({ state: 'blocked' });
		expect(violations).toEqual([
			expect.stringMatching(/^script-src-elem https:\/\/cdn\.esput/),
		]);
		expect(vendor).toBeNull();
		expect(opened.errors).toEqual([]);
	});

	it.each([
		['the token function', () => `${stage.otherUrl}/app-inbox/token`],
		['WordPress’s answer', () => `${stage.url}/`],
	])('%s: no token, and the status says so', async (_, address) => {
		await using opened = await open(address());
		const { violations, status, bells } = await opened.failed();
		expect(status).toMatchObject({
			state: 'initialised',
			token: 'failed',
		});
		expect(new Set(violations)).toEqual(
			new Set([expect.stringContaining(`connect-src ${address()}`)])
		);
		expect(bells).toBe(0);
		expect(opened.errors).toEqual([]);
	});

	it('our script’s nonce: nothing of ours runs', async () => {
		await using opened = await open(`'nonce-${PAGE_NONCE}'`);
		const { status, violations, vendor } = await opened.look();
		expect(status).toBeUndefined();
		expect(violations).toContain('script-src-elem inline');
		expect(vendor).toBeNull();
		expect(opened.errors).toEqual([]);
	});
});

describe('trusted types', () => {
	const open = (policy: string) =>
		stage.open(document(withNonce(`<script>${policy}</script>${FORMS.inline()}`)), {
			headers: header(FOR_ESPUTNIK, CASES[0]!.policy(stage), {
				'require-trusted-types-for': ["'script'"],
			}),
		});

	it('works with a default policy of the site’s that lets eSputnik’s script through', async () => {
		await using opened = await open(
			`trustedTypes.createPolicy('default', { createScriptURL: (url) =>
				url.startsWith('${VENDOR}/scripts/') ? url : null })`
		);
		expect((await opened.bell()).violations).toEqual([]);
		expect(opened.warnings()).toEqual([]);
		expect(opened.errors).toEqual([]);
	});

	it('without one eSputnik’s script is not loaded, and no error reaches the page', async () => {
		await using opened = await open('window.before = 1');
		const { violations, vendor, scripts } = await opened.look();
		expect(violations).toEqual([expect.stringContaining('require-trusted-types-for')]);
		expect(vendor).toBeNull();
		expect(scripts).toEqual([]);
		expect(opened.errors).toEqual([]);
	});
});
