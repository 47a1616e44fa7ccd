import { describe, expect, it } from 'vitest';
import { askToken, ENDPOINT, failed, member, site, token } from './answers.ts';
import { MARKER, openPage, VERSION } from './page.ts';

const sequence = (page: ReturnType<typeof openPage>) =>
	page.statuses.map(({ state, token: of }) => `${state} ${of}`);

describe('status', () => {
	it('is there before anything started', () => {
		const page = openPage();
		expect(page.window.appInbox.status()).toEqual({
			version: VERSION,
			state: 'idle',
			init: 'none',
			token: 'none',
			message: 'Open ?app-inbox-debug.',
		});
		expect(page.statuses).toEqual([]);
	});
	it.each([
		['received', token(), ['initialised none', 'initialised pending', 'initialised received']],
		[
			'unknown-contact',
			token(''),
			['initialised none', 'initialised pending', 'initialised unknown-contact'],
		],
		[
			'failed',
			failed(400),
			// The third tells of the message.
			[
				'initialised none',
				'initialised pending',
				'initialised pending',
				'initialised failed',
			],
		],
	])('tells each step on the way to a token: %s', async (outcome, answer, steps) => {
		const page = member(site(answer));
		await askToken(page);
		expect(sequence(page)).toEqual(steps);
		const status = page.window.appInbox.status();
		expect(status).toMatchObject({ version: VERSION, init: 'ours', token: outcome });
		expect(page.statuses.at(-1)).toEqual(status);
	});
	it('hears of a later token too', async () => {
		const page = member(site(failed(400), token()));
		await askToken(page);
		await askToken(page);
		expect(sequence(page).slice(-2)).toEqual(['initialised pending', 'initialised received']);
	});
	it('that was given away stays as it was', () => {
		const page = openPage();
		const before = page.window.appInbox.status();
		page.init();
		expect(before.state).toBe('idle');
		expect(page.window.appInbox.status().state).toBe('guest');
	});
	it('names the last wrong answer, until there is another', async () => {
		const page = member(site(failed(503), token(), failed(404)));
		await askToken(page);
		const message = `${ENDPOINT} 503 Open ?app-inbox-debug.`;
		expect(page.window.appInbox.status()).toMatchObject({ token: 'received', message });
		await askToken(page);
		expect(page.window.appInbox.status()).toMatchObject({
			token: 'failed',
			message: `${ENDPOINT} 404 Open ?app-inbox-debug.`,
		});
	});
	it('is blocked when the vendor script cannot be loaded, ours or the page’s', () => {
		const ours = member();
		const theirs = openPage({
			cookie: MARKER,
			head: '<script id="theirs"></script>',
		});
		const element = theirs.document.getElementById('theirs') as HTMLScriptElement;
		element.src = 'https://statics.esputnik.com/scripts/FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF.js';
		theirs.init();
		for (const page of [ours, theirs]) {
			const [script] = [...page.document.scripts].filter(({ src }) => src);
			script!.dispatchEvent(new page.window.Event('error'));
			expect(page.window.appInbox.status()).toMatchObject({
				state: 'blocked',
				message: 'Open ?app-inbox-debug.',
			});
		}
	});
	it('stays the page’s own business: a listener that throws changes nothing', async () => {
		const page = member();
		page.document.addEventListener('app-inbox:status', () => {
			throw new Error('listener');
		});
		expect(await askToken(page)).not.toBe('');
		expect(page.window.appInbox.status().token).toBe('received');
	});
});

describe('language', () => {
	const languageOf = (lang: string, language?: string) => {
		const page = openPage({ cookie: MARKER, lang });
		page.init(language ? { language } : {});
		return (page.queued()[0]![2] as { language: string }).language;
	};
	it.each([
		['uk', 'uk'],
		['uk-UA', 'uk'],
		['EN-us', 'en'],
		['zh-Hant-TW', 'zh'],
		['zh-Hans-CN', 'zh'],
		['pt-BR', 'pt'],
		['EN_us', 'en'],
		['ua', 'uk'],
		['UA', 'uk'],
		['ua-UA', 'uk'],
		['x-default', 'en'],
		['  ', 'en'],
		['', 'en'],
		['fil-PH', 'en'],
		['українська', 'en'],
		['${lang}', 'en'],
	])('of a page in %j is %s', (lang, language) => {
		expect(languageOf(lang)).toBe(language);
		expect(languageOf(lang, 'auto')).toBe(language);
	});
	it('that is set counts', () => {
		expect(languageOf('uk-UA', 'ro')).toBe('ro');
		expect(languageOf('', 'pl')).toBe('pl');
	});
	it('is read when init is sent, for pages that set it late', () => {
		const page = openPage({ cookie: MARKER, lang: '' });
		page.document.documentElement.lang = 'ka-GE';
		page.init();
		expect((page.queued()[0]![2] as { language: string }).language).toBe('ka');
	});
});
