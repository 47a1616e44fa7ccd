// @vitest-environment node
/**
 * Each form of the snippet that stands on pages, merged: before ours and after ours, and in each way in
 * which eSputnik's script takes over. A page of its own, which runs its scripts as a browser does.
 */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { FORMS, type Form } from '../esputnik/forms.ts';
import { ID, INIT, OTHER_ID, snippet, WEB_PUSH, CLASPO } from '../esputnik/snippets.ts';
import { INLINE, loadVendor, MARKER, TAKE_OVERS, type PageWindow, type TakeOver } from './page.ts';

const { JSDOM, VirtualConsole } = createRequire(import.meta.url)('jsdom') as {
	JSDOM: new (html: string, options: object) => { window: PageWindow };
	VirtualConsole: new () => { on: (event: string, listener: (text: unknown) => void) => void };
};

interface Opened {
	/** What reached eSputnik's script, which comes when the page is parsed. */
	received: unknown[][];
	/** eSputnik's script elements. */
	scripts: string[];
	logged: string[];
	state: string;
}

const ours = (script: 'ours' | 'site') =>
	`<script>${INLINE}appInbox.init(${JSON.stringify({ scriptId: ID, endpoint: '/token', script })})</script>`;

async function open(html: string, takeOver: TakeOver, member = true): Promise<Opened> {
	const logged: string[] = [];
	const virtualConsole = new VirtualConsole();
	for (const level of ['warn', 'error', 'jsdomError']) {
		virtualConsole.on(level, (text) => logged.push(String(text)));
	}
	const { window } = new JSDOM(`<!doctype html><html lang="uk"><head>${html}</head></html>`, {
		url: 'https://shop.example/',
		runScripts: 'dangerously',
		virtualConsole,
		beforeParse(page: PageWindow) {
			if (member) {
				page.document.cookie = MARKER;
			}
			// What pages of the forms use, and jsdom has not.
			Object.assign(page, { yourImplementationOfAuthCallback: () => '' });
		},
	});
	await new Promise((resolve) => window.addEventListener('load', resolve));
	const result = {
		received: 'eS' in window ? loadVendor(window, takeOver) : [],
		scripts: [...window.document.scripts]
			.filter(
				({ src, type }) =>
					src.includes('esputnik.com/scripts/') && !/plain|rocket/.test(type)
			)
			.map(({ src }) => src)
			.filter((src) => !src.includes('/v1/')),
		logged,
		state: window.appInbox.status().state,
	};
	window.close();
	return result;
}

const OPTIONS = { getAuthTokenCallback: expect.any(Function) as unknown, language: 'uk' };
const initsOf = ({ received }: Opened) => received.filter(([name]) => name === 'init');
/** What eSputnik makes of flags: those that are left out, too. */
const effective = (flags: unknown) => {
	const { APP_INBOX = false, RECOMS = true, TRACKING = true } = Object(flags);
	return { APP_INBOX, RECOMS, TRACKING };
};

/** A snippet that runs only where there is no eSputnik yet leaves the page to ours, where that is first. */
const yields = ({ html }: Form) => html.includes('if (!window.eS)');

/** What a page of the form is started with, for a member. */
function expected({ init, held, ...form }: Form, oursFirst: boolean) {
	const alone = held || (oursFirst && yields({ init, ...form }));
	return { ...(alone ? { RECOMS: false, TRACKING: false } : init!), APP_INBOX: true };
}

/** Of some forms the page is the same, and only the text that is copied differs. */
const ON_PAGES = FORMS.filter(
	({ html }, index) => FORMS.findIndex((form) => form.html === html) === index
);

describe.each(ON_PAGES)('$name', (form) => {
	it.each([
		['theirs', 'ours'],
		['ours', 'ours'],
		['theirs', 'site'],
		['ours', 'site'],
	] as const)('%s first, script: %s: one init of both', async (first, script) => {
		for (const takeOver of TAKE_OVERS) {
			const html = first === 'ours' ? ours(script) + form.html : form.html + ours(script);
			const opened = await open(html, takeOver);
			expect(
				opened.logged.filter((text) => !text.includes('Open ?app-inbox-debug.'))
			).toEqual([]);
			expect(opened.state).toBe('initialised');
			const [[, flags, options] = [], ...others] = initsOf(opened);
			expect(others).toEqual([]);
			expect(effective(flags)).toEqual(expected(form, first === 'ours'));
			expect(flags).not.toHaveProperty('getAuthTokenCallback');
			expect(flags).not.toHaveProperty('language');
			expect(options).toMatchObject(OPTIONS);
			expect(opened.received[0]![0]).toBe('init');
			// A second element only where theirs brings it after ours, or twice by itself.
			const brings =
				!form.held && !form.html.includes('<script type="text/plain" data-cookie');
			const second = first === 'ours' && script === 'ours' && brings && !yields(form);
			expect(opened.scripts.length).toBe((form.name === 'twice' ? 2 : 1) + (second ? 1 : 0));
		}
	});
	it('a guest has their init as it is', async () => {
		const opened = await open(ours('ours') + form.html, 'both', false);
		const alone = await open(
			`<script>appInbox={status:()=>({})}</script>${form.html}`,
			'both',
			false
		);
		expect(JSON.stringify(opened.received)).toBe(JSON.stringify(alone.received));
		expect(opened.state).toBe('guest');
	});
});

it('two accounts: theirs alone where it comes first', async () => {
	const html = snippet(INIT.bare, { id: OTHER_ID }) + ours('ours');
	const { scripts, state } = await open(html, 'both');
	expect(scripts).toEqual([expect.stringContaining(OTHER_ID)]);
	expect(state).toBe('initialised');
});
it('Claspo and web push are nobody’s business', async () => {
	const opened = await open(CLASPO + WEB_PUSH + ours('ours'), 'both');
	expect(initsOf(opened)).toEqual([
		['init', { APP_INBOX: true, RECOMS: false, TRACKING: false }, OPTIONS],
	]);
	expect(opened.scripts).toHaveLength(1);
});
