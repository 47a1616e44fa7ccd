/** Exactly one init reaches eSputnik, whatever else is on the page. */
import { describe, expect, it } from 'vitest';
import { FLAT_STUB, onlyIfMissing } from '../../esputnik/snippets.ts';
import { running } from '../running.ts';
import {
	document,
	foreign,
	foreignCode,
	FORM_NAMES,
	FORMS,
	ID,
	OTHER_ID,
	SCRIPT,
	scriptOf,
	startStage,
	until,
	type Form,
} from './stage.ts';

const stage = running(startStage);

/** What of our own options always arrives, after those of others. */
const OURS = { options: ['getAuthTokenCallback', 'language'], language: 'uk' };
const ALONE = { APP_INBOX: true, RECOMS: false, TRACKING: false, ...OURS };
const TRACKED = { APP_INBOX: true, TRACKING: true, RECOMS: false, ...OURS };
const TRACK = "eS('init', {TRACKING: true, RECOMS: false})";
const LEFT_OUT = 'Open ?app-inbox-debug.';
const MERGED = /Another snippet on this page calls init as well\. The two were merged into one/;
const TWICE = /loads eSputnik’s script twice\. Remove the other snippet/;
const TOO_LATE = /ran before App Inbox, so the inbox cannot start\. Remove that snippet/;

/** As Google Tag Manager puts Custom HTML into a page. */
const insert = (code: string) => `var tag = document.createElement('script');
	tag.text = ${JSON.stringify(code)}; document.body.appendChild(tag);`;
const onceParsed = (code: string) =>
	`<script>document.addEventListener('DOMContentLoaded', function () { ${insert(code)} })</script>`;
/** A token was received: eSputnik’s script has been at work for a while. */
const onceAtWork = (code: string) =>
	`<script>document.addEventListener('app-inbox:status', function listen({ detail }) {
		if (detail.token === 'received') {
			document.removeEventListener('app-inbox:status', listen);
			${insert(code)}
		}
	})</script>`;

interface Case {
	title: string;
	page: (ours: string) => string;
	/** What reached eSputnik. */
	inits: object[];
	init: 'ours' | 'merged';
	/** The ids of eSputnik's script elements. */
	scripts?: string[];
	/** What our script says on the console without being asked. */
	warnings?: string[];
	/** What the report says on top of the usual. */
	report?: RegExp[];
}

const CASES: Case[] = [
	{ title: 'nothing else', page: (ours) => document(ours), inits: [ALONE], init: 'ours' },
	{
		title: 'a foreign snippet before ours',
		page: (ours) => document(foreign(TRACK) + ours),
		inits: [TRACKED],
		init: 'merged',
	},
	{
		title: 'a foreign snippet before ours, its init in an element of its own',
		page: (ours) => document(`${foreign()}<script>${TRACK}</script>${ours}`),
		inits: [TRACKED],
		init: 'merged',
	},
	{
		title: 'a foreign snippet after ours, which brings its own second script element',
		page: (ours) => document(ours + foreign(TRACK)),
		inits: [TRACKED],
		init: 'merged',
		scripts: [ID, ID],
		report: [TWICE],
	},
	{
		title: 'a foreign snippet in the footer, which brings its own second script element',
		page: (ours) => document(ours, foreign(TRACK)),
		inits: [TRACKED],
		init: 'merged',
		scripts: [ID, ID],
		report: [TWICE],
	},
	{
		title: 'a foreign snippet before ours, its init in the footer',
		page: (ours) => document(foreign() + ours, `<script>${TRACK}</script>`),
		inits: [TRACKED],
		init: 'merged',
	},
	{
		title: 'Google Tag Manager, before eSputnik’s script has come: a second script element',
		page: (ours) => document(ours, onceParsed(foreignCode(TRACK))),
		inits: [TRACKED],
		init: 'merged',
		scripts: [ID, ID],
		report: [TWICE],
	},
	{
		title: 'Google Tag Manager, after eSputnik’s script has come: a second script element',
		page: (ours) => document(ours, onceAtWork(foreignCode(TRACK))),
		inits: [ALONE],
		init: 'ours',
		scripts: [ID, ID],
		warnings: [LEFT_OUT],
		report: [TWICE],
	},
	{
		title: 'another plugin with the same id, from eSputnik’s older host',
		page: (ours) =>
			document(foreign(TRACK, scriptOf(ID, 'https://statics.esputnik.com')) + ours),
		inits: [TRACKED],
		init: 'merged',
	},
	{
		title: 'the flat stub of eSputnik’s app for Shopify, its script in the markup',
		page: (ours) =>
			document(
				`<script async src="${SCRIPT}"></script><script>${FLAT_STUB} ${TRACK}</script>${ours}`
			),
		inits: [TRACKED],
		init: 'merged',
	},
	{
		title: 'a site that starts eSputnik only where there is no eS yet, before ours',
		page: (ours) => document(`<script>${onlyIfMissing(TRACK)}</script>${ours}`),
		inits: [TRACKED],
		init: 'merged',
	},
	{
		title: 'a site that starts eSputnik only where there is no eS yet, after ours: it does not',
		page: (ours) => document(ours, `<script>${onlyIfMissing(TRACK)}</script>`),
		inits: [ALONE],
		init: 'ours',
	},
	{
		title: 'another script id before ours: theirs alone is loaded',
		page: (ours) => document(foreign(TRACK, scriptOf(OTHER_ID)) + ours),
		inits: [TRACKED],
		init: 'merged',
		scripts: [OTHER_ID],
	},
	{
		title: 'another script id after ours, which brings its own second script element',
		page: (ours) => document(ours + foreign(TRACK, scriptOf(OTHER_ID))),
		inits: [TRACKED],
		init: 'merged',
		// Each goes before the first script of the page.
		scripts: [OTHER_ID, ID],
		report: [
			new RegExp(
				`ids, ${OTHER_ID} and ${ID}: two accounts\\. Remove the snippet that is not yours`
			),
		],
	},
	{
		title: 'an init with one argument: flags that it leaves out stay left out',
		page: (ours) => document(foreign("eS('init')") + ours),
		inits: [{ APP_INBOX: true, ...OURS }],
		init: 'merged',
	},
	{
		title: 'an init with two arguments',
		page: (ours) => document(foreign("eS('init', {RECOMS: true, TRACKING: true})") + ours),
		inits: [{ APP_INBOX: true, RECOMS: true, TRACKING: true, ...OURS }],
		init: 'merged',
	},
	{
		title: 'an init with three arguments: what we do not know survives, what is ours is ours',
		page: (ours) =>
			document(
				foreign(`eS('init', {APP_INBOX: false, RECOMS: false, NEW: 1}, {
					theme: 'dark', language: 'pl', getAuthTokenCallback: function () {} })`) + ours
			),
		inits: [
			{
				APP_INBOX: true,
				RECOMS: false,
				NEW: 1,
				options: ['theme', 'language', 'getAuthTokenCallback'],
				language: 'uk',
			},
		],
		init: 'merged',
	},
	{
		title: 'an init with three arguments after ours',
		page: (ours) =>
			document(
				ours + `<script>eS('init', {NEW: 1}, {language: 'pl', theme: 'dark'})</script>`
			),
		inits: [
			{
				APP_INBOX: true,
				NEW: 1,
				options: ['language', 'theme', 'getAuthTokenCallback'],
				language: 'uk',
			},
		],
		init: 'merged',
	},
	{
		title: 'an init called twice before ours: the first counts',
		page: (ours) => document(foreign(`${TRACK}; eS('init', {TRACKING: false})`) + ours),
		inits: [TRACKED],
		init: 'merged',
		warnings: [LEFT_OUT],
	},
	{
		title: 'an init before and one after ours: the first counts',
		page: (ours) =>
			document(foreign(TRACK) + ours, `<script>eS('init', {TRACKING: false})</script>`),
		inits: [TRACKED],
		init: 'merged',
		warnings: [LEFT_OUT],
	},
	{
		title: 'an init called twice after ours: the first counts',
		page: (ours) => document(ours, `<script>${TRACK}; eS('init', {TRACKING: false})</script>`),
		inits: [TRACKED],
		init: 'merged',
		warnings: [LEFT_OUT],
	},
	{
		title: 'two foreign snippets around ours: theirs before and ours are one, theirs after is a second',
		page: (ours) => document(foreign(TRACK) + ours + foreign("eS('init')")),
		inits: [TRACKED],
		init: 'merged',
		scripts: [ID, ID],
		warnings: [LEFT_OUT],
		report: [TWICE],
	},
	{
		title: 'ours twice in the page',
		page: (ours) => document(ours + ours),
		inits: [ALONE],
		init: 'ours',
	},
	{
		title: 'ours as loader.js beside ours of the plugin',
		page: (ours) => document(ours + FORMS['loader.js']() + FORMS.inline()),
		inits: [ALONE],
		init: 'ours',
	},
];

const QUERY: Record<Form, string> = { inline: '', 'loader.js': '?app-inbox-debug' };

describe.each(FORM_NAMES)('one init for a logged-in visitor, ours as %s', (form) => {
	it.each(CASES)(
		'$title',
		async ({ page, inits, init, scripts = [ID], warnings = [], report = [] }) => {
			await using opened = await stage.open(page(FORMS[form]()), { query: QUERY[form] });
			const seen = await opened.bell();
			expect(seen.vendor).toMatchObject({ inits, refused: 0, tokensAsked: 1 });
			expect(seen.scripts).toEqual(scripts.map((id) => expect.stringContaining(id)));
			expect(seen.status).toMatchObject({ state: 'initialised', init });
			expect(opened.errors).toEqual([]);
			// The report comes again with each change: each of its sentences counts once.
			await until(async () =>
				expect([...new Set(opened.warnings())]).toEqual([
					...warnings,
					...(form === 'inline' ? [] : report.map((text) => expect.stringMatching(text))),
				])
			);
			if (form === 'loader.js') {
				const sentence = init === 'ours' ? /made the one init/ : MERGED;
				expect(opened.logged.map(({ text }) => text)).toContainEqual(
					expect.stringMatching(sentence)
				);
			}
		}
	);
});

describe.each(FORM_NAMES)('too late, or nobody there, ours as %s', (form) => {
	const query = QUERY[form];

	it('leaves alone what eSputnik’s script has consumed, and says so', async () => {
		// The parser waits here, as at any script of the theme's, and eSputnik's comes from the cache.
		const theme = '<script src="/theme.js"></script>';
		await using opened = await stage.open(document(foreign(TRACK) + theme + FORMS[form]()), {
			query,
			vendor: 'at once',
			before: (page) =>
				page.route('**/theme.js', async (route) => {
					// A page that shows nothing as yet draws no frames to look at.
					await page.waitForFunction('window.__esputnik?.inits.length', null, {
						polling: 20,
					});
					await route.fulfill({ contentType: 'text/javascript', body: '' });
				}),
		});
		const seen = await opened.settle();
		expect(seen.vendor).toMatchObject({
			inits: [{ TRACKING: true, RECOMS: false, options: [] }],
			refused: 0,
			tokensAsked: 0,
		});
		expect(seen.scripts).toEqual([SCRIPT]);
		expect(seen.status).toMatchObject({
			state: 'already-initialised',
			init: 'foreign',
		});
		await until(async () =>
			expect([...new Set(opened.warnings())]).toEqual(
				form === 'inline' ? [] : [expect.stringMatching(TOO_LATE)]
			)
		);
		expect(opened.errors).toEqual([]);
	});

	it.each([
		['before ours', (ours: string) => document(foreign(TRACK) + ours)],
		['after ours', (ours: string) => document(ours + foreign(TRACK))],
		['with one argument', (ours: string) => document(ours, foreign("eS('init')"))],
	])('lets a foreign init pass unchanged for a guest: %s', async (title, page) => {
		await using opened = await stage.open(page(FORMS[form]()), { query, member: false });
		const seen = await opened.settle();
		const flags = title === 'with one argument' ? {} : { TRACKING: true, RECOMS: false };
		expect(seen.vendor).toMatchObject({ refused: 0, problems: [] });
		expect(seen.vendor?.inits).toEqual([{ ...flags, options: [] }]);
		expect(seen.scripts).toEqual([SCRIPT]);
		expect(seen.status).toMatchObject({ state: 'guest', init: 'none' });
		expect(opened.warnings()).toEqual([]);
		expect(opened.errors).toEqual([]);
	});

	it('loads nothing for a guest', async () => {
		await using opened = await stage.open(document(FORMS[form]()), { query, member: false });
		expect(await opened.look()).toMatchObject({
			vendor: null,
			scripts: [],
			status: { state: 'guest', init: 'none' },
		});
		expect(await opened.read('typeof eS')).toBe('undefined');
		expect(opened.requests.filter((url) => !/\/page|loader\.js/.test(url))).toEqual([]);
		expect(opened.warnings()).toEqual([]);
		expect(opened.errors).toEqual([]);
	});
});

describe.each(['q', 'both'] as const)('eSputnik’s script takes over by %s', (takesOver) => {
	const other = running(() => startStage(takesOver));

	it.each([
		['nothing else', document(FORMS.inline()), ALONE],
		['a foreign snippet before ours', document(foreign(TRACK) + FORMS.inline()), TRACKED],
		['a foreign snippet after ours', document(FORMS.inline() + foreign(TRACK)), TRACKED],
	])(
		'%s: one init, what comes later is heard, a second init is left out',
		async (_, html, init) => {
			await using opened = await other.open(html);
			expect((await opened.bell()).vendor).toMatchObject({ inits: [init], refused: 0 });
			await opened.read(`eS('sendEvent', 'ProductPage'); eS('init', {TRACKING: false})`);
			expect((await opened.look()).vendor).toMatchObject({ inits: [init], refused: 0 });
			await until(async () => {
				expect(opened.warnings()).toEqual([LEFT_OUT]);
				expect(eventsOf(opened)).toEqual(['PageView', 'ProductPage']);
			});
			expect(opened.errors).toEqual([]);
		}
	);
});

/** What eSputnik’s script sent to eSputnik. */
const eventsOf = ({ requests }: { requests: string[] }) =>
	requests.flatMap((url) => /\/track\?event=(\w+)/.exec(url)?.[1] ?? []);
