import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GTM_TEMPLATE } from '../../build/paths.ts';
import { galleryTemplate, siteTemplate } from '../../src/gtm/index.ts';
import { MARKER_COOKIE } from '../../src/settings/frontend-config.ts';
import { consentChoices, consentOf, consentType } from '../../src/gtm/consent.ts';
import { LANGUAGES } from '../../src/settings/languages.ts';
import {
	defaultsOf,
	fieldsOf,
	LOADER,
	readTemplate,
	SCRIPT_ID,
	settingsOf,
	sources,
} from './example.ts';
import type { Permission, Typed } from './sandbox/template-shape.ts';

const gallery = galleryTemplate(sources);
const site = siteTemplate(sources, settingsOf());

it('the committed template is the built one', async () => {
	const committed = await readFile(join(GTM_TEMPLATE, 'template.tpl'), 'utf8');
	expect(
		committed === gallery,
		'gtm-template/template.tpl is not what its sources make: run npm run gtm-template and commit it.'
	).toBe(true);
});

it('the same input gives the same bytes', () => {
	expect(galleryTemplate(structuredClone(sources))).toBe(gallery);
	expect(siteTemplate(structuredClone(sources), settingsOf())).toBe(site);
});

describe.each([
	['gallery', gallery],
	['site', site],
])('the %s edition', (edition, tpl) => {
	const template = readTemplate(tpl);
	const fields = fieldsOf(template.parameters).filter(({ type }) => type !== 'LABEL');

	it('has these fields, each with help', () => {
		expect(fields.map(({ name }) => name)).toEqual([
			'scriptId',
			'scriptHost',
			'keepSnippet',
			'language',
			'appInbox',
			'recommendations',
			'tracking',
			'identity',
			'identityUrl',
			'consent',
			'debug',
		]);
		fields.forEach(({ help }) => expect(help).toMatch(/^.{20,}\.$/));
	});

	it('offers every language, and first the page’s own', () => {
		const language = fields.find(({ name }) => name === 'language')!;
		const items = language.type === 'SELECT' ? language.selectItems : [];
		expect(items[0]).toEqual({ value: 'auto', displayValue: 'Same as the page' });
		expect(items).toContainEqual({ value: 'uk', displayValue: 'Ukrainian (uk)' });
		expect(items.map(({ value }) => value).sort()).toEqual(['auto', ...LANGUAGES].sort());
	});

	it('checks the script id, the identity and its address, and lets variables through', () => {
		const accepted = (name: string, text: string) => {
			const field = fields.find((one) => one.name === name)!;
			const validators = ('valueValidators' in field && field.valueValidators) || [];
			return validators.every(({ type, args = [] }) =>
				type === 'REGEX' ? new RegExp(`^${args[0]}$`).test(text) : text !== ''
			);
		};
		const dashed = '01234567-89ab-cdef-0123-456789abcdef';
		[SCRIPT_ID, ` ${SCRIPT_ID} `, dashed, '{{x}}'].forEach((text) =>
			expect(accepted('scriptId', text)).toBe(true)
		);
		['', `${SCRIPT_ID}0`, SCRIPT_ID.slice(1), `x${SCRIPT_ID}`, `${dashed}-`].forEach((text) =>
			expect(accepted('scriptId', text)).toBe(false)
		);
		['', '{{x}}'].forEach((text) => expect(accepted('identity', text)).toBe(true));
		['eyJ.e30.c2ln', '1'].forEach((text) => expect(accepted('identity', text)).toBe(false));
		['', '/', ' /blog/?app-inbox=identity', '{{x}}'].forEach((text) =>
			expect(accepted('identityUrl', text)).toBe(true)
		);
		['blog', '//shop.example', '/\\shop.example', 'https://shop.example/'].forEach((text) =>
			expect(accepted('identityUrl', text)).toBe(false)
		);
	});

	it('may do what it has to, and nothing else', () => {
		expect(Object.fromEntries(template.permissions.map(readable))).toEqual({
			logging: 'debug',
			access_globals: [
				{ key: 'appInbox.init', read: true, write: false, execute: true },
				{ key: 'appInbox.status', read: false, write: false, execute: true },
				{ key: 'appInboxGetIdentity', read: true, write: false, execute: false },
			],
			access_consent: [
				{ consentType: 'ad_storage', read: true, write: false },
				{ consentType: 'analytics_storage', read: true, write: false },
				{ consentType: 'functionality_storage', read: true, write: false },
				{ consentType: 'personalization_storage', read: true, write: false },
			],
			get_cookies: ['specific', [MARKER_COOKIE]],
			...(edition === 'site' && { inject_script: [LOADER] }),
		});
	});

	it('has a picture of its own, and no mark of its sources', () => {
		expect(template.info.brand.thumbnail).toMatch(/^data:image\/png;base64,iVBOR/);
		expect(tpl).not.toMatch(/__LOADER__|"editions"|\r/);
	});
});

it('the gallery edition starts with the defaults and without a script id', () => {
	const template = readTemplate(gallery);
	expect(defaultsOf(template)).toEqual({
		scriptHost: 'cdn.esputnik.com',
		keepSnippet: false,
		language: 'auto',
		appInbox: true,
		recommendations: false,
		tracking: false,
		consent: 'ad_storage',
		debug: false,
	});
	expect(template.parameters[0]).toMatchObject({ type: 'LABEL' });
});

it.each([
	['none', 'none'],
	['functional', 'functionality_storage'],
	['preferences', 'personalization_storage'],
	['statistics-anonymous', 'analytics_storage'],
	['statistics', 'analytics_storage'],
	['marketing', 'ad_storage'],
])('the site edition starts with the settings; of the consents %s is %s', (category, type) => {
	const settings = settingsOf({
		scriptHost: 'statics.esputnik.com',
		script: 'site',
		language: 'uk',
		features: { appInbox: false, recommendations: true, tracking: true },
		consent: category,
		identityUrl: '/blog/?app-inbox=identity',
	});
	const template = readTemplate(siteTemplate(sources, settings));
	expect(defaultsOf(template)).toEqual({
		scriptId: SCRIPT_ID,
		scriptHost: 'statics.esputnik.com',
		keepSnippet: true,
		language: 'uk',
		appInbox: false,
		recommendations: true,
		tracking: true,
		consent: type,
		identityUrl: '/blog/?app-inbox=identity',
		debug: false,
	});
	expect(template.parameters.map(({ type: kind }) => kind)).not.toContain('LABEL');
});

it('offers the consents that the settings can say, under the names of the template', () => {
	const consent = fieldsOf(readTemplate(gallery).parameters).find(
		({ name }) => name === 'consent'
	)!;
	const choices = consentChoices(sources);
	expect(choices).toEqual(consent.type === 'SELECT' && consent.selectItems);
	expect(choices.map(({ value }) => value)).toContain('ad_storage');
	choices.forEach(({ value }) => expect(consentType(consentOf(value)!)).toBe(value));
	expect(consentOf('marketing')).toBeUndefined();
	expect(consentOf('toString')).toBeUndefined();
});

it('the site edition loads its own loader', () => {
	expect(readTemplate(site).code).toContain(`const LOADER = "${LOADER}";`);
	expect(gallery).not.toContain('injectScript');
});

/** A permission by name, its one value or all of them in plain words. */
const readable = ({ instance: { key, param } }: Permission) => [
	key.publicId,
	param.length === 1 ? plain(param[0]!.value) : param.map(({ value }) => plain(value)),
];

function plain(value: Typed): unknown {
	switch (value.type) {
		case 1:
			return value.string;
		case 8:
			return value.boolean;
		case 2:
			return value.listItem.map(plain);
		case 3:
			return Object.fromEntries(
				value.mapKey.map((key, index) => [plain(key), plain(value.mapValue[index]!)])
			);
	}
}
