import { useCallback, useEffect, useReducer } from '@wordpress/element';
import type { Settings } from '../settings/index.ts';
import { loadSettings, saveSettings, type Answer } from './api.ts';
import { settingsToSend } from './settings-to-send.ts';
import { initialState, isUnsaved, reduce, type State } from './state.ts';

export interface SettingsForm {
	state: State;
	load: () => void;
	change: (change: Partial<Settings>) => void;
	save: () => void;
	/** Saves these settings alone, while what is typed in the form stays as it is. */
	saveOnly: (part: Partial<Settings>) => Promise<Answer>;
}

/** The settings' life on this page: loaded at once, saved on demand, guarded while unsaved. */
export function useSettings(): SettingsForm {
	const [state, dispatch] = useReducer(reduce, initialState);

	const load = useCallback(async () => {
		dispatch({ type: 'load-started' });
		dispatch({ type: 'load-answered', answer: await loadSettings() });
	}, []);

	const change = useCallback((part: Partial<Settings>) => {
		dispatch({ type: 'changed', change: part });
	}, []);

	const save = async () => {
		if (state.phase !== 'ready' || state.save.status === 'saving') {
			return;
		}
		dispatch({ type: 'save-started' });
		const sent = settingsToSend(state.draft);
		dispatch({
			type: 'save-answered',
			answer: sent.ok
				? await saveSettings(sent.settings)
				: { ok: false, problem: { kind: 'invalid', errors: sent.errors } },
		});
	};

	const saveOnly = useCallback(async (part: Partial<Settings>) => {
		dispatch({ type: 'part-save-started' });
		const answer = await saveSettings(part);
		dispatch({ type: 'part-save-answered', answer });
		return answer;
	}, []);

	useEffect(() => {
		load();
	}, [load]);
	useLeaveGuard(state.phase === 'ready' && isUnsaved(state));

	return { state, load, change, save, saveOnly };
}

/** Lets the browser ask before unsaved changes are lost. */
function useLeaveGuard(unsaved: boolean) {
	useEffect(() => {
		if (!unsaved) {
			return;
		}
		const ask = (event: BeforeUnloadEvent) => {
			event.preventDefault();
			event.returnValue = true; // Chrome before 119 and Safari want it.
		};
		window.addEventListener('beforeunload', ask);
		return () => window.removeEventListener('beforeunload', ask);
	}, [unsaved]);
}
