import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { FieldGroup } from '../field.tsx';
import { sanitizeIcon } from '../sanitize-icon.ts';
import { asImage } from './as-image.ts';
import { ICON_NAMES, iconLabel, iconNameOf, ICONS, type IconName } from './icons.ts';
import { OwnIcon } from './own-icon.tsx';

interface Props {
	value: string;
	error: string | undefined;
	onChange: (icon: string) => void;
}

/** eSputnik's own bell (which is no picture of ours), one of the set, or a picture of the owner's. */
type Choice = 'usual' | IconName | 'own';
const CHOICES: readonly Choice[] = ['usual', ...ICON_NAMES, 'own'];

/** How the bell looks; what is shown of it is what will be stored. */
export function IconField({ value, error, onChange }: Props) {
	// The owner's picture comes back when another one was only tried.
	const [own, setOwn] = React.useState('');
	const [isWriting, setWriting] = React.useState(false);
	const choice = choiceOf(value, isWriting);
	const result = React.useMemo(() => sanitizeIcon(value), [value]);

	const choose = (next: Choice) => {
		if (choice === 'own') {
			setOwn(value);
		}
		setWriting(next === 'own');
		onChange(svgOf(next, own));
	};
	return (
		<FieldGroup
			legend={__('Picture', 'app-inbox-for-esputnik')}
			error={choice === 'own' ? undefined : error}
			className="app-inbox-admin__icon"
		>
			<div className="app-inbox-admin__icons">
				{CHOICES.map((each) => (
					<IconChoice
						key={each}
						choice={each}
						svg={svgOf(each, choice === 'own' && result.ok ? result.svg : own)}
						checked={each === choice}
						onChoose={() => choose(each)}
					/>
				))}
			</div>
			<OwnIcon
				isOpen={choice === 'own'}
				value={value}
				result={result}
				error={error}
				onChange={(icon) => {
					setWriting(true);
					onChange(icon);
				}}
			/>
			{result.ok && result.svg !== '' && <Preview svg={result.svg} />}
		</FieldGroup>
	);
}

function choiceOf(value: string, isWriting: boolean): Choice {
	return iconNameOf(value) ?? (value === '' && !isWriting ? 'usual' : 'own');
}

function svgOf(choice: Choice, own: string): string {
	switch (choice) {
		case 'usual':
			return '';
		case 'own':
			return own;
		default:
			return ICONS[choice];
	}
}

interface ChoiceProps {
	choice: Choice;
	svg: string;
	checked: boolean;
	onChoose: () => void;
}

function IconChoice({ choice, svg, checked, onChoose }: ChoiceProps) {
	const id = `app-inbox-icon-${choice}`;
	return (
		<label htmlFor={id} className="app-inbox-admin__icon-choice">
			<input
				type="radio"
				id={id}
				name="app-inbox-icon"
				value={choice}
				checked={checked}
				onChange={onChoose}
			/>
			{svg ? (
				<img src={asImage(svg, '#1e1e1e')} alt="" width="24" height="24" />
			) : (
				<span className="app-inbox-admin__icon-none" />
			)}
			<span>{labelOf(choice)}</span>
		</label>
	);
}

function labelOf(choice: Choice): string {
	switch (choice) {
		case 'usual':
			return __('eSputnik’s own bell', 'app-inbox-for-esputnik');
		case 'own':
			return __('Your own picture', 'app-inbox-for-esputnik');
		default:
			return iconLabel(choice);
	}
}

/** On both kinds of page, as the text's colour makes it. */
function Preview({ svg }: { svg: string }) {
	return (
		<div className="app-inbox-admin__previews">
			<figure className="app-inbox-admin__preview is-light">
				<img src={asImage(svg, '#1e1e1e')} alt="" width="32" height="32" />
				<figcaption>{__('On a light page', 'app-inbox-for-esputnik')}</figcaption>
			</figure>
			<figure className="app-inbox-admin__preview is-dark">
				<img src={asImage(svg, '#ffffff')} alt="" width="32" height="32" />
				<figcaption>{__('On a dark page', 'app-inbox-for-esputnik')}</figcaption>
			</figure>
		</div>
	);
}
