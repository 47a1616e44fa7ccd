import { describe, expect, it, vi } from 'vitest';
import { explain } from '../../src/frontend/debug/explain.ts';
import type { Facts } from '../../src/frontend/debug/facts.ts';
import type { Status } from '../../src/frontend/status.ts';
import { MARKER_COOKIE, type FrontendConfig } from '../../src/settings/frontend-config.ts';
import { askToken, failed, member, site, siteOf } from '../frontend/answers.ts';
import { ID, MARKER, openPage, type Asked } from '../frontend/page.ts';
import { membersOf } from './declarations.ts';
import { codeOf, namesIn, tableOf, tablesOf } from './pages.ts';

const PAGE = 'docs/app-inbox.md';

describe('docs/app-inbox.md', () => {
	it('has the members of window.appInbox', () => {
		const members = membersOf('src/frontend/index.ts', 'AppInbox').map(({ name }) => name);
		const headings = tablesOf(PAGE).map(({ heading }) => heading);
		const documented = [...headings.join(' ').matchAll(/`appInbox\.(\w+)\(/g)];
		expect([...new Set(documented.map(([, name]) => name))].sort()).toEqual(members.sort());
	});
});

describe('the options of init', () => {
	const rows = tableOf(PAGE, 'option').map(([name, what, standard]) => ({
		name: name!.code[0]! as keyof FrontendConfig,
		what: what!.code,
		needed: standard!.text.endsWith('needed'),
		standard: standard!.code[0],
	}));
	const members = membersOf('src/settings/frontend-config.ts', 'FrontendConfig');

	it('are those of the code, and as needed', () => {
		const required = ({ name, optional }: (typeof members)[0]) => ({ name, needed: !optional });
		const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
		expect(rows.map(({ name, needed }) => ({ name, needed })).sort(byName)).toEqual(
			members.map(required).sort(byName)
		);
	});

	const defaults = Object.fromEntries(
		rows.flatMap(({ name, standard }) => (standard ? [[name, JSON.parse(standard)]] : []))
	);
	/** What a visitor's page does with these options: all that leaves it or reaches eSputnik. */
	const doingsOf = async (config: Partial<FrontendConfig>, lang = 'uk') => {
		const page = openPage({
			cookie: MARKER,
			lang,
			src: 'https://shop.example/app-inbox/loader.js',
			answer: site(),
			before: (window) => (window.wp_has_consent = (category) => category === 'marketing'),
		});
		page.init({ scriptId: ID, ...config });
		page.ready();
		const queued = page.vendorScripts().length > 0 && page.queued();
		if (queued) {
			await askToken(page);
		}
		return {
			scripts: page.vendorScripts(),
			init: JSON.stringify(queued),
			asked: page.asked.map(({ method, url, headers }: Asked) => ({ method, url, headers })),
			status: page.window.appInbox.status(),
		};
	};

	it('have these defaults', async () => {
		expect(Object.keys(defaults).length).toBeGreaterThan(6);
		expect(await doingsOf(defaults)).toEqual(await doingsOf({}));
	});

	it('take this language where the page has none', async () => {
		const { what } = rows.find(({ name }) => name === 'language')!;
		expect((await doingsOf({}, '')).init).toContain(`"language":${what.at(-1)}`);
	});

	it.each<[keyof FrontendConfig, Partial<FrontendConfig>]>([
		['scriptHost', { scriptHost: 'statics.esputnik.com' }],
		['features', { features: { appInbox: false } }],
		['features', { features: { recommendations: true } }],
		['features', { features: { tracking: true } }],
		['language', { language: 'pl' }],
		['endpoint', { endpoint: '/app-inbox/check' }],
		['identityUrl', { identityUrl: '/blog/?app-inbox=identity' }],
	])('%s is seen where it is another: %j', async (_name, config) => {
		expect(await doingsOf(config)).not.toEqual(await doingsOf({}));
	});

	it('consent is seen where it is another', async () => {
		const features = { tracking: true };
		const usual = await doingsOf({ features });
		expect(await doingsOf({ features, consent: defaults.consent })).toEqual(usual);
		expect(await doingsOf({ features, consent: 'statistics' })).not.toEqual(usual);
		expect(await doingsOf({ features, consent: false })).not.toEqual(usual);
	});
});

describe('the status', async () => {
	vi.stubGlobal('VERSION', '1.2.3');
	const { report, status } = await import('../../src/frontend/status.ts');
	const members = membersOf('src/frontend/status.ts', 'Status');
	const closed = members.filter(({ literals }) => literals.length > 0);
	const valuesOf = (name: string) =>
		namesIn(tableOf(PAGE, `\`${name}\``)).map((text) => JSON.parse(text));

	it.each(closed)('has the values of $name', ({ name, literals }) => {
		expect(valuesOf(name).sort()).toEqual([...literals].sort());
	});

	it('has the shape of its example', () => {
		const example = JSON.parse(codeOf(PAGE).find((text) => text.startsWith('{ "version"'))!);
		expect(Object.keys(example)).toEqual(members.map(({ name }) => name));
		closed.forEach(({ name, literals }) => expect(literals).toContain(example[name]));
		const { state, init, token } = example;
		report({ state, init, token });
		expect(status()).toEqual(example);
	});

	it('is in the report in these words', () => {
		const sentences = new Map(
			tableOf(PAGE, 'what is so').map(([name, text]) => [name!.code[0]!, text!.text])
		);
		const facts = (change: Partial<Status>): Facts => ({
			status: {
				version: '1',
				state: 'initialised',
				init: 'none',
				token: 'none',
				message: '',
				...change,
			},
			config: undefined,
			vendorScripts: [],
			es: 'vendor',
			consent: 'no tool',
			requests: [],
			violated: [],
		});
		const textsOf = (one: Facts) => explain(one).map(({ text }) => text);
		const usual = textsOf(facts({}));
		const said = new Map([
			['window.appInbox', textsOf({ ...facts({}), status: undefined })[0]!],
			['token: "none"', usual[0]!],
		]);
		for (const { name, literals } of closed) {
			for (const value of literals) {
				const [text] = textsOf(facts({ [name]: value })).filter(
					(one) => !usual.includes(one)
				);
				if (text) {
					said.set(`${name}: "${value}"`, text);
				}
			}
		}
		expect(Object.fromEntries(sentences)).toEqual(Object.fromEntries(said));
	});
});

describe('what else a page sees', () => {
	const code = codeOf(PAGE);

	it('events of this name, with the status', async () => {
		const page = openPage({ cookie: MARKER, answer: site() });
		const heard: unknown[] = [];
		const name = code.find((text) => text.startsWith('app-inbox:'))!;
		page.document.addEventListener(name, (event) => heard.push((event as CustomEvent).detail));
		page.init();
		expect(heard).toEqual([page.window.appInbox.status()]);
	});

	it('this cookie, function and parameter', () => {
		expect(code).toEqual(
			expect.arrayContaining([
				MARKER_COOKIE,
				'window.appInboxGetIdentity',
				'?app-inbox-debug',
			])
		);
	});

	it('this warning', () => {
		const page = openPage({ cookie: MARKER });
		page.init();
		page.loadVendor();
		page.run("eS('init', {})");
		const warning = code.find((text) => text.startsWith('Open '));
		expect(page.logged).toEqual([`warn: ${warning}`]);
	});

	it('this message, of an answer that was none of use', async () => {
		const page = member(siteOf([failed(503)]));
		await askToken(page);
		expect(code).toContain(page.window.appInbox.status().message);
	});
});
