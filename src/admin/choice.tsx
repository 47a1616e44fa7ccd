import * as React from '@wordpress/element';
import type { ReactNode } from 'react';

interface ChoiceProps {
	/** Of all choices that answer one question; sets them apart from others on the page. */
	name: string;
	value: string;
	label: string;
	explanation: string;
	checked: boolean;
	disabled?: boolean;
	onChoose: () => void;
	/** A picture of it. */
	children?: ReactNode;
}

/** One of several answers to a question, as a card: its name, and what it means. */
export function Choice({
	name,
	value,
	label,
	explanation,
	checked,
	disabled = false,
	onChoose,
	children,
}: ChoiceProps) {
	const id = `${name}-${value}`;
	return (
		<label htmlFor={id} className="app-inbox-admin__option">
			<input
				type="radio"
				id={id}
				name={name}
				value={value}
				checked={checked}
				disabled={disabled}
				onChange={onChoose}
				aria-labelledby={`${id}-label`}
				aria-describedby={`${id}-explanation`}
			/>
			<span className="app-inbox-admin__option-text">
				<strong id={`${id}-label`}>{label}</strong>
				<span id={`${id}-explanation`}>{explanation}</span>
			</span>
			{children}
		</label>
	);
}
