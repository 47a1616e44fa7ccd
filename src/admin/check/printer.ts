import { __, sprintf } from '@wordpress/i18n';
import type { PageData } from '../page-data.ts';
import { partOf } from './snippets.ts';

type Names = Pick<PageData, 'plugins' | 'themes'>;

/** Who prints a snippet, by the nearest hint in the page. */
export type Printer =
	| { kind: 'plugin' | 'mu-plugin' | 'theme'; name: string }
	/** A comment beside it, in the words of whoever wrote it. */
	| { kind: 'comment'; text: string }
	| { kind: 'place'; place: 'head' | 'body' };

/** The surest hint beside any of the scripts that a snippet is made of. */
export function printerOf(
	elements: Element[],
	names: Names,
	isSnippet: (element: Element) => boolean
): Printer {
	const [first, ...others] = elements.map((element) => printerOfOne(element, names, isSnippet));
	const known = [first!, ...others];
	return (
		known.find(({ kind }) => kind !== 'comment' && kind !== 'place') ??
		known.find(({ kind }) => kind === 'comment') ??
		first!
	);
}

/** How far a hint may be from the snippet, in nodes beside it. */
const NEAR = 6;
/** Shorter names of folders would be found in anything. */
const MIN_SLUG = 4;

function printerOfOne(
	element: Element,
	names: Names,
	isSnippet: (element: Element) => boolean
): Printer {
	const own = inAddress(partOf(element).text, names) ?? inMarks(element, names);
	if (own) {
		return own;
	}
	for (const direction of ['previousSibling', 'nextSibling'] as const) {
		let node = element[direction];
		for (let steps = 0; node && steps < NEAR; node = node[direction]) {
			if (node.nodeType === 8) {
				const hint = inComment(node, names);
				if (hint) {
					return hint;
				}
			} else if (node.nodeType === 1) {
				// Whoever printed another script close by may have printed this one, but only right beside it.
				if (!isSnippet(node as Element)) {
					break;
				}
			}
			steps++;
		}
	}
	for (let around = element.parentElement; around; around = around.parentElement) {
		const hint = around.localName === 'body' ? null : inMarks(around, names);
		if (hint) {
			return hint;
		}
	}
	return { kind: 'place', place: element.closest('head') ? 'head' : 'body' };
}

/** By a folder in an address. The folders around it have other names on some sites, these two never. */
function inAddress(text: string, { plugins, themes }: Names): Printer | null {
	const found = [
		...text
			.replaceAll('\\/', '/')
			.matchAll(/\/(?:(plugins|themes)\/([\w.-]+)\/|mu-plugins\/([\w-]+(?:\.[\w-]+)*))/g),
	];
	// Where an optimiser has put scripts together there are several, and any of them may be it.
	if (new Set(found.map(([address]) => address)).size !== 1) {
		return null;
	}
	const [, where, folder = '', mustUse] = found[0]!;
	if (mustUse) {
		return { kind: 'mu-plugin', name: mustUse };
	}
	return where === 'plugins'
		? { kind: 'plugin', name: plugins[folder] ?? folder }
		: { kind: 'theme', name: themes[folder] ?? folder };
}

/** By the folder or the name of an active plugin or theme. */
function byName(text: string, { plugins, themes }: Names): Printer | null {
	const has = ([slug, name]: [string, string]) =>
		(slug.length >= MIN_SLUG && text.toLowerCase().includes(slug.toLowerCase())) ||
		(name.length >= MIN_SLUG && text.toLowerCase().includes(name.toLowerCase()));
	const plugin = Object.entries(plugins).find(has);
	const theme = plugin ? undefined : Object.entries(themes).find(has);
	return plugin || theme
		? { kind: plugin ? 'plugin' : 'theme', name: (plugin ?? theme)![1] }
		: null;
}

function inComment(node: Node, names: Names): Printer | null {
	const text = (node.textContent ?? '').trim().replace(/\s+/g, ' ');
	if (text === '' || /^(\[if |\/?wp:)/.test(text)) {
		return null;
	}
	return (
		inAddress(text, names) ??
		byName(text, names) ?? { kind: 'comment', text: text.slice(0, 60) }
	);
}

function inMarks(element: Element, names: Names): Printer | null {
	const marks = ['id', 'class', 'src'].map((name) => element.getAttribute(name) ?? '').join(' ');
	return inAddress(marks, names) ?? byName(marks, names);
}

export function foundFrom(printer: Printer): string {
	switch (printer.kind) {
		case 'plugin':
			return sprintf(
				/* translators: %s: a plugin's name. */
				__(
					'The plugin “%s” prints a second eSputnik snippet into your pages.',
					'app-inbox-for-esputnik'
				),
				printer.name
			);
		case 'mu-plugin':
			return sprintf(
				/* translators: %s: the name of a file or folder. */
				__(
					'The must-use plugin “%s” prints a second eSputnik snippet into your pages.',
					'app-inbox-for-esputnik'
				),
				printer.name
			);
		case 'theme':
			return sprintf(
				/* translators: %s: a theme's name. */
				__(
					'The theme “%s” prints a second eSputnik snippet into your pages.',
					'app-inbox-for-esputnik'
				),
				printer.name
			);
		case 'comment':
			return sprintf(
				/* translators: %s: a comment in the page's code. */
				__(
					'There is a second eSputnik snippet in your pages, beside the comment “%s”.',
					'app-inbox-for-esputnik'
				),
				printer.text
			);
		case 'place':
			return printer.place === 'head'
				? __(
						'There is a second eSputnik snippet in the head of your pages.',
						'app-inbox-for-esputnik'
					)
				: __(
						'There is a second eSputnik snippet in the body of your pages.',
						'app-inbox-for-esputnik'
					);
	}
}

/** Where to take it away. */
export function removal(printer: Printer): string {
	switch (printer.kind) {
		case 'plugin':
		case 'theme':
			return sprintf(
				/* translators: %s: a plugin's or theme's name. */
				__('Remove the snippet in the settings of “%s”.', 'app-inbox-for-esputnik'),
				printer.name
			);
		case 'mu-plugin':
			return __(
				'Such plugins have no settings: ask whoever looks after your site to remove the snippet from the folder mu-plugins.',
				'app-inbox-for-esputnik'
			);
		default:
			return __(
				'Look for it in plugins for header and footer code and in your theme’s settings and files (header.php, functions.php), and remove it.',
				'app-inbox-for-esputnik'
			);
	}
}
