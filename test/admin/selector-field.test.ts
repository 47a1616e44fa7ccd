// @vitest-environment jsdom
import * as React from '@wordpress/element';
import { act, type ComponentProps } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SelectorField } from '../../src/admin/picker/selector-field.tsx';
import { defaultSettings } from '../../src/settings/index.ts';
import { DATA } from './page-data.ts';

vi.mock('../../src/admin/picker/picker.tsx', () => ({
	Picker: ({ robustSelector }: { robustSelector: (element: Element) => string | null }) =>
		`The picker takes ${robustSelector(document.body)}`,
}));
// WordPress's own controls, as far as this field needs them: they come with WordPress.
vi.mock('@wordpress/components', () => ({
	Button: ({ children, onClick }: ComponentProps<'button'>) =>
		React.createElement('button', { type: 'button', onClick }, children),
	TextControl: () => null,
}));

let place: HTMLElement;
let root: ReturnType<typeof React.createRoot>;
beforeEach(() => {
	vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
	place = document.body.appendChild(document.createElement('div'));
	root = React.createRoot(place);
	act(() =>
		root.render(
			React.createElement(SelectorField, {
				data: DATA,
				placement: defaultSettings().placement,
				error: undefined,
				onChange: () => {},
			})
		)
	);
});
afterEach(() => {
	act(() => root.unmount());
	place.remove();
	scripts().forEach((script) => script.remove());
	delete window.appInboxPicker;
	vi.unstubAllGlobals();
});

const scripts = () => [...document.head.querySelectorAll('script')];
const press = () => act(async () => place.querySelector('button')!.click());
const happens = (event: 'load' | 'error') =>
	act(async () => scripts().at(-1)!.dispatchEvent(new Event(event)));

describe('choosing on the site', () => {
	it('loads what finds selectors at the press, and once', async () => {
		expect(scripts()).toEqual([]);
		await press();
		await press();
		expect(scripts().map(({ src }) => src)).toEqual([
			`${DATA.pluginUrl}/admin/selector.js?ver=1.2.3`,
		]);
		window.appInboxPicker = { robustSelector: () => 'header' };
		await happens('load');
		expect(place.textContent).toContain('The picker takes header');
		await press();
		expect(scripts()).toHaveLength(1);
	});

	it.each(['error', 'load'] as const)('says when that does not come (%s)', async (event) => {
		await press();
		await happens(event);
		expect(place.querySelector('[role=status]')!.textContent).toContain('could not be loaded');
		await press();
		expect(scripts()).toHaveLength(2);
		expect(place.querySelector('[role=status]')!.textContent).toBe('');
	});
});
