import { Button, TextControl } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Settings } from '../../settings/index.ts';
import { description } from '../description.ts';
import { CODE, CONTROL, FIELD, help, invalid } from '../field.tsx';
import { notLoaded } from '../load-script.ts';
import type { PageData } from '../page-data.ts';
import { loadSelector, type RobustSelector } from './load-selector.ts';
import { isGood, isInvalid, matchesOf, matchesSentence, type Matches } from './matches.ts';
import { Picker } from './picker.tsx';
import { addressOf, fetchPage } from './site-page.ts';

type Placement = Settings['placement'];

interface Props {
	data: PageData;
	placement: Placement;
	error: string | undefined;
	onChange: (part: Partial<Placement>) => void;
}

/** How long after the last key a selector is taken as typed to its end, in milliseconds. */
const SETTLED_AFTER = 400;

/**
 * The selector, typed by hand or chosen on the site. A page of the site is asked for only when a
 * button is pressed; from then on, typing is checked against that page.
 */
export function SelectorField({ data, placement, error, onChange }: Props) {
	const { siteUrl } = data;
	const { selector } = placement;
	/** What the open picker needs. */
	const [picking, setPicking] = React.useState<{ robustSelector: RobustSelector } | null>(null);
	const [isOpening, setOpening] = React.useState(false);
	const [isBusy, setBusy] = React.useState(false);
	const [frontPage, setFrontPage] = React.useState<Document | null>(null);
	const [problem, setProblem] = React.useState('');
	const [asked, setAsked] = React.useState(false);
	const settled = useSettled(selector);
	const matches = matchesToSay(settled, frontPage, asked);

	const type = (value: string) => {
		setProblem('');
		setAsked(false);
		onChange({ selector: value });
	};
	const pick = async () => {
		if (isOpening) {
			return;
		}
		setProblem('');
		setOpening(true);
		await loadSelector(data).then(setPicking, () => setProblem(notLoaded()));
		setOpening(false);
	};
	const tryIt = async () => {
		setAsked(true);
		setProblem('');
		if (selector.trim() === '' || isInvalid(selector) || isBusy) {
			return;
		}
		setBusy(true);
		const address = addressOf('/', siteUrl, window.location.href);
		const answer = address.ok
			? await fetchPage(address.page, (...request) => window.fetch(...request))
			: address;
		setBusy(false);
		if (answer.ok) {
			setFrontPage(answer.page);
		} else {
			setProblem(answer.problem);
		}
	};

	return (
		<div className={FIELD}>
			<TextControl
				{...CONTROL}
				{...CODE}
				{...invalid(error)}
				className="app-inbox-admin__code"
				label={__('Element', 'app-inbox-for-esputnik')}
				help={help(
					`${description('placement.selector')} ${__(
						'For example: .site-header .menu',
						'app-inbox-for-esputnik'
					)}`,
					error
				)}
				value={selector}
				onChange={type}
			/>
			<div className="app-inbox-admin__selector-actions">
				<Button
					variant="secondary"
					__next40pxDefaultSize
					aria-haspopup="dialog"
					isBusy={isOpening}
					onClick={() => {
						pick();
					}}
				>
					{__('Choose on your site', 'app-inbox-for-esputnik')}
				</Button>
				<Button
					variant="tertiary"
					__next40pxDefaultSize
					isBusy={isBusy}
					onClick={() => {
						tryIt();
					}}
				>
					{__('Try it on your site', 'app-inbox-for-esputnik')}
				</Button>
			</div>
			<p
				role="status"
				className={`app-inbox-admin__answer ${
					!problem && matches && isGood(matches) ? 'is-good' : 'is-bad'
				}`}
			>
				{problem || (matches && matchesSentence(matches))}
			</p>
			{picking && (
				<Picker
					{...picking}
					placement={placement}
					siteUrl={siteUrl}
					onTake={(taken, page) => {
						setPicking(null);
						setProblem('');
						onChange(taken);
						if (page) {
							setFrontPage(page);
						}
					}}
					onClose={() => setPicking(null)}
				/>
			)}
		</div>
	);
}

function matchesToSay(selector: string, page: Document | null, asked: boolean): Matches | null {
	if (selector.trim() === '') {
		return asked ? { kind: 'empty' } : null;
	}
	if (page) {
		return matchesOf(selector, page);
	}
	return isInvalid(selector) ? { kind: 'invalid' } : null;
}

/** The text as it was when nobody had typed for a moment. */
function useSettled(text: string): string {
	const [settled, setSettled] = React.useState(text);
	React.useEffect(() => {
		const timer = setTimeout(() => setSettled(text), SETTLED_AFTER);
		return () => clearTimeout(timer);
	}, [text]);
	return settled;
}
