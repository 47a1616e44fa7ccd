import type { InboxMessage } from './client.ts';
import { element, icon } from './elements.ts';
import type { Labels } from './labels.ts';
import { messageList } from './message-list.ts';
import { placePanel } from './place-panel.ts';
import { addStyles } from './styles.ts';

/** Where the widget goes, in `insertAdjacentElement`'s words. */
export interface Place {
	selector: string;
	position: InsertPosition;
}

export interface Widget {
	setCount: (count: number) => void;
	/** null: they could not be loaded. */
	setMessages: (messages: InboxMessage[] | null) => void;
	remove: () => void;
}

/** A bell with a red number, and a panel of messages that it opens. */
export function createWidget(
	labels: Labels,
	language: string,
	place: Place,
	onOpen: () => void
): Widget {
	const host = document.createElement('esputnik-inbox');
	const shadow = host.attachShadow({ mode: 'open' });
	const badge = element('span', { class: 'badge', 'aria-hidden': 'true' });
	const bell = element(
		'button',
		{
			type: 'button',
			class: 'bell',
			'aria-haspopup': 'dialog',
			'aria-expanded': 'false',
			'aria-controls': 'panel',
		},
		icon('M6 9a6 6 0 0 1 12 0c0 5 2 6.5 2 7.5H4C4 15.5 6 14 6 9Z', 'M10 20a2.2 2.2 0 0 0 4 0'),
		badge
	);
	const close = element(
		'button',
		{ type: 'button', class: 'close', 'aria-label': labels.close },
		icon('M6 6l12 12', 'M18 6 6 18')
	);
	const body = element('div', { class: 'body' });
	const panel = element(
		'div',
		{
			id: 'panel',
			class: 'panel',
			role: 'dialog',
			'aria-labelledby': 'title',
			tabindex: '-1',
			lang: language,
			hidden: '',
		},
		element('header', {}, element('h2', { id: 'title' }, labels.title), close),
		body
	);
	// The top layer, where there is one, keeps the panel above whatever the theme puts on top.
	if ('showPopover' in panel) {
		panel.setAttribute('popover', 'manual');
	}
	addStyles(shadow);
	shadow.append(bell, panel);
	const move = () => placePanel(panel, bell);

	function open(): void {
		body.replaceChildren(element('p', { class: 'note', role: 'status' }, labels.loading));
		panel.hidden = false;
		panel.showPopover?.();
		bell.setAttribute('aria-expanded', 'true');
		move();
		panel.focus({ preventScroll: true });
		window.addEventListener('scroll', move, { passive: true, capture: true });
		window.addEventListener('resize', move);
		document.addEventListener('click', closeFromOutside);
		onOpen();
	}

	function shut(): void {
		window.removeEventListener('scroll', move, { capture: true });
		window.removeEventListener('resize', move);
		document.removeEventListener('click', closeFromOutside);
		if (!panel.hidden) {
			panel.hidePopover?.();
			panel.hidden = true;
			bell.setAttribute('aria-expanded', 'false');
		}
	}

	function closeFromOutside(event: Event): void {
		if (!event.composedPath().includes(host)) {
			shut();
		}
	}

	function shutAndReturn(): void {
		shut();
		bell.focus();
	}

	bell.addEventListener('click', () => (panel.hidden ? open() : shut()));
	close.addEventListener('click', shutAndReturn);
	shadow.addEventListener('keydown', (event) => {
		if ((event as KeyboardEvent).key === 'Escape' && !panel.hidden) {
			event.stopPropagation();
			shutAndReturn();
		}
	});

	setCount(0);
	insert(host, place);

	function setCount(count: number): void {
		badge.textContent = count > 99 ? '99+' : String(count);
		badge.hidden = count === 0;
		bell.setAttribute('aria-label', count > 0 ? labels.unread(count) : labels.title);
	}

	return {
		setCount,
		setMessages(messages) {
			body.replaceChildren(
				messages && messages.length > 0
					? messageList(messages, labels, language)
					: element(
							'p',
							{ class: 'note', role: 'status' },
							messages ? labels.empty : labels.failed
						)
			);
			if (!panel.hidden) {
				move();
			}
		},
		remove() {
			shut();
			host.remove();
		},
	};
}

/** At its place; in a corner of the page where there is no such place. */
function insert(host: HTMLElement, { selector, position }: Place): void {
	try {
		const anchor = selector && document.querySelector(selector);
		if (anchor && anchor.insertAdjacentElement(position, host)) {
			return;
		}
	} catch {
		// Not a selector, or nothing may stand before or after this element.
	}
	host.setAttribute('data-corner', '');
	document.body.append(host);
}
