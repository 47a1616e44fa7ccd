// @vitest-environment jsdom
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { robustSelector } from '../../src/admin/picker/robust-selector.ts';
import { isStableName } from '../../src/admin/picker/stable-name.ts';
import { cssEscape } from './css-escape.ts';

beforeAll(() => {
	vi.stubGlobal('CSS', { escape: cssEscape });
});

beforeEach(() => {
	document.body.className = 'home page-id-2 logged-in admin-bar wp-custom-logo';
	document.body.id = '';
});

/** The selector of the element marked with `data-here`; it always matches that one alone. */
function selectorIn(html: string): string {
	document.body.innerHTML = html;
	const element = document.querySelector('[data-here]')!;
	const selector = robustSelector(element)!;
	expect([...document.querySelectorAll(selector)]).toEqual([element]);
	return selector;
}

describe('names', () => {
	it.each([
		'site-header',
		'siteHeader',
		'masthead',
		'menu_top',
		'main-navigation__list',
		'wp-block-site-title',
		'menu-item-42',
		'nav_menu-3',
		'h1',
		'col2',
		'шапка',
		'js-menu',
		'myTopBar',
	])('%s stays', (name) => {
		expect(isStableName(name)).toBe(true);
	});

	it.each([
		'post-123',
		'wp-block-group-123',
		'wp-container-core-group-is-layout-1',
		'wp-elements-1f2e3d4c5b',
		'wp-container-core-group',
		'sc-button',
		'wp-block-group-is-layout-flow',
		'alignwide',
		'items-justified-right',
		'is-open',
		'has-background',
		'menu--active',
		'current-menu-item',
		'current_page_item',
		'menu-item-home',
		'css-1q2w3e',
		'sc-bdVaJa',
		'bdVaJa',
		'elementor-element-255549a',
		'a1b2c3d4',
		'ui-id-7',
		'xkcdqz',
		'header--scrolled',
		'md:flex',
		'🔔',
		'a"b',
		'1st',
		'',
	])('%s may go', (name) => {
		expect(isStableName(name)).toBe(false);
	});
});

describe('selectors', () => {
	it('take the short name that says what it is', () => {
		expect(selectorIn('<header id="masthead" data-here></header>')).toBe('#masthead');
		expect(
			selectorIn('<div class="site-header is-open css-1q2w3e" data-here></div><div></div>')
		).toBe('.site-header');
		expect(selectorIn('<header data-here></header><main><p></p></main>')).toBe('header');
	});

	it('take no generated id, class or state', () => {
		const selector = selectorIn(
			`<div id="wp-block-9f8e7d" class="post-123 is-open css-1q2w3e elementor-element-255549a"></div>
			<div id="wp-block-1a2b3c" class="post-124 is-open css-4r5t6y elementor-element-255549b" data-here></div>`
		);
		expect(selector).not.toMatch(/9f8|1a2|post-|is-open|css-|elementor/);
	});

	it('take nothing that differs from page to page: the names of the body', () => {
		document.body.id = 'top';
		expect(selectorIn('<div><ul><li></li></ul></div><ul><li data-here></li></ul>')).not.toMatch(
			/home|page-id|logged-in|admin-bar|custom-logo|#top/
		);
	});

	it('are not a mere tag that other pages have more of', () => {
		expect(selectorIn('<nav class="menu"><i></i><button data-here></button></nav>')).toBe(
			'.menu button'
		);
		expect(
			selectorIn('<ul class="menu"><li></li><li data-here></li></ul><ol><li></li></ol>')
		).toBe('.menu > li:nth-of-type(2)');
	});

	it('do not trust an id that is there twice', () => {
		expect(
			selectorIn('<p><i id="bell"></i></p><nav><i id="bell" data-here></i></nav>')
		).toMatch(/nav/);
	});

	it.each([
		['emoji', '🔔'],
		['quotes', `it's "quoted"`],
		['brackets', 'a[b]{c}'],
		['a blank', 'two words'],
		['a digit first', '9lives'],
		['markup', '<b>&amp;'],
		['a backslash', 'a\\b'],
	])('survive %s in ids and classes', (_name, hostile) => {
		document.body.innerHTML = '<section><p></p><p></p></section>';
		const element = document.querySelectorAll('p')[1]!;
		element.id = hostile;
		element.className = hostile;
		const selector = robustSelector(element)!;
		expect([...document.querySelectorAll(selector)]).toEqual([element]);
		expect(selector).toMatch(/^[\w\s>:().-]+$/);
	});

	it('reach what is drawn, and tags that no selector can name', () => {
		selectorIn('<svg><linearGradient data-here></linearGradient></svg><svg></svg>');
		selectorIn('<fb:like></fb:like><fb:like data-here></fb:like>');
		document.body.innerHTML = '<i></i>';
		const odd = document.createElementNS('urn:x', 'Odd.Tag');
		document.body.append(odd, document.createElementNS('urn:x', 'Odd.Tag'));
		expect([...document.querySelectorAll(robustSelector(odd)!)]).toEqual([odd]);
	});

	it('name a web component, and give up inside its shadow', () => {
		expect(selectorIn('<site-header data-here></site-header>')).toBe('site-header');
		const inner = document.createElement('b');
		document.querySelector('site-header')!.attachShadow({ mode: 'open' }).append(inner);
		const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
		expect(robustSelector(inner)).toBeNull();
		expect(warn).not.toHaveBeenCalled();
	});

	it('are found among equal siblings without names', () => {
		expect(
			selectorIn(
				`<nav class="menu"><ul>${'<li><a></a></li>'.repeat(5)}<li><a data-here></a></li>${'<li><a></a></li>'.repeat(5)}</ul></nav>`
			)
		).toMatch(/menu|nav|li/);
	});

	it('are found at once in the deep boxes of a page builder', () => {
		const classes = Array.from(
			{ length: 24 },
			(_, index) => `builder-${'abcdefghijklmnopqrstuvwxyz'[index]}word`
		);
		const box = `<div class="${classes.join(' ')}">`;
		const deep = (here: string) =>
			`${box.repeat(12)}<span ${here} class="${classes.join(' ')}"></span>${'</div>'.repeat(12)}`;
		const started = performance.now();
		selectorIn(deep('') + deep('data-here') + deep(''));
		expect(performance.now() - started).toBeLessThan(10_000);
	});
});
