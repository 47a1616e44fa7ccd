// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { description } from '../../src/admin/description.ts';
import { languageOptions } from '../../src/admin/languages.ts';
import { readPageData } from '../../src/admin/page-data.ts';
import { settingsToSend } from '../../src/admin/settings-to-send.ts';
import { flagsSwitchedOn, snippetAnswer } from '../../src/admin/snippet-answer.ts';
import { defaultSettings, LANGUAGES, parseSnippet } from '../../src/settings/index.ts';
import { ID, INIT, loader, scriptUrl, snippet, twoElements } from '../esputnik/snippets.ts';

describe('what is sent', () => {
	const draft = defaultSettings();
	const placement = draft.placement;

	it('is tidied and sanitised', () => {
		const sent = settingsToSend({
			...draft,
			scriptId: ' 0123456789ABCDEF0123456789ABCDEF\n',
			endpoint: 'https://a.example/token ',
			placement: {
				...placement,
				selector: ' .menu ',
				icon: '<?xml version="1.0"?><svg onload="x()"><path d="M0 0h9"/></svg>',
			},
		});
		expect(sent).toMatchObject({
			ok: true,
			settings: {
				scriptId: '0123456789ABCDEF0123456789ABCDEF',
				endpoint: 'https://a.example/token',
				placement: {
					selector: '.menu',
					icon: '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>',
				},
			},
		});
	});

	it('is nothing when a field is wrong, and every wrong field is named', () => {
		const sent = settingsToSend({
			...draft,
			scriptId: '123',
			endpoint: 'http://a.example/token',
			placement: { ...placement, icon: 'bell.png' },
		});
		expect(sent.ok || Object.keys(sent.errors)).toEqual([
			'scriptId',
			'endpoint',
			'placement.icon',
		]);
	});
});

describe('a pasted snippet', () => {
	const answered = (text: string, script: 'ours' | 'site' = 'ours') => {
		const result = parseSnippet(text);
		return [
			snippetAnswer(result, text, { script }),
			result.found && flagsSwitchedOn(result),
		] as const;
	};
	const nothingIsLost = / you can remove the snippet .* nothing that it does is lost\.$/;

	it('is answered with its host alone where it is an address', () => {
		expect(answered(scriptUrl())).toEqual(['Your script is found, from cdn.esputnik.com.', {}]);
	});
	it('may be an API key where it is a bare id, and is not to be one', () => {
		expect(answered(ID)).toEqual([expect.stringMatching(/found.* no API key: it stands/), {}]);
	});

	it.each([
		[
			INIT.bare,
			/switches on recommendations and tracking .* both are switched on below/,
			{ recommendations: true, tracking: true },
		],
		[
			INIT.flags('{RECOMS: false, TRACKING: true}'),
			/switches on tracking, .* below\. Recommendations are off in it, and stay/,
			{ tracking: true },
		],
		[
			INIT.flags('{TRACKING: false}'),
			/switches on recommendations, .* below\. Tracking is off in it, and stays/,
			{ recommendations: true },
		],
		[
			INIT.flags('{RECOMS: false, TRACKING: false}'),
			/^Your script .*cdn\.esputnik\.com\. Recommendations and tracking are off in the snippet/,
			{},
		],
	])('is answered with what %s switches on, and what becomes of it', (init, words, flags) => {
		for (const text of [snippet(init), twoElements(init)]) {
			const [answer, switchedOn] = answered(text);
			expect(answer).toMatch(words);
			expect(answer).toMatch(nothingIsLost);
			expect(answer).not.toContain('getAuthTokenCallback');
			expect(switchedOn).toEqual(flags);
		}
		// It is to stay where it is.
		expect(answered(snippet(init), 'site')[0]).not.toMatch(nothingIsLost);
	});

	it.each([INIT.inbox, INIT.older])('is told what becomes of its own App Inbox: %s', (init) => {
		expect(answered(snippet(init))[0]).toMatch(/this plugin takes its place, and the code/);
	});

	it('is told to look for its start where only the loader is there', () => {
		for (const text of [loader(), `<script async src="${scriptUrl()}"></script>`]) {
			const [answer, switchedOn] = answered(text);
			expect(answer).toMatch(/eS\('init'\), is not in this text but elsewhere on your site/);
			expect(answer).not.toMatch(nothingIsLost);
			expect(switchedOn).toEqual({});
		}
	});

	it('is answered with what to do where it contains nothing', () => {
		expect(answered('hello')[0]).toContain('Copy the whole snippet');
	});
});

it('has a description for each setting that it explains', () => {
	for (const path of [
		'features',
		'features.appInbox',
		'features.recommendations',
		'features.tracking',
		'endpoint',
		'language',
		'consent',
		'placement.selector',
		'placement.position',
		'excludedRoles',
	]) {
		expect(description(path), path).not.toBe('');
	}
});

it('offers every language by its name in the admin’s own, in order', () => {
	const options = languageOptions('uk');
	expect(options.map(({ value }) => value).sort()).toEqual([...LANGUAGES].sort());
	expect(options.find(({ value }) => value === 'en')?.label).toMatch(/^англ.*\(en\)$/);
	const labels = options.map(({ label }) => label);
	expect(labels).toEqual([...labels].sort(new Intl.Collator('uk').compare));
	expect(languageOptions('not a locale!').length).toBe(LANGUAGES.length);
});

it('reads what PHP printed, or knows that it is missing', () => {
	const data = {
		roles: { editor: 'Editor' },
		locks: ['features.tracking'],
		version: '0.1.0',
		siteUrl: 'https://a.example',
		pluginUrl: 'https://a.example/wp-content/plugins/app-inbox-for-esputnik',
		identityUrl: '/blog/?app-inbox=identity',
		userRoles: ['administrator'],
		plugins: { woocommerce: 'WooCommerce' },
		themes: { astra: 'Astra' },
	};
	expect(readPageData({ ...data, more: 1 })).toEqual(data);
	expect(readPageData(undefined)).toBeNull();
});
