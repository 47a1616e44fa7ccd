// @vitest-environment jsdom
import * as React from '@wordpress/element';
import { act, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IconField } from '../../src/admin/sections/icon-field.tsx';
import { ICON_NAMES, iconLabel, iconNameOf, ICONS } from '../../src/admin/sections/icons.ts';
import { sanitizeIcon } from '../../src/admin/sanitize-icon.ts';
import { defaultSettings, settingsSchema } from '../../src/settings/schema.ts';

// WordPress's own controls, as far as this field needs them: they come with WordPress.
vi.mock('@wordpress/components', () => ({
	Button: 'button',
	DropZone: () => null,
	FormFileUpload: () => null,
	TextareaControl: ({ help, value, onChange, ...rest }: TextareaProps) =>
		React.createElement(
			'div',
			null,
			React.createElement('textarea', {
				value,
				'aria-invalid': rest['aria-invalid'],
				onChange: ({ target }: { target: HTMLTextAreaElement }) => onChange(target.value),
			}),
			help
		),
}));

interface TextareaProps {
	help: ReactNode;
	value: string;
	'aria-invalid'?: boolean;
	onChange: (value: string) => void;
}

const OWN = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>';

describe.each(ICON_NAMES)('the picture “%s”', (name) => {
	it('is stored as it is', () => {
		const svg = ICONS[name];
		expect(sanitizeIcon(svg)).toEqual({ ok: true, svg, removed: [] });
		const settings = defaultSettings();
		settings.placement.icon = svg;
		expect(settingsSchema.parse(settings)).toEqual(settings);
		expect(iconNameOf(svg)).toBe(name);
	});

	it('has the text’s colour, and a name of its own', () => {
		expect(ICONS[name]).toContain('stroke="currentColor"');
		expect(ICON_NAMES.filter((other) => iconLabel(other) === iconLabel(name))).toEqual([name]);
	});
});

describe('choosing a picture', () => {
	let root: ReturnType<typeof React.createRoot>;
	let place: HTMLElement;
	let stored: string;
	let changed: ReturnType<typeof vi.fn<(icon: string) => void>>;

	beforeEach(() => {
		vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
		place = document.createElement('div');
		document.body.append(place);
		root = React.createRoot(place);
		changed = vi.fn();
	});
	afterEach(() => {
		act(() => root.unmount());
		place.remove();
		vi.unstubAllGlobals();
	});

	const show = (value: string, error?: string) => {
		stored = value;
		const render = () =>
			root.render(
				React.createElement(IconField, {
					value: stored,
					error,
					onChange: (icon: string) => {
						changed(icon);
						stored = icon;
						render();
					},
				})
			);
		act(render);
	};
	const radio = (choice: string) =>
		place.querySelector<HTMLInputElement>(`input[value="${choice}"]`)!;
	const choose = (choice: string) => act(() => radio(choice).click());
	const chosen = () =>
		place.querySelector<HTMLInputElement>('input[type="radio"]:checked')?.value;
	const field = () => place.querySelector('textarea');
	const write = (text: string) =>
		act(() => {
			// As the browser does it, below React's own setter.
			Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(
				field(),
				text
			);
			field()!.dispatchEvent(new Event('input', { bubbles: true }));
		});
	const previews = () => [...place.querySelectorAll<HTMLImageElement>('figure img')];

	it('is one group of radios, each with a name that is seen', () => {
		show('');
		const radios = [
			...place.querySelectorAll<HTMLInputElement>('fieldset input[type="radio"]'),
		];
		expect(new Set(radios.map(({ name }) => name)).size).toBe(1);
		expect(radios.map(({ labels }) => labels![0]!.textContent)).toEqual([
			'eSputnik’s own bell',
			...ICON_NAMES.map(iconLabel),
			'Your own picture',
		]);
		// The keyboard's way to them: they are real, and nothing takes them out of its order.
		expect(radios.every((each) => each.tabIndex === 0 && !each.disabled)).toBe(true);
		expect(chosen()).toBe('usual');
	});

	it('stores a picture at one press, and shows it on a light and on a dark page', () => {
		show('');
		choose('envelope');
		expect(stored).toBe(ICONS.envelope);
		expect(chosen()).toBe('envelope');
		const shown = previews().map(({ src }) => decodeURIComponent(src));
		expect(shown.map((src) => /color:(#\w+)/.exec(src)?.[1])).toEqual(['#1e1e1e', '#ffffff']);
		expect(shown.every((src) => src.includes('M3 7l9 6 9-6'))).toBe(true);
		choose('usual');
		expect(stored).toBe('');
		expect(previews()).toEqual([]);
	});

	it('knows a stored picture again', () => {
		show(ICONS.gift);
		expect(chosen()).toBe('gift');
		expect(field()).toBeNull();
	});

	it('keeps the owner’s own picture while others are tried', () => {
		show(OWN);
		expect([chosen(), field()!.value]).toEqual(['own', OWN]);
		choose('bell');
		choose('filled');
		choose('usual');
		expect(stored).toBe('');
		choose('own');
		expect([stored, field()!.value]).toEqual([OWN, OWN]);
	});

	it('keeps what is half written, too, and its field open while it is empty', () => {
		show('');
		choose('own');
		expect([chosen(), field()!.value]).toEqual(['own', '']);
		write('<svg');
		choose('bell');
		choose('own');
		expect(stored).toBe('<svg');
		expect(field()!.getAttribute('aria-invalid')).toBe('true');
		write('');
		expect([chosen(), stored]).toEqual(['own', '']);
	});

	it('leaves the field open where a stored picture is deleted in it', () => {
		show(OWN);
		write('');
		expect([chosen(), stored, field()?.value]).toEqual(['own', '', '']);
	});

	it('says beside the field what WordPress refuses', () => {
		show(OWN, 'Too long.');
		expect(place.querySelector('.app-inbox-admin__error')?.textContent).toBe('Too long.');
		expect(field()!.getAttribute('aria-invalid')).toBe('true');
	});
});
