import { Button } from '@wordpress/components';
import * as React from '@wordpress/element';

interface Props {
	/** What the button says, then the question, and the two answers to it. */
	label: string;
	question: string;
	yes: string;
	no: string;
	onYes: () => void;
}

/** A button that asks before it does anything. Our own, because 6.3 has no stable dialog for it. */
export function AskFirst({ label, question, yes, no, onYes }: Props) {
	const [asking, setAsking] = React.useState(false);
	const place = React.useRef<HTMLDivElement>(null);
	const questionId = React.useId();

	const pressed = React.useRef(false);
	const show = (ask: boolean) => {
		pressed.current = true;
		setAsking(ask);
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
					{label}
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
			<p id={questionId}>{question}</p>
			<div className="app-inbox-admin__actions">
				<Button
					variant="secondary"
					isDestructive
					__next40pxDefaultSize
					onClick={() => {
						show(false);
						onYes();
					}}
				>
					{yes}
				</Button>
				<Button
					data-first
					variant="tertiary"
					__next40pxDefaultSize
					aria-describedby={questionId}
					onClick={() => show(false)}
				>
					{no}
				</Button>
			</div>
		</div>
	);
}
