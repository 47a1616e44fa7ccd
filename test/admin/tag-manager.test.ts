// @vitest-environment jsdom
import * as React from '@wordpress/element';
import { resetLocaleData, setLocaleData } from '@wordpress/i18n';
import { act, type ComponentProps, type ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { messagesOfSources } from '../../build/translations/sources.ts';
import { Downloads } from '../../src/admin/tag-manager/downloads.tsx';
import { filesFrom } from '../../src/admin/tag-manager/files.ts';
import { ImportSteps } from '../../src/admin/tag-manager/import-steps.tsx';
import { loadGuide } from '../../src/admin/tag-manager/load-guide.ts';
import { OtherPages } from '../../src/admin/tag-manager/other-pages.tsx';
import { TagManager } from '../../src/admin/tag-manager/tag-manager.tsx';
import { gtmFiles } from '../../src/gtm/index.ts';
import { defaultSettings, IDENTITY_URL, type Settings } from '../../src/settings/index.ts';
import { ENDPOINT, SCRIPT_ID, settingsOf, sources } from '../gtm/example.ts';
import { DATA } from './page-data.ts';
import { takeSaves } from './saves.ts';

// WordPress's own controls, as far as this part needs them: they come with WordPress.
vi.mock('@wordpress/components', () => ({
	Button: ({ children, onClick, ...rest }: ComponentProps<'button'>) =>
		React.createElement(
			'button',
			{ type: 'button', onClick, 'aria-expanded': rest['aria-expanded'] },
			children
		),
	Card: 'div',
	CardBody: 'div',
	Spinner: () => null,
}));

const settings = (some: Partial<Settings> = {}): Settings => ({
	...defaultSettings(),
	scriptId: SCRIPT_ID,
	endpoint: ENDPOINT,
	...some,
});
const filesOf = (some: Partial<Settings> = {}, identityUrl: string = IDENTITY_URL) =>
	filesFrom(settings(some), sources, identityUrl);
const obstaclesOf = (some: Partial<Settings>) => {
	const files = filesOf(some);
	return files.ok ? [] : files.obstacles;
};

describe('the files', () => {
	it('are those that src/gtm makes of the same settings', () => {
		const features = { appInbox: true, recommendations: true, tracking: false };
		const files = filesOf({ features, language: 'uk', script: 'site' });
		const { consent } = defaultSettings();
		const expected = gtmFiles(
			sources,
			settingsOf({ features, language: 'uk', script: 'site', consent })
		);
		expect(files.ok && files.make('container.json')).toBe(expected['container.json']);
		expect(files.ok && files.make('template.tpl')).toBe(expected['template.tpl']);
	});

	it('say where a WordPress in a folder answers', () => {
		const inFolder = filesOf({}, '/blog/?app-inbox=identity');
		expect(inFolder.ok && inFolder.make('container.json')).toContain(
			'/blog/?app-inbox=identity'
		);
		const usual = filesOf();
		expect(usual.ok && usual.make('container.json')).not.toContain('"/?app-inbox=identity"');
	});

	it('need no other field to be right, and no space around these to go', () => {
		const placement = { ...defaultSettings().placement, icon: 'bell.png' };
		const files = filesOf({ scriptId: ` ${SCRIPT_ID}\n`, endpoint: `${ENDPOINT} `, placement });
		expect(files.ok && files.make('container.json')).toContain(SCRIPT_ID);
	});
});

describe('what is wrong', () => {
	it('is told all at once, in the order of the page, each with its section', () => {
		const features = { appInbox: false, recommendations: false, tracking: false };
		expect(obstaclesOf({ language: 'x', endpoint: '', scriptId: '', features })).toEqual([
			{ section: 'script', text: expect.stringContaining('Give your script id') },
			{ section: 'script', text: expect.stringContaining('Nothing is switched on') },
			{ section: 'token-function', text: expect.stringContaining('Give the address') },
			{ section: 'visitors', text: expect.stringContaining('two-letter language code') },
		]);
	});

	it.each([
		'',
		'http://inbox.example.com/token',
		'https://user@inbox.example.com/token',
		'https://inbox.example.com:8443/token',
		'https://inbox.example.com/*/token',
		'https://192.0.2.7/token',
		'https://localhost/token',
		'https://скринька.example/token',
		'https://inbox.example.com/token?a',
		'https://inbox.example.com/',
		'https://xn--a.example.com/token',
		`https://inbox.example.com/${'a'.repeat(500)}/token`,
	])('with the address %j is told in words that translators get', async (endpoint) => {
		const texts = (await messagesOfSources()).map(({ text }) => text);
		const [obstacle, ...others] = obstaclesOf({ endpoint });
		expect(texts).toContain(obstacle?.text);
		expect(others).toEqual([]);
	});

	it('is told in the admin’s language', () => {
		const text = obstaclesOf({ scriptId: '' })[0]!.text;
		setLocaleData({ [text]: ['Вкажіть ідентифікатор.'] }, 'app-inbox-for-esputnik');
		expect(obstaclesOf({ scriptId: '' })[0]!.text).toBe('Вкажіть ідентифікатор.');
		resetLocaleData({}, 'app-inbox-for-esputnik');
	});
});

describe('on the page', () => {
	let place: HTMLElement;
	let root: ReturnType<typeof React.createRoot>;
	let saved: ReturnType<typeof takeSaves>;

	beforeEach(() => {
		vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
		saved = takeSaves();
		place = document.body.appendChild(document.createElement('div'));
		root = React.createRoot(place);
	});
	afterEach(() => {
		act(() => root.unmount());
		place.remove();
		document.head.querySelectorAll('script').forEach((script) => script.remove());
		delete window.appInboxTagManager;
		vi.restoreAllMocks();
		vi.unstubAllGlobals();
	});

	const show = (element: ReactElement) => act(() => root.render(element));
	const button = (name: string) =>
		[...place.querySelectorAll('button')].find(({ textContent }) => textContent === name);
	const press = (name: string) => act(async () => button(name)!.click());
	const scripts = () => [...document.head.querySelectorAll('script')];
	const script = () => scripts().at(-1)!;

	it('offers both, under the names that Tag Manager knows', async () => {
		show(React.createElement(Downloads, { settings: settings(), sources, data: DATA }));
		await press('Download the container');
		expect(place.textContent).toContain('Your browser saves container.json.');
		await press('Download the template');
		expect(saved.map(({ name }) => name)).toEqual(['container.json', 'template.tpl']);
		const { 'container.json': expected } = gtmFiles(
			sources,
			settingsOf({ consent: defaultSettings().consent })
		);
		expect(await saved[0]!.blob.text()).toBe(expected);
	});

	it('says why there is nothing to download, and where to mend it', async () => {
		const unfit = settings({ endpoint: 'http://a.example/token' });
		const props = { settings: unfit, sources, data: DATA };
		show(React.createElement(Downloads, props));
		const link = place.querySelector('a')!;
		expect(link.getAttribute('href')).toBe('#app-inbox-token-function');
		expect(link.parentElement!.textContent).toMatch(/^Token function: .*https:\/\/\.$/);
		await press('Download the container');
		expect(saved).toEqual([]);
		expect(link.closest(':focus')).not.toBeNull();
	});

	it('says how to import, and how to import again', () => {
		show(React.createElement(ImportSteps));
		expect(place.textContent).toContain('Rename conflicting tags, triggers, and variables');
		expect(place.textContent).toContain('Overwrite conflicting tags, triggers, and variables');
	});

	it('tells of WordPress’s own log-in as far as its cookies reach', () => {
		show(React.createElement(OtherPages, { data: DATA }));
		expect(place.textContent).toContain('Other pages at site.example need');
		expect(place.querySelector('code')!.textContent).toContain('appInboxIdentity');
		const data = { ...DATA, siteUrl: 'https://site.example/blog' };
		show(React.createElement(OtherPages, { data }));
		expect(place.textContent).toContain('Other pages at site.example/blog need');
		expect(place.textContent).toContain('Any other site');
	});

	it('loads its guide when it is opened, and only once', async () => {
		show(React.createElement(TagManager, { settings: settings(), data: DATA }));
		expect(scripts()).toEqual([]);
		const opener = button('Use Tag Manager instead')!;
		expect(opener.getAttribute('aria-expanded')).toBe('false');
		await press('Use Tag Manager instead');
		expect(opener.getAttribute('aria-expanded')).toBe('true');
		expect(place.textContent).toContain('Loading…');
		expect(script().src).toBe(`${DATA.pluginUrl}/admin/tag-manager.js?ver=1.2.3`);
		window.appInboxTagManager = { Guide: () => React.createElement('p', null, 'the guide') };
		await act(async () => script().onload!(new Event('load')));
		expect(place.textContent).toContain('the guide');
		await press('Use Tag Manager instead');
		await press('Use Tag Manager instead');
		expect(scripts().length).toBe(1);
		expect(place.querySelector('[hidden]')).toBeNull();
	});

	it('says when the guide cannot be loaded, and tries again', async () => {
		show(React.createElement(TagManager, { settings: settings(), data: DATA }));
		await press('Use Tag Manager instead');
		await act(async () => script().dispatchEvent(new Event('error')));
		expect(place.querySelector('[role=status]')!.textContent).toContain('could not be loaded');
		await press('Try again');
		expect(scripts().length).toBe(2);
		expect(button('Try again')).toBeUndefined();
		expect(place.querySelector('[tabindex="-1"]:focus')).not.toBeNull();
	});

	it('takes a script that brings no guide for one that is not there', async () => {
		const loaded = loadGuide(DATA);
		script().onload!(new Event('load'));
		await expect(loaded).rejects.toBeUndefined();
	});
});
