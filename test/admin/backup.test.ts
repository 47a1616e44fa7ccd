import {
	assert,
	array,
	boolean,
	constantFrom,
	property,
	record,
	string,
	stringMatching,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSettingsFile, settingsFile } from '../../src/admin/backup/settings-file.ts';
import {
	CONSENTS,
	defaultSettings,
	LANGUAGES,
	POSITIONS,
	SCRIPT_HOSTS,
	SCRIPTS,
	type Settings,
} from '../../src/settings/index.ts';

const VERSION = '1.2.3';

/** Every kind of settings that the schema takes. */
const anySettings = record<Settings>({
	schemaVersion: constantFrom(1),
	scriptId: stringMatching(/^([0-9A-Fa-f]{32})?$/),
	scriptHost: constantFrom(...SCRIPT_HOSTS),
	script: constantFrom(...SCRIPTS),
	features: record({ appInbox: boolean(), recommendations: boolean(), tracking: boolean() }),
	endpoint: stringMatching(/^(https:\/\/[a-z]{1,20}\.example(\/[a-z~%-]{1,20})?\/token)?$/),
	language: constantFrom('auto', ...LANGUAGES),
	consent: constantFrom(...CONSENTS),
	placement: record({
		selector: string({ unit: 'binary', maxLength: 200 }).map((text) =>
			text.replace(/[<{}]/g, '')
		),
		position: constantFrom(...POSITIONS),
		icon: string({ unit: 'binary', maxLength: 200 }).map((text) =>
			text === '' ? '' : `<svg >${text}</svg>`
		),
	}),
	excludedRoles: array(constantFrom('editor', 'shop_manager', 'VIP client', 'менеджер'), {
		maxLength: 100,
	}),
});

const file = (settings: object, version = VERSION) =>
	JSON.stringify({ format: 'app-inbox-for-esputnik/settings', version, settings });

describe('a settings file', () => {
	it('gives back the settings that went into it', () => {
		assert(
			property(anySettings, (settings) => {
				expect(readSettingsFile(settingsFile(settings, VERSION), VERSION)).toEqual({
					ok: true,
					settings,
				});
			})
		);
	});

	it('says what it is, and of which version', () => {
		const text = settingsFile(defaultSettings(), VERSION);
		expect(JSON.parse(text)).toEqual({
			format: 'app-inbox-for-esputnik/settings',
			version: VERSION,
			settings: defaultSettings(),
		});
		expect(text).toMatch(/\n\t"version"/); // Somebody may read it.
	});

	it('may come from another version, or leave settings out', () => {
		expect(readSettingsFile(file({ language: 'uk' }, '0.0.1'), VERSION)).toEqual({
			ok: true,
			settings: { ...defaultSettings(), language: 'uk' },
		});
	});

	it.each([
		['nothing', ''],
		['no JSON', '<?php echo 1;'],
		['cut off', settingsFile(defaultSettings(), VERSION).slice(0, 200)],
		['a number', '7'],
		['null', 'null'],
		['a list', '[]'],
		['another program’s file', '{"name":"x","version":"1.0.0"}'],
		['bare settings', JSON.stringify(defaultSettings())],
		['another format', file({}).replace('/settings', '/other')],
		['a list for settings', file([])],
		['no version', file({}).replace('"version"', '"edition"')],
	])('is not what holds %s', (_, text) => {
		expect(readSettingsFile(text, VERSION)).toEqual({
			ok: false,
			message: expect.stringContaining('nothing was changed'),
			fields: [],
		});
	});

	it('names each wrong field as the form does, with what to do', () => {
		const { placement, features } = defaultSettings();
		const result = readSettingsFile(
			file({
				...defaultSettings(),
				scriptId: '12',
				endpoint: 'http://shop.example/token',
				language: 'xx',
				features: { ...features, tracking: 'yes' },
				placement: { ...placement, icon: 'bell.png' },
				excludedRoles: ['editor', 7],
				colour: 'red',
			}),
			VERSION
		);
		expect(result).toEqual({
			ok: false,
			message: expect.stringContaining('nothing was changed'),
			fields: [
				expect.stringMatching(/^Script id: .*32 digits/),
				expect.stringMatching(/^What it does on your site: .*right kind/),
				expect.stringMatching(/^Address of the token function: .*ends with \/token/),
				expect.stringMatching(/^Language: .*two-letter/),
				expect.stringMatching(/^Picture \(SVG\): .*<svg/),
				expect.stringMatching(/^Roles without an inbox: .*right kind/),
				'colour: There is no such setting.',
			],
		});
	});

	it('of another version with wrong fields says so first', () => {
		expect(readSettingsFile(file({ colour: 'red' }, '2.0.0'), VERSION)).toMatchObject({
			ok: false,
			message: expect.stringMatching(/version 2\.0\.0 .* 1\.2\.3.*nothing was changed/),
		});
	});
});
