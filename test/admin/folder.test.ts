// @vitest-environment jsdom
import * as React from '@wordpress/element';
import { act, type ComponentProps } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Download } from '../../src/admin/folder/download.tsx';
import { UNPACKED, zipOf } from '../../src/admin/folder/zip.ts';
import { WhereItRuns } from '../../src/admin/sections/where-it-runs.tsx';
import { DATA } from './page-data.ts';
import { takeSaves } from './saves.ts';

// WordPress's own controls, as far as the guide needs them: they come with WordPress.
vi.mock('@wordpress/components', () => ({
	Button: ({ children, onClick, ...rest }: ComponentProps<'button'>) =>
		React.createElement(
			'button',
			{ type: 'button', onClick, 'aria-disabled': rest['aria-disabled'] },
			children
		),
	SelectControl: ({ value, onChange }: { value: string; onChange: (value: string) => void }) =>
		React.createElement('input', {
			value,
			onChange: ({ target }: { target: HTMLInputElement }) => onChange(target.value),
		}),
}));

const NAMES = ['Download the folder', 'Try again'];

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
	delete window.appInboxFolders;
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
});

const show = (runtime = 'node') =>
	act(() => root.render(React.createElement(Download, { runtime, data: DATA })));
const button = () =>
	[...place.querySelectorAll('button')].find(({ textContent }) => NAMES.includes(textContent!))!;
const press = () => act(async () => button().click());
const said = () => place.querySelector('p[role=status]')!.textContent;
const scripts = () => [...document.head.querySelectorAll('script')];
const happens = (event: 'load' | 'error') =>
	act(async () => scripts().at(-1)!.dispatchEvent(new Event(event)));

describe('the folder to download', () => {
	it('is loaded at the press, zipped and saved', async () => {
		show();
		expect(scripts()).toEqual([]);
		expect(button().textContent).toBe('Download the folder');
		expect(said()).toBe('');
		button().focus();
		await press();
		expect(said()).toBe('Loading…');
		expect(scripts()[0]!.src).toBe(`${DATA.pluginUrl}/token-function/node.js?ver=1.2.3`);
		const zip = zipOf(UNPACKED, { 'README.md': 'read me' });
		window.appInboxFolders = { node: () => zip };
		await happens('load');
		expect(saved.map(({ name, blob: { type, size } }) => ({ name, type, size }))).toEqual([
			{ name: 'node.zip', type: 'application/zip', size: zip.length },
		]);
		expect(said()).toBe('Your browser saves node.zip.');
		expect(button().matches(':focus')).toBe(true);
	});

	it('is asked for once, however often the button is pressed meanwhile', async () => {
		show();
		await press();
		expect(button().getAttribute('aria-disabled')).toBe('true');
		await press();
		expect(scripts()).toHaveLength(1);
	});

	it.each([
		['does not come', 'error'],
		['is something else, of a firewall', 'load'],
	] as const)('can be tried again when it %s', async (_, event) => {
		show();
		button().focus();
		await press();
		await happens(event);
		expect(said()).toMatch(/^The folder could not be loaded\. Check /);
		expect(button().textContent).toBe('Try again');
		expect(button().matches(':focus')).toBe(true);
		expect(saved).toEqual([]);
		await press();
		expect(scripts()).toHaveLength(2);
		window.appInboxFolders = { node: () => zipOf(UNPACKED, {}) };
		await happens('load');
		expect(saved.map(({ name }) => name)).toEqual(['node.zip']);
		expect(button().textContent).toBe('Download the folder');
	});

	it('can be tried again when it cannot be zipped', async () => {
		show();
		await press();
		window.appInboxFolders = {
			node: () => {
				throw new RangeError('Array buffer allocation failed');
			},
		};
		await happens('load');
		expect(button().textContent).toBe('Try again');
	});

	it('has lines to copy, and says that they are copied until the focus moves on', async () => {
		const copied: string[] = [];
		vi.stubGlobal('navigator', {
			clipboard: { writeText: async (text: string) => void copied.push(text) },
		});
		act(() => root.render(React.createElement(WhereItRuns, { data: DATA })));
		const copies = [...place.querySelectorAll('button')].filter(
			({ textContent }) => textContent === 'Copy'
		);
		const answers = () =>
			[...place.querySelectorAll('span[role=status]')].map(({ textContent }) => textContent);
		const pressCopy = (at: number) =>
			act(async () => {
				copies[at]!.focus();
				copies[at]!.click();
			});
		await pressCopy(0);
		expect(copied).toEqual(['unzip node.zip -d /opt']);
		expect(answers().slice(0, 2)).toEqual(['Copied', '']);
		// The window where they are pasted takes the focus; here it stays where it was.
		act(() => void copies[0]!.dispatchEvent(new FocusEvent('focusout', { bubbles: true })));
		expect(answers().slice(0, 2)).toEqual(['Copied', '']);
		await pressCopy(1);
		expect(answers().slice(0, 2)).toEqual(['', 'Copied']);
	});

	it('says nothing of another place’s folder', async () => {
		act(() => root.render(React.createElement(WhereItRuns, { data: DATA })));
		const choose = (value: string) =>
			act(() => {
				const input = place.querySelector('input')!;
				Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(
					input,
					value
				);
				input.dispatchEvent(new Event('input', { bubbles: true }));
			});
		choose('vercel');
		await press();
		await happens('error');
		expect(said()).toContain('could not be loaded');
		choose('netlify');
		expect(said()).toBe('');
		await press();
		expect(scripts().at(-1)!.src).toContain('/token-function/netlify.js?');
	});
});
