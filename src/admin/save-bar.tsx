import { Button } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { problemSentence } from './errors.ts';
import { isUnsaved, type ReadyState } from './state.ts';

/** The save button with what became of the last press, always in view at the end of the window. */
export function SaveBar({ state }: { state: ReadyState }) {
	const saving = state.save.status === 'saving';
	return (
		<div className="app-inbox-admin__save">
			{/* It stays focusable while saving: a disabled button would lose the keyboard's place. */}
			<Button
				type="submit"
				variant="primary"
				__next40pxDefaultSize
				isBusy={saving}
				aria-disabled={saving}
			>
				{__('Save settings', 'app-inbox-for-esputnik')}
			</Button>
			<p
				className={`app-inbox-admin__save-state is-${state.save.status}`}
				role="status"
				aria-live="polite"
			>
				{message(state)}
			</p>
		</div>
	);
}

function message(state: ReadyState): string {
	switch (state.save.status) {
		case 'saving':
			return __('Saving…', 'app-inbox-for-esputnik');
		case 'saved':
			return __('Saved', 'app-inbox-for-esputnik');
		case 'failed':
			return problemSentence(state.save.problem);
		case 'idle':
			return isUnsaved(state)
				? __('There are unsaved changes.', 'app-inbox-for-esputnik')
				: '';
	}
}
