import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/admin/api.ts';
import { OPTION } from '../../src/admin/errors.ts';
import {
	initialState,
	isUnsaved,
	reduce,
	type Action,
	type ReadyState,
	type State,
} from '../../src/admin/state.ts';
import { defaultSettings } from '../../src/settings/index.ts';

const settings = defaultSettings();
const answer = (part: Partial<typeof settings> = {}) =>
	({ ok: true, settings: { ...settings, ...part }, complete: true }) as const;

const after = (...actions: Action[]): State => actions.reduce(reduce, initialState);
const ready = (...actions: Action[]): ReadyState => {
	const state = after({ type: 'load-answered', answer: answer() }, ...actions);
	if (state.phase !== 'ready') {
		throw new Error(state.phase);
	}
	return state;
};

describe('loading', () => {
	it('fails, and starts anew', () => {
		const failed = after({
			type: 'load-answered',
			answer: { ok: false, problem: { kind: 'unreachable' } },
		});
		expect(failed).toEqual({ phase: 'load-failed', problem: { kind: 'unreachable' } });
		expect(reduce(failed, { type: 'load-started' })).toEqual({ phase: 'loading' });
	});

	it('shows what WordPress has', () => {
		const state = ready();
		expect(state.draft).toEqual(settings);
		expect(isUnsaved(state)).toBe(false);
	});

	it('has no form to change before', () => {
		expect(after({ type: 'changed', change: { language: 'uk' } })).toEqual(initialState);
	});
});

describe('saving', () => {
	const change = { type: 'changed', change: { language: 'uk' } } as const;
	const start = { type: 'save-started' } as const;

	it('says that it saved until the next change', () => {
		const state = ready(change, start, {
			type: 'save-answered',
			answer: answer({ language: 'uk' }),
		});
		expect(state.save).toEqual({ status: 'saved' });
		expect(isUnsaved(state)).toBe(false);
		const changed = reduce(state, { type: 'changed', change: { language: 'pl' } });
		expect(changed).toMatchObject({ save: { status: 'idle' } });
	});

	it('shows WordPress’s version of what was sent', () => {
		const typed = {
			type: 'changed',
			change: { endpoint: ' https://a.example/token ' },
		} as const;
		const state = ready(typed, start, {
			type: 'save-answered',
			answer: answer({ endpoint: 'https://a.example/token' }),
		});
		expect(state.draft.endpoint).toBe('https://a.example/token');
	});

	it('keeps what was typed meanwhile, unsaved', () => {
		const state = ready(
			change,
			start,
			{ type: 'changed', change: { language: 'pl' } },
			{ type: 'save-answered', answer: answer({ language: 'uk' }) }
		);
		expect(state.draft.language).toBe('pl');
		expect(state.saved.language).toBe('uk');
		expect(state.save).toEqual({ status: 'idle' });
		expect(isUnsaved(state)).toBe(true);
	});

	it('keeps what was typed when it fails', () => {
		const state = ready(change, start, {
			type: 'save-answered',
			answer: { ok: false, problem: { kind: 'unreachable' } },
		});
		expect(state.draft.language).toBe('uk');
		expect(state.save).toEqual({ status: 'failed', problem: { kind: 'unreachable' } });
		expect(isUnsaved(state)).toBe(true);
	});

	describe('a part', () => {
		const partStart = { type: 'part-save-started' } as const;
		const kept = (part: Partial<typeof settings> = {}) =>
			({ type: 'part-save-answered', answer: answer({ script: 'site', ...part }) }) as const;

		it('leaves what is typed as it is, unsaved', () => {
			const state = ready(change, partStart, kept());
			expect(state.saved).toMatchObject({ script: 'site', language: 'auto' });
			expect(state.draft).toMatchObject({ script: 'site', language: 'uk' });
			expect(state.save).toEqual({ status: 'idle' });
			expect(isUnsaved(state)).toBe(true);
		});

		it('leaves what is typed meanwhile as it is, and shows what others have saved', () => {
			const state = ready(partStart, change, kept({ language: 'pl', consent: 'none' }));
			expect(state.draft).toMatchObject({ script: 'site', language: 'uk', consent: 'none' });
			expect(state.saved.language).toBe('pl');
		});

		it('leaves nothing unsaved where nothing was typed', () => {
			const state = ready(partStart, kept());
			expect(isUnsaved(state)).toBe(false);
		});

		it('takes no error away, and says nothing where it fails', () => {
			const errors = { endpoint: 'a' };
			const failed = ready(start, {
				type: 'save-answered',
				answer: { ok: false, problem: { kind: 'invalid', errors } },
			});
			expect(reduce(failed, partStart)).toMatchObject({ errors, save: { status: 'saving' } });
			expect(
				reduce(reduce(failed, partStart), {
					type: 'part-save-answered',
					answer: { ok: false, problem: { kind: 'unreachable' } },
				})
			).toEqual({ ...failed, save: { status: 'idle' } });
		});
	});

	it('takes an error away with the change of its field, and no other', () => {
		const errors = { scriptId: 'a', 'placement.selector': 'b', 'placement.icon': 'c' };
		const failed = ready(start, {
			type: 'save-answered',
			answer: { ok: false, problem: { kind: 'invalid', errors } },
		});
		expect(failed.errors).toEqual(errors);
		const placement = { ...failed.draft.placement, selector: '.menu' };
		expect(reduce(failed, { type: 'changed', change: { placement } })).toMatchObject({
			errors: { scriptId: 'a', 'placement.icon': 'c' },
		});
	});
});

describe('WordPress’s answer', () => {
	it('is the settings', () => {
		expect(readAnswer({ [OPTION]: settings })).toEqual(answer());
	});

	it('keeps the usable part of damaged settings', () => {
		const damaged = { ...settings, language: 'uk', endpoint: 'ftp://x', colour: 'red' };
		expect(readAnswer({ [OPTION]: damaged })).toEqual({
			...answer({ language: 'uk' }),
			complete: false,
		});
		expect(readAnswer({ [OPTION]: { language: 'uk' } })).toEqual({
			...answer({ language: 'uk' }),
			complete: false,
		});
		expect(readAnswer({ [OPTION]: null })).toEqual({ ...answer(), complete: false });
	});

	it.each([[[]], [{}], ['<html>'], [null], [{ [OPTION]: [] }]])(
		'is unreadable as %o',
		(value) => {
			expect(readAnswer(value)).toEqual({ ok: false, problem: { kind: 'unreadable' } });
		}
	);
});
