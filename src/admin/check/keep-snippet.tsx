import { Button } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { MouseEvent } from 'react';
import { problemSentence, type Problem } from '../errors.ts';

interface Props {
	/** Whether something is being saved. */
	saving: boolean;
	/** Saves that setting; the problem, where it could not. */
	onKeep: (pressed: HTMLElement) => Promise<Problem | null>;
}

/** Beside the advice to remove a second snippet: the press that keeps it instead. */
export function KeepSnippet({ saving, onKeep }: Props) {
	const [problem, setProblem] = React.useState<Problem | null>(null);
	const textId = React.useId();
	return (
		<div className="app-inbox-admin__check-offer">
			<p id={textId}>
				{__(
					'Or keep that snippet: it loads eSputnik’s script, App Inbox only joins its start, and all that it switches on stays on. One press saves this, and nothing else, and checks again.',
					'app-inbox-for-esputnik'
				)}
			</p>
			{/* It stays focusable while it saves: a disabled button would lose the keyboard's place. */}
			<Button
				variant="secondary"
				__next40pxDefaultSize
				isBusy={saving}
				aria-disabled={saving}
				aria-describedby={textId}
				onClick={async ({ currentTarget }: MouseEvent<HTMLElement>) => {
					if (!saving) {
						setProblem(null);
						setProblem(await onKeep(currentTarget));
					}
				}}
			>
				{__('Keep it and join it', 'app-inbox-for-esputnik')}
			</Button>
			{problem && (
				<p role="alert" className="app-inbox-admin__check-problem">
					{problem.kind === 'invalid'
						? __(
								'WordPress does not take this setting. Reload this page and try again.',
								'app-inbox-for-esputnik'
							)
						: problemSentence(problem)}
				</p>
			)}
		</div>
	);
}
