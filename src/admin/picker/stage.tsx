import { Button, Spinner } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { KeyboardEvent } from 'react';
import { describeElement } from './describe-element.ts';
import { takeKey } from './pointing.ts';
import { PositionMarks } from './position-marks.tsx';
import { readFrame, type SitePage } from './site-page.ts';
import type { PickerState } from './use-picker.ts';

interface Props {
	/** A new number loads the page again. */
	visit: { address: SitePage<string>; number: number };
	picker: PickerState;
	onHome: () => void;
}

/** The site's page in its frame, with the outlines above it, or why it cannot be shown. */
export function Stage({ visit, picker, onHome }: Props) {
	const { page, mode } = picker;
	const hintId = React.useId();
	const problem = problemOf(visit.address, page);
	const document = page?.ok ? page.page : null;
	const element = picker.choice?.element ?? null;
	const isChoosing = mode === 'choose' && document !== null;
	return (
		<div className="app-inbox-admin__stage">
			{visit.address.ok && (
				<Frame key={visit.number} address={visit.address.page} picker={picker} />
			)}
			{problem && (
				<div className="app-inbox-admin__stage-problem">
					<p role="alert">{problem}</p>
					<Button variant="secondary" __next40pxDefaultSize onClick={onHome}>
						{__('Back to the front page', 'app-inbox-for-esputnik')}
					</Button>
				</div>
			)}
			{!problem && !page && (
				<div className="app-inbox-admin__stage-loading" role="status">
					<Spinner />
					{__('Loading your site…', 'app-inbox-for-esputnik')}
				</div>
			)}
			{/* An application: here the arrow keys move between the elements of the page below. */}
			{isChoosing && (
				// eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
				<div
					className="app-inbox-admin__stage-keys"
					role="application"
					tabIndex={0}
					aria-label={__('Elements of the page', 'app-inbox-for-esputnik')}
					aria-describedby={hintId}
					onKeyDown={(event: KeyboardEvent) => {
						if (event.key !== 'Escape') {
							takeKey(event, document, picker.hands); // The dialog knows Escape itself.
						}
					}}
				>
					<span id={hintId} className="app-inbox-admin__stage-hint">
						{__(
							'Up and down arrows go to the element around and to the first one inside, left and right to the one before and after. Enter takes it.',
							'app-inbox-for-esputnik'
						)}
					</span>
					<Outline element={element} kind="chosen" />
					<Outline element={picker.pointed} kind="pointed" />
				</div>
			)}
			{isChoosing && element && (
				<PositionMarks
					element={element}
					position={picker.position}
					onChoose={picker.setPosition}
				/>
			)}
		</div>
	);
}

function problemOf(address: SitePage<string>, page: SitePage<Document> | null): string {
	if (!address.ok) {
		return address.problem;
	}
	return page && !page.ok ? page.problem : '';
}

/** A page whose last picture never comes is ready all the same after this time, in milliseconds. */
const PATIENCE = 8000;

function Frame({ address, picker }: { address: string; picker: PickerState }) {
	const frame = React.useRef<HTMLIFrameElement>(null);
	const isWaiting = picker.page === null;
	const read = () => {
		const next = readFrame(frame.current!);
		// The load may be told twice.
		if (!next.ok || !picker.page?.ok || next.page !== picker.page.page) {
			picker.setPage(next);
		}
	};
	const latest = React.useRef(read);
	React.useEffect(() => {
		latest.current = read;
	});
	React.useEffect(() => {
		if (!isWaiting) {
			return undefined;
		}
		const timer = setInterval(() => {
			const { current } = frame;
			if (current && readFrame(current).ok) {
				latest.current();
			}
		}, PATIENCE);
		return () => clearInterval(timer);
	}, [isWaiting]);
	return (
		<iframe
			ref={frame}
			className="app-inbox-admin__frame"
			title={__('Your site', 'app-inbox-for-esputnik')}
			src={address}
			// Whatever it runs, it cannot take the place of this page, nor open windows and questions.
			sandbox="allow-same-origin allow-scripts allow-forms"
			tabIndex={picker.mode === 'choose' ? -1 : 0}
			onLoad={read}
		/>
	);
}

/** Above the frame and not in it, so that the page stays as it is. */
function Outline({ element, kind }: { element: Element | null; kind: 'pointed' | 'chosen' }) {
	const outline = React.useRef<HTMLDivElement>(null);
	React.useEffect(() => {
		if (!element) {
			return undefined;
		}
		// The page scrolls, loads pictures and moves by itself: look at each frame anew.
		let request = 0;
		const follow = () => {
			const { left, top, bottom, width, height } = element.getBoundingClientRect();
			const box = outline.current!;
			box.classList.toggle(
				'is-low',
				bottom + ROOM_FOR_WORDS > box.parentElement!.clientHeight
			);
			Object.assign(box.style, {
				transform: `translate(${left}px, ${top}px)`,
				width: `${width}px`,
				height: `${height}px`,
			});
			request = requestAnimationFrame(follow);
		};
		follow();
		return () => cancelAnimationFrame(request);
	}, [element]);
	return (
		element && (
			<div ref={outline} className={`app-inbox-admin__outline is-${kind}`} aria-hidden>
				{kind === 'pointed' && (
					<span className="app-inbox-admin__outline-words">
						{describeElement(element)}
					</span>
				)}
			</div>
		)
	);
}

/** In pixels, below an element. */
const ROOM_FOR_WORDS = 28;
