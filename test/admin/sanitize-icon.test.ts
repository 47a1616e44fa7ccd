// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { sanitizeIcon } from '../../src/admin/sanitize-icon.ts';
import { ICONS } from '../../src/admin/sections/icons.ts';
import { CLEAN, dangers, HOSTILE, PATH, svg } from './icons.ts';

describe('hostile SVGs', () => {
	it.each(HOSTILE)('takes out %s', (_name, source) => {
		const result = sanitizeIcon(source);
		if (!result.ok) {
			expect(result.message).toContain('SVG');
			return;
		}
		expect(dangers(result.svg)).toEqual([]);
		expect(result.svg).toMatch(/^<svg[\s>][\s\S]*<\/svg>$/);
	});

	it('keeps the drawing of nearly all of them', () => {
		const kept = HOSTILE.filter(([, source]) => {
			const result = sanitizeIcon(source);
			return result.ok && result.svg.includes('M12 3a6 6');
		});
		expect(kept.length).toBeGreaterThanOrEqual(HOSTILE.length - 2);
	});

	it('says what was taken out', () => {
		const source = svg(`<script>1</script>${PATH}`, ' onload="alert(1)"');
		expect(sanitizeIcon(source)).toMatchObject({ removed: ['onload', 'script'] });
	});
});

describe('benign SVGs', () => {
	const sanitized = (source: string) => {
		const result = sanitizeIcon(source);
		expect(result).toMatchObject({ ok: true, removed: [] });
		return result.ok ? result.svg : '';
	};

	it('keeps paths, view box, colours and size', () => {
		const source =
			'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><path d="M6 8a6 6 0 0 1 12 0"/><circle cx="12" cy="12" r="2"/></svg>';
		const clean = sanitized(source);
		for (const part of source.match(/[\w-]+="[^"]*"/g) ?? []) {
			expect(clean).toContain(part);
		}
	});

	it('keeps gradients and their use within the picture', () => {
		const clean = sanitized(
			svg(
				`<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/></linearGradient><path id="p" d="M0 0h9"/></defs><use xlink:href="#p" fill="url(#g)"/>`
			)
		);
		expect(clean).toContain('linearGradient');
		expect(clean).toContain('xlink:href="#p"');
		expect(clean).toContain('fill="url(#g)"');
		expect(dangers(clean)).toEqual([]);
	});

	it('turns an editor’s style sheet into attributes', () => {
		const clean = sanitized(
			svg(
				`<style>/* Generator: Illustrator */.cls-1{fill:#fa0;stroke:none}@media print{.cls-1{fill:#000}}</style><path class="cls-1" style="opacity:.5" d="M0 0h9"/>`
			)
		);
		expect(clean).toContain('fill="#fa0"');
		expect(clean).toContain('opacity=".5"');
		expect(clean).not.toMatch(/style|class/);
	});

	it('drops prolog, comments and editors’ notes', () => {
		const clean = sanitized(
			`<?xml version="1.0" encoding="UTF-8"?>\n<!-- by hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n${svg(
				`<metadata>about</metadata>${PATH}`,
				' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:version="1.0"'
			)}\n`
		);
		expect(clean).toMatch(/^<svg /);
		expect(clean).not.toMatch(/inkscape|metadata|about/);
		expect(clean).toContain('M12 3a6 6');
	});

	it('adds the namespace that a picture file needs', () => {
		expect(sanitized(`<svg viewBox="0 0 24 24">${PATH}</svg>`)).toContain(
			'xmlns="http://www.w3.org/2000/svg"'
		);
	});

	it.each([...CLEAN, ...Object.values(ICONS)])('changes nothing of a clean one: %s', (source) => {
		expect(sanitized(source)).toBe(source);
	});
});

it('takes nothing for an empty icon, and refuses what is no drawing', () => {
	expect(sanitizeIcon(' \n')).toEqual({ ok: true, svg: '', removed: [] });
	expect(sanitizeIcon('bell.svg')).toMatchObject({ ok: false });
	expect(sanitizeIcon('<svg><path d="M0 0h9"/>')).toMatchObject({ ok: false });
	expect(sanitizeIcon(svg(''))).toMatchObject({ ok: false });
	expect(sanitizeIcon(svg('<image href="data:image/png;base64,AAAA"/>'))).toMatchObject({
		ok: false,
	});
});
