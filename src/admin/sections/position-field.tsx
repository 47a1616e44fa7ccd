import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { POSITIONS, type Settings } from '../../settings/index.ts';
import { Choice } from '../choice.tsx';
import { description } from '../description.ts';
import { FieldGroup } from '../field.tsx';

type Position = Settings['placement']['position'];

interface Props {
	value: Position;
	error: string | undefined;
	onChange: (position: Position) => void;
	/** Sets it apart from another one on the page. */
	name?: string;
	/** Those that can be chosen; all of them if nothing is said. */
	possible?: readonly Position[];
}

/** The four places beside or in the element, each with a small picture. */
export function PositionField({
	value,
	error,
	onChange,
	name = 'app-inbox-position',
	possible = POSITIONS,
}: Props) {
	return (
		<FieldGroup
			legend={__('Position', 'app-inbox-for-esputnik')}
			description={description('placement.position')}
			error={error}
		>
			<div className="app-inbox-admin__options">
				{POSITIONS.map((position) => (
					<Choice
						key={position}
						name={name}
						value={position}
						{...positionTexts(position)}
						checked={position === value}
						disabled={!possible.includes(position)}
						onChoose={() => onChange(position)}
					>
						<PositionPicture position={position} />
					</Choice>
				))}
			</div>
		</FieldGroup>
	);
}

/** The element as a box with two things in it, and the bell as a dot. */
function PositionPicture({ position }: { position: Position }) {
	const bell = <span className="app-inbox-admin__picture-bell" />;
	return (
		<span className="app-inbox-admin__picture" aria-hidden="true">
			{position === 'beforebegin' && bell}
			<span className="app-inbox-admin__picture-element">
				{position === 'afterbegin' && bell}
				<span className="app-inbox-admin__picture-content" />
				<span className="app-inbox-admin__picture-content" />
				{position === 'beforeend' && bell}
			</span>
			{position === 'afterend' && bell}
		</span>
	);
}

export function positionTexts(position: Position): { label: string; explanation: string } {
	switch (position) {
		case 'beforebegin':
			return {
				label: __('Before the element', 'app-inbox-for-esputnik'),
				explanation: __('Next to it, just before it.', 'app-inbox-for-esputnik'),
			};
		case 'afterbegin':
			return {
				label: __('Inside, at the start', 'app-inbox-for-esputnik'),
				explanation: __('Before everything else in it.', 'app-inbox-for-esputnik'),
			};
		case 'beforeend':
			return {
				label: __('Inside, at the end', 'app-inbox-for-esputnik'),
				explanation: __('After everything else in it.', 'app-inbox-for-esputnik'),
			};
		case 'afterend':
			return {
				label: __('After the element', 'app-inbox-for-esputnik'),
				explanation: __('Next to it, just after it.', 'app-inbox-for-esputnik'),
			};
	}
}
