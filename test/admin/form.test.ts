// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { description } from '../../src/admin/description.ts';
import { languageOptions } from '../../src/admin/languages.ts';
import { readPageData } from '../../src/admin/page-data.ts';
import { settingsToSend } from '../../src/admin/settings-to-send.ts';
import { flagsSwitchedOn, snippetAnswer } from '../../src/admin/snippet-answer.ts';
import { defaultSettings, LANGUAGES, parseSnippet } from '../../src/settings/index.ts';

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
	const id = '0123456789ABCDEF0123456789ABCDEF';
	const answered = (text: string) => {
		const result = parseSnippet(text);
		return [snippetAnswer(result), result.found && flagsSwitchedOn(result)];
	};

	it('is answered with what it contains', () => {
		expect(answered(id)).toEqual(['Your script is found, from cdn.esputnik.com.', {}]);
		const url = `https://statics.esputnik.com/scripts/${id}.js`;
		expect(answered(`${url} eS('init', {RECOMS: false, TRACKING: true})`)).toEqual([
			'Your script is found, from statics.esputnik.com. The snippet uses tracking, so it is switched on below.',
			{ tracking: true },
		]);
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
		adminAjaxUrl: '/wp-admin/admin-ajax.php',
		cookiePath: '/',
		userRoles: ['administrator'],
		plugins: { woocommerce: 'WooCommerce' },
		themes: { astra: 'Astra' },
	};
	expect(readPageData({ ...data, more: 1 })).toEqual(data);
	expect(readPageData(undefined)).toBeNull();
});
