// @vitest-environment jsdom
/** The check over every form in which eSputnik's snippet stands on pages. */
import { describe, expect, it } from 'vitest';
import { FORMS } from '../esputnik/forms.ts';
import { CLASPO, OTHER_ID, scriptUrl, TAG_MANAGER, WEB_PUSH } from '../esputnik/snippets.ts';
import { check, createWorld, FRONT, ourScript, page, seen } from './check-world.ts';

/** The front page with this in its body, beside our own script. */
async function duplicateOf(html: string, change: Parameters<typeof createWorld>[0] = () => {}) {
	const world = createWorld(change);
	world.answers[FRONT] = { body: page(ourScript(world.settings), `<p>Hello</p>${html}`) };
	world.frames = [seen({ scripts: [scriptUrl({ id: world.settings.scriptId })] })];
	return (await check(world)).duplicate;
}

/** Once is enough where a form differs only in how it is copied. */
const ON_PAGES = [...new Map(FORMS.map((form) => [form.html, form])).values()];

describe.each(ON_PAGES)('$name, on the front page', ({ name, html, id }) => {
	it('is found, and may stay by one press', async () => {
		const found = await duplicateOf(html);
		expect(found).toMatchObject({
			status: 'fail',
			message: expect.stringMatching(/a second eSputnik snippet in/),
		});
		// Of two, one has to go in any case; some never start after ours, or once ours has begun.
		const cannotStay =
			name === 'twice' || /if \(!window\.eS\)|text\/plain|rocketlazy/.test(html);
		expect(found.offer).toBe(cannotStay ? undefined : 'keep-snippet');
	});

	it('is named with its account where that is another one', async () => {
		const found = await duplicateOf(html, (settings) => {
			settings.scriptId = 'ABCDEF0123456789ABCDEF0123456789';
		});
		expect(found.status).toBe('fail');
		expect(found.message).toContain(
			`another eSputnik account: ${id}. App Inbox has ABCDEF0123456789ABCDEF0123456789.`
		);
		expect(found.offer).toBeUndefined();
	});

	it('is well where it is to stay', async () => {
		const found = await duplicateOf(html, (settings) => {
			settings.script = 'site';
		});
		expect(found).toMatchObject(
			name === 'twice'
				? { status: 'fail', advice: expect.stringContaining('one snippet, not two') }
				: { status: 'pass', message: expect.stringContaining('joins its start') }
		);
	});
});

it.each([
	['Claspo’s twin', CLASPO],
	['Claspo’s twin with an id of ours', CLASPO.replace(/[0-9A-F]{32}/, OTHER_ID)],
	['eSputnik’s web push', WEB_PUSH],
	['Tag Manager', TAG_MANAGER],
	['all of them', CLASPO + WEB_PUSH + TAG_MANAGER],
])('no remark is made on %s', async (_, html) => {
	const world = createWorld();
	world.head = html;
	world.frames = [
		seen({
			scripts: [
				...seen().scripts,
				'https://scripts.claspo.io/scripts/A5AD9A9196CC4508A07B3B408883F801.js',
				'https://esputnik.com/scripts/v1/public/scripts?apiKey=x&domain=DF13001D-1AF8-4C5A-ACED-5C3F9011F95C',
			],
			snippets: [html],
		}),
	];
	const { duplicate, 'one-init': oneInit } = await check(world);
	expect(duplicate).toMatchObject({
		status: 'pass',
		message: 'There is no other eSputnik snippet on your front page.',
	});
	expect(oneInit.status).toBe('pass');
});
