import { getCssSelector } from 'css-selector-generator';
import { isStableName } from './stable-name.ts';

/** Bounds on the search: elements of page builders carry dozens of classes. */
const MOST_COMBINATIONS = 40;
const MOST_CANDIDATES = 400;

/** What the setting takes. */
const LONGEST = 500;

/**
 * A CSS selector that matches this element and no other of its document, made of names that are
 * likely to stay and to mean the same on every page; where there are none, of the places of the
 * elements within each other. Null where none can reach it, as inside a shadow root.
 */
export function robustSelector(element: Element): string | null {
	if (element.getRootNode() !== element.ownerDocument) {
		return null;
	}
	for (const selector of attempts(element)) {
		if (selector.length <= LONGEST && matchesOnly(selector, element)) {
			return selector;
		}
	}
	return null;
}

/** Best first. */
function* attempts(element: Element): Generator<string> {
	const names = byNames(element);
	if (names !== null && !isMereTag(names)) {
		yield names;
	}
	for (let around = element.parentElement; around; around = around.parentElement) {
		const anchor = byNames(around);
		if (anchor !== null && !isMereTag(anchor)) {
			yield `${anchor} ${element.localName}`;
			yield [anchor, ...places(element, around)].join(' > ');
			break; // One further up is no better.
		}
	}
	const { body } = element.ownerDocument;
	yield ['body', ...places(element, body)].join(' > ');
	yield ['body', ...places(element, body, () => ':nth-child')].join(' > ');
}

function byNames(element: Element): string | null {
	const { documentElement, body } = element.ownerDocument;
	if (element === body || element === documentElement) {
		return null;
	}
	// These differ from page to page and between visitors.
	const pageNames = new Set(
		[documentElement, body].flatMap((node) => [
			...[...node.classList].map((name) => `.${name}`),
			`#${node.id}`,
		])
	);
	try {
		const selector = getCssSelector(element, {
			selectors: ['id', 'class', 'tag'],
			blacklist: [(part: string) => pageNames.has(part) || !isStablePart(part)],
			maxCombinations: MOST_COMBINATIONS,
			maxCandidates: MOST_CANDIDATES,
		});
		return selector.startsWith(':root') ? null : selector;
	} catch {
		return null; // Names that no selector can say, such as `fb:like`.
	}
}

/** Of one element: `.menu`, `#top` or `header`. */
const isStablePart = (part: string) =>
	/^[.#]/.test(part) ? isStableName(part.slice(1)) : /^[a-z][a-z0-9-]*$/.test(part);

/** `button` may be the only one on this page, but hardly on every other. */
const isMereTag = (selector: string) =>
	/^[a-z][a-z0-9]*$/.test(selector) && !/^(header|footer|main)$/.test(selector);

/** `ul`, `li:nth-of-type(2)`: one step for each element between the one around it and this one. */
function places(
	element: Element,
	around: Element,
	place: (element: Element) => string = (at) =>
		/^[a-z][a-z0-9-]*$/.test(at.localName) ? `${at.localName}:nth-of-type` : ':nth-child'
): string[] {
	const steps: string[] = [];
	for (let at = element; at !== around && at.parentElement; at = at.parentElement) {
		const kind = place(at);
		const alike = [...at.parentElement.children].filter(
			({ localName }) => kind === ':nth-child' || localName === at.localName
		);
		const step =
			alike.length === 1 && kind !== ':nth-child'
				? at.localName
				: `${kind}(${alike.indexOf(at) + 1})`;
		steps.unshift(step);
	}
	return steps;
}

function matchesOnly(selector: string, element: Element): boolean {
	try {
		const found = element.ownerDocument.querySelectorAll(selector);
		return found.length === 1 && found[0] === element;
	} catch {
		return false;
	}
}
