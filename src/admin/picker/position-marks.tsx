import * as React from '@wordpress/element';
import { positionTexts } from '../sections/position-field.tsx';
import { OWN_ATTRIBUTE } from './candidates.ts';
import { flowOf } from './flow.ts';
import { markPlaces } from './mark-places.ts';
import { possiblePositions, type Position } from './preview-bell.ts';

interface Props {
	element: Element;
	position: Position;
	onChoose: (position: Position) => void;
}

/**
 * The four positions at the chosen element itself, to be pressed; a ring is around the bell. Above
 * the frame, as the outlines are, and for the pointer only: the radios below say the same.
 */
export function PositionMarks({ element, position, onChoose }: Props) {
	const marks = React.useRef<HTMLDivElement>(null);
	React.useEffect(() => {
		let request = 0;
		const follow = () => {
			place(marks.current!, element, position);
			request = requestAnimationFrame(follow);
		};
		follow();
		return () => cancelAnimationFrame(request);
	}, [element, position]);
	return (
		<div ref={marks} className="app-inbox-admin__marks" aria-hidden>
			{possiblePositions(element).map((each) => (
				<button
					key={each}
					type="button"
					tabIndex={-1}
					data-position={each}
					title={positionTexts(each).label}
					className={`app-inbox-admin__mark ${each === position ? 'is-selected' : ''}`}
					// The focus stays where the keyboard has left it.
					onMouseDown={(event) => event.preventDefault()}
					onClick={() => onChoose(each)}
				/>
			))}
		</div>
	);
}

function place(marks: HTMLElement, element: Element, position: Position) {
	const box = element.getBoundingClientRect();
	const { clientWidth: width, clientHeight: height } = marks.parentElement!;
	const stage = { width, height };
	marks.hidden = box.bottom < 0 || box.top > height;
	const bell = element.ownerDocument.querySelector(`[${OWN_ATTRIBUTE}]`)?.getBoundingClientRect();
	const at = bell && { x: bell.left + bell.width / 2, y: bell.top + bell.height / 2 };
	const isSeen = bell?.width && bell.bottom > 0 && bell.top < height;
	const places = markPlaces(
		box,
		stage,
		flowOf(element),
		at && isSeen ? { position, at } : undefined
	);
	for (const mark of marks.children as HTMLCollectionOf<HTMLElement>) {
		const { x, y } = places[mark.dataset.position as Position];
		mark.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
	}
}
