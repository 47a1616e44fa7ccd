/**
 * Optimisers that do not heed our attributes, or whose rules a site's owner has changed: later is all
 * that may happen to us, and where it is too late, we say so.
 */
import { describe, expect, it } from 'vitest';
import { running } from '../running.ts';
import {
	ATTRIBUTES,
	document,
	foreign,
	foreignCode,
	FORMS,
	ID,
	initCode,
	inlineCode,
	startStage,
	until,
	type Opened,
} from './stage.ts';

const stage = running(startStage);

const TRACK = "eS('init', {TRACKING: true, RECOMS: false})";
const OURS = { options: ['getAuthTokenCallback', 'language'], language: 'uk' };
const ALONE = { APP_INBOX: true, RECOMS: false, TRACKING: false, ...OURS };
const TRACKED = { APP_INBOX: true, TRACKING: true, RECOMS: false, ...OURS };

/** One init and a bell, and nothing that a page's owner would have to look at. */
async function expectOneInit(opened: Opened, inits: object[], scripts = [ID]) {
	const seen = await opened.bell();
	expect(seen.vendor).toMatchObject({ inits, refused: 0, tokensAsked: 1 });
	expect(seen.scripts).toEqual(scripts.map((id) => expect.stringContaining(id)));
	expect(seen.status).toMatchObject({
		state: 'initialised',
		init: inits[0] === ALONE ? 'ours' : 'merged',
	});
	expect(opened.warnings()).toEqual([]);
	expect(opened.errors).toEqual([]);
}

/** A script as data, which unlike one in the markup may be deferred: WP Rocket's and LiteSpeed's way. */
const deferred = (code: string) =>
	`<script defer src="data:text/javascript,${encodeURIComponent(code)}"></script>`;
const CONSENT = { features: { tracking: true }, consent: 'statistics' } as const;

describe('deferred', () => {
	it.each([
		['ours alone', document(deferred(inlineCode())), [ALONE]],
		['beside a foreign snippet', document(deferred(inlineCode()) + foreign(TRACK)), [TRACKED]],
		[
			'before a foreign one, deferred too: a second script element',
			document(deferred(inlineCode()) + deferred(foreignCode(TRACK))),
			[TRACKED],
		],
		[
			'after a foreign one, deferred too',
			document(deferred(foreignCode(TRACK)) + deferred(inlineCode())),
			[TRACKED],
		],
		[
			'with a consent tool that is deferred before it',
			document(
				deferred('wp_has_consent = function (name) { return name === "statistics" }') +
					deferred(inlineCode(CONSENT))
			),
			[{ APP_INBOX: true, RECOMS: false, TRACKING: true, ...OURS }],
		],
	])('%s', async (title, html, inits) => {
		await using opened = await stage.open(html);
		const { vendor, scripts } = await opened.bell();
		expect(vendor).toMatchObject({ inits, refused: 0, tokensAsked: 1 });
		expect(scripts).toHaveLength(title.endsWith('second script element') ? 2 : 1);
		expect(opened.warnings()).toEqual([]);
		expect(opened.errors).toEqual([]);
	});

	it('loader.js, and the call of init after it', async () => {
		const html = document(
			`<script defer src="/app-inbox/loader.js"></script>${deferred(initCode())}${foreign(TRACK)}`
		);
		await using opened = await stage.open(html);
		await expectOneInit(opened, [TRACKED]);
	});
});

/** Puts scripts of a type that no browser runs in anew, each once the one before it has run. */
const RUN_WAITING = `function runWaiting(type) {
	var waiting = Array.from(document.querySelectorAll('script[type="' + type + '"]'));
	(function next() {
		var old = waiting.shift();
		if (!old) { return; }
		var fresh = document.createElement('script');
		Array.from(old.attributes).forEach(function (a) { fresh.setAttribute(a.name, a.value); });
		fresh.type = 'text/javascript';
		fresh.text = old.text;
		if (fresh.src) { fresh.onload = fresh.onerror = next; }
		old.parentNode.replaceChild(fresh, old);
		if (!fresh.src) { next(); }
	})();
}`;

/**
 * What WP Rocket and Perfmatters do: scripts have a type that no browser runs, until somebody moves
 * the mouse, presses a key or touches the page; then each is put in anew, one after the other.
 */
const DELAY = `<script>${RUN_WAITING}
(function () {
	var events = ['mousemove', 'keydown', 'touchstart', 'wheel'];
	function run(event) {
		// The browser's own, before anybody has moved the mouse.
		if (event.type === 'mousemove' && !event.clientX) { return; }
		events.forEach(function (name) { removeEventListener(name, run); });
		runWaiting('delayed');
	}
	events.forEach(function (name) { addEventListener(name, run); });
})()</script>`;
const delayed = (script: string) => script.replaceAll('<script', '<script type="delayed"');
const INTERACTIONS: [string, (opened: Opened) => Promise<void>][] = [
	['the mouse moves', ({ page }) => page.mouse.move(30, 30)],
	['a key is pressed', ({ page }) => page.keyboard.press('Tab')],
];

describe.each(INTERACTIONS)('delayed until %s', (_, interact) => {
	it.each([
		['ours alone', (ours: string) => delayed(ours), [ALONE], [ID]],
		[
			'ours after a foreign snippet, delayed too',
			(ours: string) => delayed(foreign(TRACK) + ours),
			[TRACKED],
			[ID],
		],
		[
			'ours before a foreign snippet, delayed too: a second script element',
			(ours: string) => delayed(ours + foreign(TRACK)),
			[TRACKED],
			[ID, ID],
		],
	])('%s', async (_title, scripts, inits, ids) => {
		await using opened = await stage.open(document(DELAY + scripts(FORMS.inline())));
		expect((await opened.look()).status).toBeUndefined();
		await interact(opened);
		await expectOneInit(opened, inits, ids);
	});

	it('loader.js, and the call of init after it', async () => {
		await using opened = await stage.open(document(DELAY + delayed(FORMS['loader.js']())));
		expect((await opened.look()).status).toBeUndefined();
		await interact(opened);
		await expectOneInit(opened, [ALONE]);
	});

	it('ours, while a foreign snippet is not: too late, which the status says', async () => {
		await using opened = await stage.open(
			document(foreign(TRACK) + DELAY + delayed(FORMS.inline()))
		);
		expect((await opened.settle()).vendor?.inits).toHaveLength(1);
		await interact(opened);
		await until(async () =>
			expect((await opened.look()).status).toMatchObject({
				state: 'already-initialised',
				init: 'foreign',
			})
		);
		const { vendor, scripts } = await opened.look();
		expect(vendor).toMatchObject({
			inits: [{ TRACKING: true, RECOMS: false, options: [] }],
			problems: [],
		});
		expect(scripts).toHaveLength(1);
		expect(opened.errors).toEqual([]);
	});

	it('a foreign snippet, while ours is not: theirs is left out, and the console says so', async () => {
		await using opened = await stage.open(
			document(FORMS.inline() + DELAY + delayed(foreign(TRACK)))
		);
		await opened.bell();
		await interact(opened);
		await until(async () => expect(opened.warnings()).toEqual(['Open ?app-inbox-debug.']));
		expect((await opened.settle()).vendor).toMatchObject({ inits: [ALONE], refused: 0 });
		expect(opened.errors).toEqual([]);
	});
});

describe('moved to the footer and combined into one file', () => {
	/** Others of the page, one of which has mistakes. */
	const OTHERS = ['"use strict";window.first = 1', 'window.last = 1'];
	const file = (codes: string[], join: (code: string) => string) => codes.map(join).join('\n');
	const JOINS: [string, (code: string) => string][] = [
		['by semicolons', (code) => `${code};`],
		['each guarded', (code) => `try{${code}}catch(e){console.error(e)}`],
		['each a function', (code) => `(function(){${code}})();`],
		['by lines alone', (code) => code],
	];

	it.each(JOINS)('%s', async (_, join) => {
		const codes = [OTHERS[0]!, foreignCode(TRACK), inlineCode(), OTHERS[1]!];
		await using opened = await stage.open(
			document('', '<script src="/combined.js"></script>'),
			{ files: { '/combined.js': file(codes, join) } }
		);
		await expectOneInit(opened, [TRACKED]);
		expect(await opened.read('window.first + window.last')).toBe(2);
	});

	it('without a foreign one, deferred', async () => {
		const codes = [OTHERS[0]!, inlineCode(), OTHERS[1]!];
		await using opened = await stage.open(
			document('<script defer src="/combined.js"></script>'),
			{ files: { '/combined.js': file(codes, (code) => `${code};`) } }
		);
		await expectOneInit(opened, [ALONE]);
		expect(await opened.read('window.first + window.last')).toBe(2);
	});

	it('ours twice in it', async () => {
		const codes = [inlineCode(), OTHERS[1]!, inlineCode()];
		await using opened = await stage.open(
			document('', '<script async src="/combined.js"></script>'),
			{ files: { '/combined.js': file(codes, (code) => `${code};`) } }
		);
		await expectOneInit(opened, [ALONE]);
	});
});

describe('executed after load', () => {
	/** As jQuery does: the element is gone again once it has run. */
	const insert = (code: string, { stays = true } = {}) => `(function () {
		var script = document.createElement('script');
		script.text = ${JSON.stringify(code)};
		document.head.appendChild(script);
		${stays ? '' : 'document.head.removeChild(script);'}
	})()`;

	it.each([
		['ours alone', '', true],
		['ours alone, its element taken out again', '', false],
	])('%s', async (_, head, stays) => {
		await using opened = await stage.open(document(`${head}<script>window.page = 1</script>`));
		expect(await opened.read('document.readyState')).toBe('complete');
		await opened.read(insert(inlineCode(), { stays }));
		await expectOneInit(opened, [ALONE]);
	});

	it('with a consent: the event that it would have waited for is over', async () => {
		await using opened = await stage.open(document('<script>window.page = 1</script>'));
		await opened.read(insert(inlineCode(CONSENT)));
		const { vendor, status } = await opened.bell();
		expect(vendor?.inits).toEqual([{ ...ALONE, TRACKING: true }]);
		expect(status?.init).toBe('ours');
		expect(opened.errors).toEqual([]);
	});

	it('twice', async () => {
		await using opened = await stage.open(document('<script>window.page = 1</script>'));
		await opened.read(insert(inlineCode()));
		await opened.bell();
		await opened.read(insert(inlineCode()));
		await expectOneInit(opened, [ALONE]);
	});

	it('on a page that has no other script at all, its own element gone', async () => {
		await using opened = await stage.open(document(''));
		await opened.read(insert(inlineCode(), { stays: false }));
		await expectOneInit(opened, [ALONE]);
	});

	it('ours, beside a foreign snippet that has started: too late, which the status says', async () => {
		await using opened = await stage.open(document(foreign(TRACK)));
		expect((await opened.settle()).vendor?.inits).toHaveLength(1);
		await opened.read(insert(inlineCode()));
		const { status, vendor, scripts } = await opened.look();
		expect(status).toMatchObject({ state: 'already-initialised', init: 'foreign' });
		expect(vendor?.inits).toHaveLength(1);
		expect(scripts).toHaveLength(1);
		expect(opened.errors).toEqual([]);
	});
});

/**
 * Cloudflare's Rocket Loader: types are marked so that no browser runs them, and once the document is
 * parsed the scripts run in their order, except for those with data-cfasync="false".
 */
const MARK = 'a1b2c3d4e5f6a1b2c3d4e5f6-text/javascript';
const ROCKET = `<script>${RUN_WAITING}
	document.addEventListener('DOMContentLoaded', function () { runWaiting('${MARK}'); })</script>`;
const rocketed = (scripts: string) =>
	scripts.replace(
		/<script(?! data-cfasync| id="app-inbox-for-esputnik" data-cfasync)/g,
		`<script type="${MARK}"`
	);
/** Somebody has taken our attributes away. */
const bare = (script: string) => script.replace(` ${ATTRIBUTES}`, '');

describe('Cloudflare’s Rocket Loader', () => {
	it.each([
		['leaves ours in its place, before all others', FORMS.inline() + foreign(TRACK), [ID, ID]],
		['leaves ours in its place, after all others', foreign(TRACK) + FORMS.inline(), [ID, ID]],
		['runs ours where it does not heed us', bare(FORMS.inline()), [ID]],
		['runs ours after a foreign one', foreign(TRACK) + bare(FORMS.inline()), [ID]],
		['runs ours before a foreign one', bare(FORMS.inline()) + foreign(TRACK), [ID, ID]],
		['runs loader.js', FORMS['loader.js'](), [ID]],
	])('%s', async (_, scripts, ids) => {
		const html = document(rocketed(scripts) + ROCKET);
		await using opened = await stage.open(html);
		await expectOneInit(opened, [scripts.includes(TRACK) ? TRACKED : ALONE], ids);
	});
});
