// @vitest-environment jsdom
import * as React from '@wordpress/element';
import { act, type ComponentProps } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Answer } from '../../src/admin/api.ts';
import { CheckPanel } from '../../src/admin/check/panel.tsx';
import { CHECKS, titleOf, type Result } from '../../src/admin/check/result.ts';
import { runChecks } from '../../src/admin/check/run.ts';
import { defaultSettings } from '../../src/settings/index.ts';
import { DATA } from './page-data.ts';

vi.mock('../../src/admin/check/run.ts', () => ({ runChecks: vi.fn() }));
// WordPress's own controls, as far as this panel needs them: they come with WordPress.
vi.mock('@wordpress/components', async () => {
	const { createElement, forwardRef } = await import('@wordpress/element');
	return {
		Button: forwardRef<HTMLButtonElement, ComponentProps<'button'>>(
			({ children, onClick, ...rest }, ref) =>
				createElement(
					'button',
					{ type: 'button', ref, onClick, 'aria-disabled': rest['aria-disabled'] },
					children
				)
		),
		Card: ({ children }: ComponentProps<'div'>) => children,
		CardBody: ({ children }: ComponentProps<'div'>) => children,
		Spinner: () => null,
	};
});

const saved = defaultSettings();
const kept = { ...saved, script: 'site' } as const;
const draft = { ...saved, language: 'uk' } as const;

let place: HTMLElement;
let root: ReturnType<typeof React.createRoot>;
let answer: Answer;
const saveOnly = vi.fn(async () => answer);

beforeEach(async () => {
	vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
	place = document.body.appendChild(document.createElement('div'));
	root = React.createRoot(place);
	answer = { ok: true, settings: kept, complete: true };
	vi.mocked(runChecks).mockImplementation(async ({ settings }, onResult) => {
		const results = CHECKS.map((id): Result => {
			const found = id === 'duplicate' && settings.script === 'ours';
			return {
				id,
				title: titleOf(id),
				status: found ? 'fail' : 'pass',
				message: found ? 'There is a second one.' : 'Fine.',
				advice: '',
				...(found && { offer: 'keep-snippet' }),
			};
		});
		results.forEach(onResult);
		return results;
	});
	render();
	await press('Check everything');
});
afterEach(() => {
	act(() => root.unmount());
	place.remove();
	localStorage.clear();
	vi.clearAllMocks();
	vi.unstubAllGlobals();
});

const render = (state: Partial<ComponentProps<typeof CheckPanel>['state']> = {}) =>
	act(() =>
		root.render(
			React.createElement(CheckPanel, {
				state: {
					phase: 'ready',
					saved,
					draft,
					complete: true,
					errors: {},
					save: { status: 'idle' },
					...state,
				},
				data: DATA,
				last: null,
				saveOnly,
				onChecked: () => {},
			})
		)
	);
const button = (name: string) =>
	[...place.querySelectorAll('button')].find(({ textContent }) => textContent === name);
const press = (name: string) =>
	act(async () => {
		button(name)!.focus();
		button(name)!.click();
	});
const said = () => place.querySelector('[role=status]')!.textContent;

it('is one press: it saves that setting alone, says so, and checks again with it', async () => {
	await press('Keep it and join it');
	expect(saveOnly.mock.calls).toEqual([[{ script: 'site' }]]);
	expect(vi.mocked(runChecks).mock.calls.map(([{ settings }]) => settings)).toEqual([
		saved,
		kept,
	]);
	expect(said()).toBe(
		'Saved: your site’s own snippet stays, and App Inbox joins it. Everything works. Passed: 14. Failed: 0. Skipped: 0.'
	);
	expect(button('Keep it and join it')).toBeUndefined();
	// The pressed button has gone: the keyboard goes on at the one that has started the check.
	expect(place.ownerDocument.activeElement).toBe(button('Check everything'));
});

it('says nothing of it once checked anew', async () => {
	await press('Keep it and join it');
	await press('Check everything');
	expect(said()).not.toContain('Saved');
});

it('leaves the focus where somebody has put it meanwhile', async () => {
	const elsewhere = document.body.appendChild(document.createElement('input'));
	saveOnly.mockImplementationOnce(async () => {
		elsewhere.focus();
		return answer;
	});
	await press('Keep it and join it');
	expect(place.ownerDocument.activeElement).toBe(elsewhere);
	elsewhere.remove();
});

it('says why it could not be saved, beside the button, which keeps the focus', async () => {
	answer = { ok: false, problem: { kind: 'unreachable' } };
	await press('Keep it and join it');
	expect(place.querySelector('[data-check=duplicate] [role=alert]')!.textContent).toContain(
		'Your site does not answer.'
	);
	expect(place.ownerDocument.activeElement).toBe(button('Keep it and join it'));
	expect(runChecks).toHaveBeenCalledTimes(1);

	answer = { ok: true, settings: kept, complete: true };
	await press('Keep it and join it');
	expect(place.querySelector('[role=alert]')).toBeNull();
	expect(runChecks).toHaveBeenCalledTimes(2);
});

it('waits for what is being saved, and is gone where the snippet stays already', async () => {
	render({ save: { status: 'saving', draft } });
	await press('Keep it and join it');
	expect(saveOnly).not.toHaveBeenCalled();
	expect(button('Keep it and join it')!.getAttribute('aria-disabled')).toBe('true');
	render({ saved: kept });
	expect(button('Keep it and join it')).toBeUndefined();
});
