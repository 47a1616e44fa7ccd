import type { Settings, SettingsErrors } from '../settings/index.ts';
import type { Answer } from './api.ts';
import type { Problem } from './errors.ts';

/** Where the page is in the life of its settings. */
export type State = { phase: 'loading' } | { phase: 'load-failed'; problem: Problem } | ReadyState;

/** Loaded: what WordPress has, and what the form shows. */
export interface ReadyState {
	phase: 'ready';
	saved: Settings;
	/** As typed: its texts may still be wrong. */
	draft: Settings;
	/** False where WordPress's copy was damaged and defaults stand in for a part of it. */
	complete: boolean;
	/** Beside which fields something is to be said. */
	errors: SettingsErrors;
	save: SaveState;
}

export type SaveState =
	| { status: 'idle' }
	/** `draft` is the form's content when saving began. */
	| { status: 'saving'; draft: Settings }
	| { status: 'saved' }
	| { status: 'failed'; problem: Problem };

export type Action =
	| { type: 'load-started' }
	| { type: 'load-answered'; answer: Answer }
	| { type: 'changed'; change: Partial<Settings> }
	| { type: 'save-started' }
	| { type: 'save-answered'; answer: Answer }
	/** Of some settings, for which the form has no say. */
	| { type: 'part-save-started' }
	| { type: 'part-save-answered'; answer: Answer };

export const initialState: State = { phase: 'loading' };

export function reduce(state: State, action: Action): State {
	if (action.type === 'load-started') {
		return { phase: 'loading' };
	}
	if (action.type === 'load-answered') {
		return loaded(action.answer);
	}
	if (state.phase !== 'ready') {
		return state;
	}
	switch (action.type) {
		case 'changed':
			return changed(state, action.change);
		case 'save-started':
			return { ...state, errors: {}, save: { status: 'saving', draft: state.draft } };
		case 'save-answered':
			return saved(state, action.answer);
		case 'part-save-started':
			return { ...state, save: { status: 'saving', draft: state.draft } };
		case 'part-save-answered':
			return partSaved(state, action.answer);
	}
}

/** Whether leaving the page would lose something. */
export const isUnsaved = ({ draft, saved: stored }: ReadyState): boolean => !isSame(draft, stored);

function loaded(answer: Answer): State {
	return answer.ok
		? {
				phase: 'ready',
				saved: answer.settings,
				draft: answer.settings,
				complete: answer.complete,
				errors: {},
				save: { status: 'idle' },
			}
		: { phase: 'load-failed', problem: answer.problem };
}

/** A field that changes loses its error; the others keep theirs. */
function changed(state: ReadyState, change: Partial<Settings>): ReadyState {
	const draft = { ...state.draft, ...change };
	const errors = Object.fromEntries(
		Object.entries(state.errors).filter(([path]) => at(draft, path) === at(state.draft, path))
	);
	const save = state.save.status === 'saving' ? state.save : ({ status: 'idle' } as const);
	return { ...state, draft, errors, save };
}

/** What was typed while WordPress was answering stays, saved or not. */
function saved(state: ReadyState, answer: Answer): ReadyState {
	if (!answer.ok) {
		const { problem } = answer;
		const errors = problem.kind === 'invalid' ? problem.errors : {};
		return { ...state, errors, save: { status: 'failed', problem } };
	}
	const { settings, complete } = answer;
	const untouched = state.save.status === 'saving' && state.save.draft === state.draft;
	return {
		...state,
		saved: settings,
		draft: untouched ? settings : state.draft,
		complete,
		save: { status: untouched ? 'saved' : 'idle' },
	};
}

/** What was typed stays, unsaved; whoever asked for the save says what came of it. */
function partSaved(state: ReadyState, answer: Answer): ReadyState {
	const save = { status: 'idle' } as const;
	if (!answer.ok) {
		return { ...state, save };
	}
	const { settings, complete } = answer;
	const names = Object.keys(settings) as (keyof Settings)[];
	const typed = names.filter((name) => !isSame(state.draft[name], state.saved[name]));
	const edits = Object.fromEntries(typed.map((name) => [name, state.draft[name]]));
	return { ...state, saved: settings, draft: { ...settings, ...edits }, complete, save };
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const at = (settings: Settings, path: string): unknown =>
	path.split('.').reduce<unknown>((value, key) => Object(value)[key], settings);
