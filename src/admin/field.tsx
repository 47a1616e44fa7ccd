import * as React from '@wordpress/element';
import type { ReactNode } from 'react';
import { translate } from './translate.ts';

/** For every control: the look of new cores without their deprecation notices. */
export const CONTROL = { __nextHasNoMarginBottom: true, __next40pxDefaultSize: true } as const;

/** For code in a text field: no help from spell checkers, and left to right in every language. */
export const CODE = {
	spellCheck: false,
	autoCapitalize: 'off',
	autoCorrect: 'off',
	autoComplete: 'off',
	dir: 'ltr',
} as const;

/**
 * The help of a field with its error, to be given to a control as `help`: the control makes all of
 * it the field's description, so that the error is read with the field in every WordPress.
 */
export function help(text: ReactNode, error?: string) {
	return (
		(text || error) && (
			<>
				{error && <ErrorText error={error} />}
				{text && <span className="app-inbox-admin__help">{text}</span>}
			</>
		)
	);
}

/** Class of the box around a control and the buttons that belong to it. */
export const FIELD = 'app-inbox-admin__field';

/** Gives the focus to a button's control, where pressing the button makes it disappear. */
export const focusControlOf = (button: Element) =>
	button.closest(`.${FIELD}`)?.querySelector<HTMLElement>('input, textarea')?.focus();

/** The attribute that marks a field as wrong, where it is. */
export const invalid = (error: string | undefined) =>
	error ? ({ 'aria-invalid': true } as const) : {};

function ErrorText({ error }: { error: string }) {
	return <span className="app-inbox-admin__error">{translate(error)}</span>;
}

interface GroupProps {
	legend: string;
	description?: ReactNode;
	error?: string | undefined;
	className?: string;
	children: ReactNode;
}

/** Several controls that answer one question. */
export function FieldGroup({ legend, description, error, className = '', children }: GroupProps) {
	const descriptionId = React.useId();
	return (
		<fieldset
			className={`app-inbox-admin__group ${className}`}
			aria-describedby={description || error ? descriptionId : undefined}
			{...invalid(error)}
		>
			<legend>{legend}</legend>
			{(description || error) && (
				<p id={descriptionId} className="app-inbox-admin__group-description">
					{help(description, error)}
				</p>
			)}
			{children}
		</fieldset>
	);
}
