import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/settings/languages.ts';
import {
	CONSENTS,
	defaultSettings,
	parseSettings,
	POSITIONS,
	SCRIPT_HOSTS,
	SCRIPTS,
} from '../../src/settings/schema.ts';

const ID = '0123456789ABCDEF0123456789ABCDEF';
const DASHED = '01234567-89ab-cdef-0123-456789abcdef';
const WRONG_TYPE = 'This value is not of the right kind.';

/** The settings with one value of them set, at a dotted path. */
function withValue(path: string, value: unknown): unknown {
	const [first = '', second] = path.split('.');
	return { [first]: second === undefined ? value : { [second]: value } };
}
const errorsOf = (input: unknown) => {
	const result = parseSettings(input);
	return result.ok ? {} : result.errors;
};
const read = (settings: unknown, path: string) =>
	path.split('.').reduce<any>((part, name) => part[name], settings);

describe('the defaults', () => {
	const expected = {
		schemaVersion: 1,
		scriptId: '',
		scriptHost: 'cdn.esputnik.com',
		script: 'ours',
		features: { appInbox: true, recommendations: false, tracking: false },
		endpoint: '',
		language: 'auto',
		consent: 'marketing',
		placement: { selector: '', position: 'beforeend', icon: '' },
		excludedRoles: [],
	};
	it('are the settings of a new installation', () => {
		expect(defaultSettings()).toEqual(expected);
		expect(parseSettings({})).toEqual({ ok: true, settings: expected });
	});
	it('are valid themselves', () => {
		expect(parseSettings(expected)).toEqual({ ok: true, settings: expected });
	});
	it('fill what is left out, on both levels', () => {
		const input = { features: { tracking: true }, placement: { selector: '#bell' } };
		expect(parseSettings(input)).toEqual({
			ok: true,
			settings: {
				...expected,
				features: { appInbox: true, recommendations: false, tracking: true },
				placement: { selector: '#bell', position: 'beforeend', icon: '' },
			},
		});
	});
	it('are made anew each time', () => {
		defaultSettings().excludedRoles.push('editor');
		defaultSettings().features.tracking = true;
		expect(defaultSettings()).toEqual(expected);
	});
});

const SVG = '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>';
const GOOD: Record<string, unknown[]> = {
	scriptId: ['', ID, ID.toLowerCase(), DASHED, DASHED.toUpperCase()],
	scriptHost: [...SCRIPT_HOSTS],
	script: [...SCRIPTS],
	'features.appInbox': [true, false],
	'features.recommendations': [true, false],
	'features.tracking': [true, false],
	endpoint: ['', `https://a.example/${'x'.repeat(500 - 24)}/token`],
	language: ['auto', ...LANGUAGES],
	consent: [...CONSENTS],
	'placement.selector': ['', '#bell', 'header > nav:first-of-type [data-x="1"]', 'x'.repeat(500)],
	'placement.position': [...POSITIONS],
	'placement.icon': ['', SVG, `\n ${SVG}\n`, '<svg></svg>', '<svg\n></svg>'],
	excludedRoles: [
		[],
		['administrator', 'shop_manager', 'um_custom-role-1'],
		// As some sites have them, where nobody stopped it.
		['Cliente - Bloqueado', 'VIP', 'менеджер'],
		Array(100).fill('x'.repeat(100)),
	],
};
const BAD: Record<string, [unknown[], RegExp | string]> = {
	scriptId: [
		[ID.slice(1), `${ID}0`, `${ID}\n`, ` ${ID}`, ID.replace('F', 'G'), DASHED.replace('-', '')],
		/^A script id has 32 digits/,
	],
	scriptHost: [
		['', 'esputnik.com', 'CDN.esputnik.com', 'https://cdn.esputnik.com', 'evil.example', 1],
		/not an address that eSputnik serves/,
	],
	script: [['', 'theirs', 'Site', null], /your own snippet loads/],
	'features.appInbox': [[1, 'true', null], WRONG_TYPE],
	'features.recommendations': [[0, 'false', null], WRONG_TYPE],
	'features.tracking': [[1, '', null], WRONG_TYPE],
	language: [['', 'EN', 'en-GB', 'ukr', 'xx', null], /two-letter language code/],
	consent: [['', 'all', 'Marketing', null], /consent categories/],
	'placement.selector': [['a{', '}', '<b>', 'nav<'], 'A CSS selector contains no <, { or }.'],
	'placement.position': [['', 'before', 'BeforeEnd', null], /four positions/],
	'placement.icon': [
		['svg', '<svgx></svg>', '<svg>', `x${SVG}`, `${SVG}x`, '<img><svg></svg>', ' '],
		/^The icon is an SVG/,
	],
};
const TOO_LONG: Record<string, [unknown, RegExp]> = {
	endpoint: [`https://a.example/${'x'.repeat(500 - 23)}/token`, /500 characters/],
	'placement.selector': ['x'.repeat(501), /500 characters/],
	'placement.icon': [`<svg>${' '.repeat(20_000 - 10)}</svg>`, /20,000 characters/],
	excludedRoles: [Array(101).fill('x'), /100 at most/],
};

describe.each(Object.entries(GOOD))('%s', (path, values) => {
	it('takes each good value as it is', () => {
		for (const value of values) {
			const result = parseSettings(withValue(path, value));
			expect(result, String(value)).toMatchObject({ ok: true });
			expect(read((result as { settings: unknown }).settings, path)).toEqual(value);
		}
	});
	it('refuses each bad value, and says so at its path alone', () => {
		const [bad, sentence] = BAD[path] ?? [[], ''];
		for (const value of bad) {
			expect(errorsOf(withValue(path, value)), String(value)).toEqual({
				[path]: typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
			});
		}
	});
	it('refuses what is too long, and what is not even of its type', () => {
		const [long, sentence] = TOO_LONG[path] ?? [];
		if (sentence) {
			expect(errorsOf(withValue(path, long))).toEqual({
				[path]: expect.stringMatching(sentence),
			});
		}
		for (const value of [null, {}, 5]) {
			expect(Object.keys(errorsOf(withValue(path, value)))).toEqual([path]);
		}
	});
});

describe('errors', () => {
	it('name an entry of a list by its number', () => {
		const excludedRoles = ['editor', 5, 'x'.repeat(101)];
		expect(errorsOf({ excludedRoles })).toEqual({
			'excludedRoles.1': WRONG_TYPE,
			'excludedRoles.2': WRONG_TYPE,
		});
	});
	it.each([
		'',
		' editor',
		'editor ',
		'a  b',
		'editor\n',
		'a,b',
		'<b>editor</b>',
		'a"b',
		'a&b',
		'.',
	])('say that %j is the name of no role', (role) => {
		expect(errorsOf({ excludedRoles: [role] })).toEqual({
			'excludedRoles.0': expect.stringMatching(/not the name of a role.*letters, digits/),
		});
	});
	it('name each unknown property, on both levels, the API key among them', () => {
		const no = 'There is no such setting.';
		expect(errorsOf({ apiKey: 'x', y: 1, features: { push: true } })).toEqual({
			apiKey: no,
			y: no,
			'features.push': no,
		});
	});
	it('name all that is wrong at once', () => {
		const input = { scriptId: 'x', placement: { position: 'x', selector: '<' }, z: 1 };
		expect(Object.keys(errorsOf(input)).sort()).toEqual(
			['placement.position', 'placement.selector', 'scriptId', 'z'].sort()
		);
	});
	it.each([[null], [undefined], [[]], ['x'], [5]])('%j as a whole is refused', (input) => {
		expect(errorsOf(input)).toEqual({ '': WRONG_TYPE });
	});
	it('never contain a word of the schema library', () => {
		const value = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(null, [], {}, 'x', 1));
		fc.assert(
			fc.property(fc.constantFrom(...Object.keys(GOOD)), value, (path, wrong) => {
				for (const message of Object.values(errorsOf(withValue(path, wrong)))) {
					expect(message).toMatch(/^[A-Z].*\.$/);
					expect(message).not.toMatch(/invalid|expected|received/i);
				}
			})
		);
	});
});

it('the languages are ISO 639-1, each once', () => {
	expect(LANGUAGES).toHaveLength(new Set(LANGUAGES).size);
	const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
	for (const code of LANGUAGES) {
		expect(code).toMatch(/^[a-z]{2}$/);
		expect(names.of(code), code).toBeDefined();
	}
	expect(LANGUAGES).toEqual(expect.arrayContaining(['uk', 'ru', 'en', 'pl', 'de', 'ro']));
});
