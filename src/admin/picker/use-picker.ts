import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { MutableRefObject } from 'react';
import type { Settings } from '../../settings/index.ts';
import { firstCandidate, isCandidate, move, type Direction } from './candidates.ts';
import { describeElement } from './describe-element.ts';
import type { RobustSelector } from './load-selector.ts';
import { isGood, matchesOf } from './matches.ts';
import { hideAdminBar, isVisible, pointInto, type Hands } from './pointing.ts';
import { possiblePosition, showPreviewBell, type Position } from './preview-bell.ts';
import type { SitePage } from './site-page.ts';

/** `browse` lets the owner use the page, to come to another one. */
export type Mode = 'choose' | 'browse';

/** What was taken. On another page of the site its element may be missing, and then it is null. */
export interface Choice {
	selector: string;
	element: Element | null;
	words: string;
}

export interface PickerState {
	mode: Mode;
	setMode: (mode: Mode) => void;
	/** Null while the page loads. */
	page: SitePage<Document> | null;
	setPage: (page: SitePage<Document> | null) => void;
	pointed: Element | null;
	choice: Choice | null;
	/** Wished; where the element shows nothing at it, the nearest one. */
	position: Position;
	setPosition: (position: Position) => void;
	/** To be read out. */
	news: string;
	hands: Hands;
	/** Takes the element beside or around the chosen one. */
	step: (direction: Direction) => void;
}

/** What happens in the picker; the page in the frame is changed by nothing but the preview. */
export function usePicker(
	placement: Settings['placement'],
	robustSelector: RobustSelector,
	onEscape: () => void
): PickerState {
	const [mode, setMode] = React.useState<Mode>('choose');
	const [page, setPage] = React.useState<SitePage<Document> | null>(null);
	const [pointed, setPointed] = React.useState<Element | null>(null);
	const [choice, setChoice] = React.useState<Choice | null>(null);
	const [position, setPosition] = React.useState<Position>(placement.position);
	const [news, setNews] = React.useState('');
	const document = page?.ok ? page.page : null;

	const element = choice?.element ?? null;
	const shownAt = element ? possiblePosition(element, position) : position;
	const removeBell = usePreview(choice, shownAt, placement.icon);

	const take = (taken: Element) => {
		removeBell(); // It must not be counted among the elements of the page.
		const selector = robustSelector(taken);
		const words = describeElement(taken);
		setPointed(null);
		if (selector === null) {
			setNews(unreachable(words));
			setChoice((before) => before && { ...before });
			return;
		}
		setChoice({ selector, element: taken, words });
		setNews(
			sprintf(
				/* translators: %s: an element in words, such as "header, inside page". */
				__('Chosen: %s. The bell is shown there.', 'app-inbox-for-esputnik'),
				words
			)
		);
	};
	const pointAt = (next: Element) => {
		setPointed(next);
		setNews(describeElement(next));
		bringIntoView(next);
	};
	const go = (direction: Direction, then: (next: Element) => void) => {
		const from = pointed ?? element;
		if (!document) {
			return;
		}
		const next = from ? move(from, direction, isVisible) : firstCandidate(document, isVisible);
		if (next) {
			then(next);
		} else {
			setNews(__('There is nothing further in this direction.', 'app-inbox-for-esputnik'));
		}
	};
	const hands: Hands = {
		onPoint: setPointed,
		onTake: take,
		onMove: (direction) => go(direction, pointAt),
		onEnter: () => pointed && take(pointed),
		onEscape,
	};

	// The listeners in the frame are set once for a page, and call what is current.
	const current = useCurrent(hands);
	React.useEffect(() => {
		if (!document || mode !== 'choose') {
			return undefined;
		}
		return pointInto(document, {
			onPoint: (at) => current.current.onPoint(at),
			onTake: (at) => current.current.onTake(at),
			onMove: (direction) => current.current.onMove(direction),
			onEnter: () => current.current.onEnter(),
			onEscape: () => current.current.onEscape(),
		});
	}, [document, mode, current]);

	return {
		mode,
		setMode: (next) => {
			setPointed(null);
			setMode(next);
		},
		page,
		setPage: (next) => {
			setPage(next);
			setPointed(null);
			if (next?.ok) {
				hideAdminBar(next.page);
				setChoice(choiceOn(next.page, choice, placement.selector));
			}
		},
		pointed,
		choice,
		position: shownAt,
		setPosition,
		news,
		hands,
		step: (direction) =>
			go(direction, (next) => {
				take(next);
				bringIntoView(next);
			}),
	};
}

/** What was chosen before, looked up on the page that is open now. */
function choiceOn(page: Document, before: Choice | null, stored: string): Choice | null {
	const selector = before?.selector ?? stored;
	const element = isGood(matchesOf(selector, page)) ? page.querySelector(selector) : null;
	if (element && isCandidate(element)) {
		return { selector, element, words: describeElement(element) };
	}
	return before && { ...before, element: null };
}

/** Keeps the bell where it was chosen; gives back how to take it out until the next choice. */
function usePreview(choice: Choice | null, position: Position, icon: string): () => void {
	const remove = React.useRef(() => {});
	React.useEffect(() => {
		if (choice?.element) {
			remove.current = showPreviewBell(choice.element, position, icon);
		}
		return () => remove.current();
	}, [choice, position, icon]);
	return () => remove.current();
}

function useCurrent<T>(value: T): MutableRefObject<T> {
	const current = React.useRef(value);
	React.useEffect(() => {
		current.current = value;
	});
	return current;
}

function bringIntoView(element: Element) {
	const { top, bottom } = element.getBoundingClientRect();
	const height = element.ownerDocument.defaultView?.innerHeight ?? 0;
	if (top < 0 || bottom > height) {
		element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
	}
}

const unreachable = (words: string) =>
	sprintf(
		/* translators: %s: an element in words. */
		__(
			'No selector can name this one: %s. Choose the element around it.',
			'app-inbox-for-esputnik'
		),
		words
	);
