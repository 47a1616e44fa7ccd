import { Button, Modal, TextControl } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { KeyboardEvent } from 'react';
import type { Settings } from '../../settings/index.ts';
import { CODE, CONTROL } from '../field.tsx';
import { PositionField } from '../sections/position-field.tsx';
import { OWN_ATTRIBUTE, type Direction } from './candidates.ts';
import type { RobustSelector } from './load-selector.ts';
import { possiblePositions } from './preview-bell.ts';
import { addressOf, pathOf } from './site-page.ts';
import { Stage } from './stage.tsx';
import { usePicker, type Mode, type PickerState } from './use-picker.ts';
import './picker.css';

type Placement = Settings['placement'];

interface Props {
	placement: Placement;
	siteUrl: string;
	robustSelector: RobustSelector;
	/** With the front page as it was shown, if it was. */
	onTake: (taken: Pick<Placement, 'selector' | 'position'>, frontPage: Document | null) => void;
	onClose: () => void;
}

/** A dialog with the site itself, in which the place of the bell is pointed at. */
export function Picker({ placement, siteUrl, robustSelector, onTake, onClose }: Props) {
	const picker = usePicker(placement, robustSelector, onClose);
	const visitTo = (typed: string) => addressOf(typed, siteUrl, window.location.href);
	const [visit, setVisit] = React.useState(() => ({
		typed: '/',
		address: visitTo('/'),
		number: 0,
	}));
	const open = (typed: string) => {
		picker.setPage(null);
		setVisit(({ number }) => ({ typed, address: visitTo(typed), number: number + 1 }));
	};
	const page = picker.page?.ok ? picker.page.page : null;

	return (
		<Modal
			title={__('Choose the place of the bell', 'app-inbox-for-esputnik')}
			className="app-inbox-admin__picker-dialog"
			isFullScreen
			// Older cores take a press in the frame for one outside.
			shouldCloseOnClickOutside={false}
			onRequestClose={onClose}
		>
			<div className="app-inbox-admin app-inbox-admin__picker">
				<PageBar
					// A page that was come to by a link is shown in the field.
					key={page?.URL ?? visit.number}
					path={page ? pathOf(page.URL, siteUrl) : visit.typed}
					mode={picker.mode}
					onMode={picker.setMode}
					onOpen={open}
				/>
				<Stage visit={visit} picker={picker} onHome={() => open('/')} />
				<ChoicePanel
					picker={picker}
					onCancel={onClose}
					onTake={(selector) =>
						onTake(
							{ selector, position: picker.position },
							page && pathOf(page.URL, siteUrl) === '/' ? copyOf(page) : null
						)
					}
				/>
			</div>
		</Modal>
	);
}

interface PageBarProps {
	path: string;
	mode: Mode;
	onMode: (mode: Mode) => void;
	onOpen: (typed: string) => void;
}

function PageBar({ path, mode, onMode, onOpen }: PageBarProps) {
	const [typed, setTyped] = React.useState(path);
	return (
		<div className="app-inbox-admin__page-bar">
			<TextControl
				{...CONTROL}
				{...CODE}
				className="app-inbox-admin__code"
				label={__('Page', 'app-inbox-for-esputnik')}
				value={typed}
				onChange={setTyped}
				onKeyDown={(event: KeyboardEvent) => {
					if (event.key === 'Enter') {
						event.preventDefault();
						onOpen(typed);
					}
				}}
			/>
			<Button variant="secondary" __next40pxDefaultSize onClick={() => onOpen(typed)}>
				{__('Open', 'app-inbox-for-esputnik')}
			</Button>
			<div
				role="group"
				aria-label={__('What a click does', 'app-inbox-for-esputnik')}
				className="app-inbox-admin__modes"
			>
				{(['choose', 'browse'] as const).map((each) => (
					<Button
						key={each}
						__next40pxDefaultSize
						aria-pressed={mode === each}
						className={mode === each ? 'is-current' : ''}
						onClick={() => onMode(each)}
					>
						{each === 'choose'
							? __('Choose', 'app-inbox-for-esputnik')
							: __('Browse', 'app-inbox-for-esputnik')}
					</Button>
				))}
			</div>
		</div>
	);
}

interface ChoicePanelProps {
	picker: PickerState;
	onTake: (selector: string) => void;
	onCancel: () => void;
}

function ChoicePanel({ picker, onTake, onCancel }: ChoicePanelProps) {
	const { choice, position, mode } = picker;
	const element = choice?.element ?? null;
	return (
		<div className="app-inbox-admin__choice">
			<div className="app-inbox-admin__choice-text">
				<p className="app-inbox-admin__choice-words">{choiceSentence(picker)}</p>
				{choice && <code dir="ltr">{choice.selector}</code>}
				<p role="status" className="screen-reader-text">
					{picker.news}
				</p>
				{element && mode === 'choose' && (
					<div
						role="group"
						aria-label={__('Choose a neighbour', 'app-inbox-for-esputnik')}
						className="app-inbox-admin__steps"
					>
						{steps().map(([direction, label]) => (
							<Button
								key={direction}
								variant="tertiary"
								onClick={() => picker.step(direction)}
							>
								{label}
							</Button>
						))}
					</div>
				)}
			</div>
			{element && (
				<PositionField
					name="app-inbox-picker-position"
					value={position}
					possible={possiblePositions(element)}
					error={undefined}
					onChange={picker.setPosition}
				/>
			)}
			<div className="app-inbox-admin__choice-actions">
				<Button
					variant="primary"
					__next40pxDefaultSize
					disabled={!choice}
					onClick={() => choice && onTake(choice.selector)}
				>
					{__('Use this place', 'app-inbox-for-esputnik')}
				</Button>
				<Button variant="tertiary" __next40pxDefaultSize onClick={onCancel}>
					{__('Cancel', 'app-inbox-for-esputnik')}
				</Button>
			</div>
		</div>
	);
}

const steps = (): [Direction, string][] => [
	['parent', __('Around it', 'app-inbox-for-esputnik')],
	['child', __('Inside it', 'app-inbox-for-esputnik')],
	['previous', __('Previous', 'app-inbox-for-esputnik')],
	['next', __('Next', 'app-inbox-for-esputnik')],
];

function choiceSentence({ choice, mode, page }: PickerState): string {
	if (choice && (choice.element || !page?.ok)) {
		return sprintf(
			/* translators: %s: an element in words, such as "header, inside page". */
			__('Chosen: %s', 'app-inbox-for-esputnik'),
			choice.words
		);
	}
	if (choice) {
		return sprintf(
			/* translators: %s: an element in words, such as "header, inside page". */
			__(
				'Chosen on another page: %s. On this page it is not found, so the bell would be missing here.',
				'app-inbox-for-esputnik'
			),
			choice.words
		);
	}
	if (page && !page.ok) {
		return '';
	}
	return mode === 'browse'
		? __(
				'Go to the page where the bell’s place is best seen, then press “Choose”.',
				'app-inbox-for-esputnik'
			)
		: __(
				'Click or tap the part of your page that gets the bell, for example the menu in the header.',
				'app-inbox-for-esputnik'
			);
}

/** The page without what is not its visitors', and without anything that runs. */
function copyOf(page: Document): Document {
	const copy = page.cloneNode(true) as Document;
	for (const element of copy.querySelectorAll(`[${OWN_ATTRIBUTE}], #wpadminbar`)) {
		element.remove();
	}
	return copy;
}
