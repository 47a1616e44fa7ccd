// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
	candidateAt,
	DIRECTIONS,
	firstCandidate,
	move,
} from '../../src/admin/picker/candidates.ts';
import { describeElement } from '../../src/admin/picker/describe-element.ts';
import { isGood, isInvalid, matchesOf, matchesSentence } from '../../src/admin/picker/matches.ts';
import { pointInto } from '../../src/admin/picker/pointing.ts';
import {
	possiblePosition,
	possiblePositions,
	showPreviewBell,
} from '../../src/admin/picker/preview-bell.ts';
import { addressOf, fetchPage, pathOf } from '../../src/admin/picker/site-page.ts';
import { POSITIONS } from '../../src/settings/index.ts';

const PAGE = `
	<div id="wpadminbar"><a>Edit</a></div>
	<div class="site">
		<header>
			<a class="logo" aria-label="Kavarnia"><svg><path d="M0 0h9"/></svg></a>
			<nav>
				<ul><li><a>Shop</a></li><li class="gone"><a>Old</a></li><li><a>About</a></li></ul>
				<button>Menu</button>
			</nav>
		</header>
		<script>1</script>
		<main><img alt="A cup"><div><h2>Welcome to a heading that goes on and on, <b>far</b> beyond</h2></div></main>
	</div>
	<style>p{}</style>`;

beforeEach(() => {
	document.body.innerHTML = PAGE;
});

const $ = (selector: string) => document.querySelector(selector)!;
const visible = (element: Element) => !element.closest('.gone');

describe('what can be chosen', () => {
	it('is what was pointed at, a picture as a whole, and nothing outside the page', () => {
		expect(candidateAt($('nav a'))).toBe($('nav a'));
		expect(candidateAt($('path'))).toBe($('svg'));
		for (const outside of ['html', 'body', 'head', 'script', 'style', '#wpadminbar a']) {
			expect(candidateAt($(outside)), outside).toBeNull();
		}
	});

	it('is never the preview', () => {
		showPreviewBell($('nav'), 'beforeend', '');
		expect(candidateAt($('[data-app-inbox-picker] path'))).toBeNull();
		expect(move($('button'), 'next', visible)).toBeNull();
	});

	it('begins with the header, or else with the first thing that is seen', () => {
		expect(firstCandidate(document, visible)).toBe($('header'));
		document.body.innerHTML = '<script></script><p class="gone"></p><p id="seen"></p>';
		expect(firstCandidate(document, visible)).toBe($('#seen'));
		document.body.innerHTML = '';
		expect(firstCandidate(document, visible)).toBeNull();
	});
});

describe('keys', () => {
	const go = (from: string, direction: (typeof DIRECTIONS)[number]) =>
		move($(from), direction, visible);

	it('go to the parent, the child, the one before and the one after', () => {
		expect(go('nav', 'parent')).toBe($('header'));
		expect(go('nav', 'child')).toBe($('ul'));
		expect(go('nav', 'previous')).toBe($('.logo'));
		expect(go('.logo', 'next')).toBe($('nav'));
	});

	it('pass over what is not seen and what is no part of the page', () => {
		expect(go('li', 'next')).toBe($('li:last-child'));
		expect(go('li:last-child', 'previous')).toBe($('li'));
		expect(go('header', 'next')).toBe($('main'));
		expect(go('.site', 'next')).toBeNull();
		expect(go('.site', 'previous')).toBeNull();
	});

	it('stop at the edges', () => {
		expect(go('.site', 'parent')).toBeNull();
		expect(go('svg', 'child')).toBeNull();
		expect(go('img', 'child')).toBeNull();
	});
});

describe('a page that is pointed into', () => {
	const pointed = () => {
		const hands = {
			onPoint: vi.fn(),
			onTake: vi.fn(),
			onMove: vi.fn(),
			onEnter: vi.fn(),
			onEscape: vi.fn(),
		};
		return { hands, release: pointInto(document, hands) };
	};
	const send = (event: Event, to = $('nav a')) => to.dispatchEvent(event);
	const event = (type: string, more = {}) =>
		Object.assign(new Event(type, { bubbles: true, cancelable: true }), more);

	it('gives what is clicked, and does nothing by itself', () => {
		const own = vi.fn();
		for (const type of ['click', 'mousedown', 'pointerdown', 'touchstart', 'keydown']) {
			$('nav a').addEventListener(type, own);
		}
		const { hands, release } = pointed();
		expect(send(event('click'))).toBe(false);
		expect(hands.onTake).toHaveBeenCalledExactlyOnceWith($('nav a'));
		expect(send(event('mousedown'))).toBe(false);
		expect(send(event('pointerdown'))).toBe(true);
		expect(send(event('touchstart')), 'a touch still scrolls').toBe(true);
		send(event('keydown', { key: 'x' }));
		expect(own).not.toHaveBeenCalled();
		release();
		expect(send(event('click'))).toBe(true);
		expect(own).toHaveBeenCalledOnce();
		expect(hands.onTake).toHaveBeenCalledOnce();
	});

	it('follows the mouse, but not a finger that scrolls', () => {
		const { hands, release } = pointed();
		send(event('pointermove', { pointerType: 'mouse' }));
		send(event('pointermove', { pointerType: 'touch' }), $('h2'));
		send(event('pointermove', { pointerType: 'mouse' }), document.body);
		expect(hands.onPoint.mock.calls).toEqual([[$('nav a')], [null]]);
		release();
	});

	it('has the arrows as they lie on the screen, from right to left as well', () => {
		const { hands, release } = pointed();
		const press = (key: string) => send(event('keydown', { key }));
		['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].forEach(press);
		document.documentElement.style.direction = 'rtl';
		['ArrowLeft', 'ArrowRight'].forEach(press);
		document.documentElement.removeAttribute('style');
		expect(hands.onMove.mock.calls.flat()).toEqual([
			'parent',
			'child',
			'previous',
			'next',
			'next',
			'previous',
		]);
		expect(press('Enter')).toBe(false);
		expect(hands.onEnter).toHaveBeenCalledOnce();
		press('Escape');
		expect(hands.onEscape).toHaveBeenCalledOnce();
		expect(press('Tab'), 'Tab is the browser’s').toBe(true);
		release();
	});
});

it('says what an element is, what is on it, and what it is in', () => {
	expect(describeElement($('header'))).toBe('header, inside page');
	expect(describeElement($('nav'))).toBe('navigation, inside header');
	expect(describeElement($('.logo'))).toBe('link “Kavarnia”, inside header');
	expect(describeElement($('li a'))).toBe('link “Shop”, inside list item');
	expect(describeElement($('img'))).toBe('picture “A cup”, inside main part');
	expect(describeElement($('main div'))).toBe('box, inside main part');
	expect(describeElement($('h2'))).toBe(
		'heading “Welcome to a heading that goes on and on…”, inside main part'
	);
});

describe('a selector typed by hand', () => {
	const answer = (selector: string) => matchesSentence(matchesOf(selector, document));

	it('is answered with none, one or how many', () => {
		expect(answer('.no-such-thing')).toContain('no element');
		expect(answer('header nav')).toContain('exactly one');
		expect(answer('nav li')).toContain('3 elements');
		expect(isGood(matchesOf('header', document))).toBe(true);
		expect(isGood(matchesOf('li', document))).toBe(false);
	});

	it('is known to be none, or no selector, without a page', () => {
		expect(answer('  ')).toContain('Type a selector first');
		expect(answer('header [')).toContain('not a CSS selector');
		expect(['', 'a', '.menu > li', 'a:has(b)'].map(isInvalid)).not.toContain(true);
		expect(['.', 'a >> b', 'a[', '#1', 'a,'].map(isInvalid)).not.toContain(false);
	});
});

describe('the preview bell', () => {
	it.each(POSITIONS)('stands %s, and leaves nothing behind', (position) => {
		const before = document.documentElement.outerHTML;
		const remove = showPreviewBell($('nav'), position, '');
		const bell = $('[data-app-inbox-picker]');
		const expected = {
			beforebegin: $('nav').previousElementSibling,
			afterbegin: $('nav').firstElementChild,
			beforeend: $('nav').lastElementChild,
			afterend: $('nav').nextElementSibling,
		};
		expect(bell).toBe(expected[position]);
		expect(bell.querySelector('svg path')).not.toBeNull();
		remove();
		remove();
		expect(document.documentElement.outerHTML).toBe(before);
	});

	it('wears the owner’s icon, made harmless, or a plain one', () => {
		const icon = '<svg onload="alert(1)"><script>1</script><circle r="9"/></svg>';
		const remove = showPreviewBell($('nav'), 'beforeend', icon);
		expect($('[data-app-inbox-picker]').innerHTML).toMatch(/<circle/);
		expect($('[data-app-inbox-picker]').innerHTML).not.toMatch(/script|onload/);
		remove();
		showPreviewBell($('nav'), 'beforeend', 'not an icon');
		expect($('[data-app-inbox-picker] svg path')).not.toBeNull();
	});

	it('is only put where it is seen', () => {
		expect(possiblePositions($('nav'))).toEqual(POSITIONS);
		expect(possiblePositions($('img'))).toEqual(['beforebegin', 'afterend']);
		expect(possiblePosition($('img'), 'beforeend')).toBe('afterend');
		expect(possiblePosition($('img'), 'afterbegin')).toBe('beforebegin');
		expect(possiblePosition($('nav'), 'afterbegin')).toBe('afterbegin');
		$('main').attachShadow({ mode: 'open' }).innerHTML = '<p>no slot</p>';
		expect(possiblePositions($('main'))).toEqual(['beforebegin', 'afterend']);
		$('main').shadowRoot!.innerHTML = '<slot></slot>';
		expect(possiblePositions($('main'))).toEqual(POSITIONS);
	});
});

describe('the page that is looked into', () => {
	const ADMIN = 'https://a.example/blog/wp-admin/options-general.php';
	const address = (typed: string, siteUrl = 'https://a.example/blog') => {
		const result = addressOf(typed, siteUrl, ADMIN);
		return result.ok ? result.page : result.problem;
	};

	it('is found by a path below the site or by a whole address', () => {
		expect(address('/')).toBe('https://a.example/blog/');
		expect(address('shop/?a=1')).toBe('https://a.example/blog/shop/?a=1');
		expect(address(' https://a.example/blog/shop ')).toBe('https://a.example/blog/shop');
		expect(pathOf('https://a.example/blog/shop/?a=1', 'https://a.example/blog')).toBe(
			'/shop/?a=1'
		);
		expect(pathOf('https://a.example/else', 'https://a.example/blog')).toBe(
			'https://a.example/else'
		);
	});

	it('must be at the admin’s own address', () => {
		for (const foreign of ['https://b.example/', '//b.example/x', 'http://a.example/']) {
			const said = addressOf(foreign, 'https://a.example', ADMIN);
			expect(said.ok && new URL(said.page).origin, foreign).not.toBe('https://b.example');
			expect(said.ok && new URL(said.page).origin, foreign).not.toBe('http://a.example');
		}
		expect(address('/', 'https://www.a.example')).toContain('by hand');
		expect(address('https://[')).toContain('not an address');
	});

	it('is read without the admin bar', async () => {
		const result = await fetchPage('https://a.example/', async () => new Response(PAGE));
		expect(result.ok && result.page.querySelectorAll('header').length).toBe(1);
		expect(result.ok && result.page.getElementById('wpadminbar')).toBeNull();
	});

	it('is missed with words', async () => {
		const down = await fetchPage('https://a.example/', () => Promise.reject(new Error('x')));
		expect(!down.ok && down.problem).toContain('could not be reached');
		const broken = await fetchPage(
			'https://a.example/',
			async () => new Response('', { status: 503 })
		);
		expect(!broken.ok && broken.problem).toContain('503');
	});
});
