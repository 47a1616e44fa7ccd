import { Button } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';

/** A button that asks before it does anything. The form's own, because 6.3 has no stable dialog for it. */
export function Reset({ onReset }: { onReset: () => void }) {
	const [asking, setAsking] = React.useState(false);
	const place = React.useRef<HTMLDivElement>(null);
	const questionId = React.useId();

	const pressed = React.useRef(false);
	const show = (question: boolean) => {
		pressed.current = true;
		setAsking(question);
	};
	// The pressed button goes away each time; the focus goes to the one that changes nothing.
	React.useEffect(() => {
		if (pressed.current) {
			place.current?.querySelector<HTMLElement>('[data-first]')?.focus();
		}
	}, [asking]);

	if (!asking) {
		return (
			<div ref={place}>
				<Button
					data-first
					variant="tertiary"
					isDestructive
					__next40pxDefaultSize
					onClick={() => show(true)}
				>
					{__('Reset all settings', 'app-inbox-for-esputnik')}
				</Button>
			</div>
		);
	}
	return (
		// eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape, as in dialogs.
		<div
			ref={place}
			role="group"
			aria-labelledby={questionId}
			className="app-inbox-admin__question"
			onKeyDown={(event) => {
				if (event.key === 'Escape') {
					event.stopPropagation();
					show(false);
				}
			}}
		>
			<p id={questionId}>
				{__(
					'Empty all fields of this page, as after the installation? Your site keeps its settings until you save.',
					'app-inbox-for-esputnik'
				)}
			</p>
			<div className="app-inbox-admin__actions">
				<Button
					variant="secondary"
					isDestructive
					__next40pxDefaultSize
					onClick={() => {
						show(false);
						onReset();
					}}
				>
					{__('Reset', 'app-inbox-for-esputnik')}
				</Button>
				<Button
					data-first
					variant="tertiary"
					__next40pxDefaultSize
					aria-describedby={questionId}
					onClick={() => show(false)}
				>
					{__('Keep everything', 'app-inbox-for-esputnik')}
				</Button>
			</div>
		</div>
	);
}
