import { element, webAddress } from './elements.ts';

/** Elements that a message may bring; of all others the text alone stays. */
const KEPT = ['a', 'b', 'br', 'em', 'i', 'li', 'ol', 'p', 'strong', 'u', 'ul'] as const;
type Kept = (typeof KEPT)[number];

/** What is text in HTML and none for a reader. */
const HIDDEN = /<!--[^]*?-->|<(script|style|title|template)\b[^>]*>[^]*?<\/\1\s*>/gi;

/**
 * The content of a message, which may be HTML, as elements of our own making: no attribute but the
 * address of a link comes along. No HTML is given to the browser to parse.
 */
export function formattedText(html: string): Node[] {
	const root = element('div');
	const open: HTMLElement[] = [root];
	const innermost = () => open[open.length - 1]!;
	for (const [, slash, given, attributes, text] of html
		.replace(HIDDEN, '')
		.matchAll(/<(\/?)([a-z][a-z0-9]*)\b([^>]*)>|([^<]+|<)/gi)) {
		const name = given?.toLowerCase();
		if (text !== undefined) {
			innermost().append(decode(text));
		} else if (!isKept(name)) {
			continue;
		} else if (slash) {
			const at = open.map(({ localName }) => localName).lastIndexOf(name);
			open.splice(at > 0 ? at : open.length);
		} else {
			const made = element(name, name === 'a' ? linkOf(attributes ?? '') : {});
			innermost().append(made);
			if (name !== 'br') {
				open.push(made);
			}
		}
	}
	return [...root.childNodes];
}

const isKept = (name: string | undefined): name is Kept =>
	(KEPT as readonly (string | undefined)[]).includes(name);

function linkOf(attributes: string): Record<string, string> {
	const [, , quoted, bare] = /\bhref\s*=\s*(?:(["'])(.*?)\1|([^\s"']+))/i.exec(attributes) ?? [];
	const href = webAddress(decode(quoted ?? bare ?? ''));
	return href ? { href } : {};
}

const ENTITIES: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: '\u00A0',
};

const decode = (text: string) =>
	text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
		if (name) {
			return ENTITIES[name as string] ?? (whole as string);
		}
		const point = decimal ? Number(decimal) : parseInt(hex as string, 16);
		return point <= 0x10ffff ? String.fromCodePoint(point) : (whole as string);
	});
