// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { BLOCK_PLACE } from '../../src/admin/request/block-place.ts';
import { copyText } from '../../src/admin/copy-text.ts';
import { mailtoOf, requestFrom, withIconCode } from '../../src/admin/request/message.ts';
import { saveFile } from '../../src/gtm/save-file.ts';
import { defaultSettings, POSITIONS, type Settings } from '../../src/settings/index.ts';

const SITE = 'https://shop.example/uk';
const ID = '0123456789ABCDEF0123456789ABCDEF';
const ICON = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>';

const draft = (
	placement: Partial<Settings['placement']> = {},
	rest: Partial<Settings> = {}
): Settings => ({
	...defaultSettings(),
	scriptId: ID,
	...rest,
	placement: { ...defaultSettings().placement, selector: '.menu', ...placement },
});

function requestOf(settings: Settings) {
	const result = requestFrom(settings, SITE);
	if (!result.ok) {
		throw new Error(result.missing.join());
	}
	return result.request;
}

describe('the message to eSputnik', () => {
	it('has everything in it that places the bell', () => {
		const { subject, text } = requestOf(draft({ selector: ' .site-header\n .menu ' }));
		expect(subject).toBe(`App Inbox bell for ${SITE}`);
		expect(text.split('\n')).toEqual(
			expect.arrayContaining([
				`Site: ${SITE}`,
				`Script id: ${ID}`,
				'CSS selector: .site-header .menu',
				'Position: beforeend (inside the element, at its end)',
				'Icon: your usual bell',
			])
		);
	});

	it.each(POSITIONS)('explains the position %s', (position) => {
		expect(requestOf(draft({ position })).text).toMatch(
			new RegExp(`^Position: ${position} \\(.*the element.*\\)$`, 'm')
		);
	});

	it('names the icon’s file; its code, harmless, comes with the copied message only', () => {
		const request = requestOf(draft({ icon: ICON.replace('<path', '<path onclick="x()"') }));
		expect(request.icon).toBe(ICON);
		expect(request.text).toContain('Icon: the attached file bell.svg');
		expect(request.text).not.toContain('<svg');
		expect(withIconCode(request)).toBe(`${request.text}\n\nThe code of bell.svg:\n${ICON}`);
		const plain = requestOf(draft());
		expect(withIconCode(plain)).toBe(plain.text);
	});

	it('does not wait for fields that have nothing to do with it', () => {
		expect(requestOf(draft({}, { endpoint: 'nonsense' })).text).toContain('.menu');
	});

	it.each<[string, Settings, string[]]>([
		['the selector', draft({ selector: ' ' }), ['selector']],
		['the script', draft({}, { scriptId: '' }), ['script']],
		['both', draft({ selector: '' }, { scriptId: ' ' }), ['script', 'selector']],
		['a good icon', draft({ icon: 'bell.png' }), ['mended-fields']],
		['a whole id', draft({ selector: '' }, { scriptId: '12' }), ['selector', 'mended-fields']],
	])('says that %s is missing', (_, settings, missing) => {
		expect(requestFrom(settings, SITE)).toEqual({ ok: false, missing });
	});
});

describe('the e-mail', () => {
	it('has the message in it', () => {
		const request = requestOf(draft({ selector: 'a[href="/?a=b&c"] > b' }));
		const { url, complete } = mailtoOf(request);
		expect(complete).toBe(true);
		const { protocol, pathname, searchParams } = new URL(url);
		expect([protocol, pathname]).toEqual(['mailto:', 'support@esputnik.com']);
		expect(searchParams.get('subject')).toBe(request.subject);
		expect(searchParams.get('body')).toBe(request.text.replaceAll('\n', '\r\n'));
		expect(url).not.toContain('+'); // A mail program reads it as a plus.
	});

	it('asks for the copied message where it would be too long for an address', () => {
		const request = requestOf(draft({ selector: `.${'меню'.repeat(100)}` }));
		const { url, complete } = mailtoOf(request);
		expect(complete).toBe(false);
		expect(url.length).toBeLessThan(2000);
		expect(new URL(url).searchParams.get('body')).toContain('Paste the message');
	});
});

describe('copying', () => {
	afterEach(() => {
		vi.unstubAllGlobals();
		document.body.replaceChildren();
		Reflect.deleteProperty(document, 'execCommand');
	});
	const clipboard = (writeText?: (text: string) => Promise<void>) =>
		vi.stubGlobal('navigator', writeText ? { clipboard: { writeText } } : {});
	const field = () => {
		const textarea = document.createElement('textarea');
		textarea.value = 'Hello';
		document.body.append(textarea);
		return textarea;
	};

	it('uses the clipboard', async () => {
		const copied: string[] = [];
		clipboard(async (text) => void copied.push(text));
		expect(await copyText('Hello', null)).toBe('copied');
		expect(copied).toEqual(['Hello']);
	});

	it.each([
		['there is no clipboard', undefined],
		['it is refused', () => Promise.reject(new Error('NotAllowedError'))],
	])('selects the text where %s', async (_, writeText) => {
		clipboard(writeText);
		const textarea = field();
		expect(await copyText('Hello', textarea)).toBe('selected');
		expect(textarea.matches(':focus')).toBe(true);
		expect([textarea.selectionStart, textarea.selectionEnd]).toEqual([0, 5]);
	});

	it('copies the selection where the browser still knows how', async () => {
		clipboard();
		Object.assign(document, { execCommand: () => true });
		expect(await copyText('Hello', field())).toBe('copied');
	});
});

it('saves a file under its name', async () => {
	const blobs: Blob[] = [];
	const saved: [name: string, url: string][] = [];
	vi.useFakeTimers();
	Object.assign(URL, {
		createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`,
		revokeObjectURL: vi.fn(),
	});
	const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
		this: HTMLAnchorElement
	) {
		saved.push([this.download, this.href]);
	});
	saveFile('bell.svg', ICON, 'image/svg+xml');
	expect(saved).toEqual([['bell.svg', 'blob:1']]);
	expect(blobs[0]).toMatchObject({ type: 'image/svg+xml', size: ICON.length });
	vi.runAllTimers();
	expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:1');
	click.mockRestore();
	vi.useRealTimers();
});

it('fills in the selector that the block and the shortcode print', () => {
	const php = readFileSync(join(ROOT, 'plugin/includes/bell.php'), 'utf8');
	const [, name] = /const BELL_CLASS = '(.+)';/.exec(php) ?? [];
	expect(BLOCK_PLACE.selector).toBe(`.${name}`);
	const block = JSON.parse(readFileSync(join(ROOT, 'src/block/block.json'), 'utf8'));
	expect(php).toContain(`const BELL_BLOCK = '${block.name}';`);
	expect(php).toContain(`const BELL_SIZE  = ${block.attributes.size.default};`);
});
