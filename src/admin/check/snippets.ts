import { parseSnippet, SCRIPT_HOSTS, type SnippetResult } from '../../settings/index.ts';
import { bareId, isVendorHost, runs, type Vendor } from './vendor.ts';

/** A script of a page, as its addresses and its code. */
export interface Part {
	text: string;
	/** Unknown where only the running page had it. */
	element?: Element;
}

/** What a snippet's own `init` switches on. */
export type Flags = NonNullable<Extract<SnippetResult, { found: true }>['init']>;

/** eSputnik's snippet in a page, of one script or of several: the loader here, the `init` there. */
export interface Snippet {
	parts: Part[];
	/** Whether a loader is among them. */
	loads: boolean;
	/** The script's id as the loader has it; '' where that is not to be seen. */
	id: string;
	/** Null where no `init` is to be seen. */
	init: Flags | null;
}

/** The scripts that load or start eSputnik's, and nobody else's: web push and Claspo are other things. */
export function snippetsIn(parts: Part[], vendor: Vendor): Snippet[] {
	const snippets: Snippet[] = [];
	for (const part of parts) {
		const read = readPart(part.text, vendor);
		if (!read) {
			continue;
		}
		// A loader and an `init` that stand apart are one snippet, in either order.
		const half = snippets.find(({ loads, init }) =>
			read.loads ? !loads && read.init === null : init === null
		);
		if (half) {
			half.parts.push(part);
			half.loads ||= read.loads;
			half.id ||= read.id;
			half.init ??= read.init;
		} else {
			snippets.push({ parts: [part], ...read });
		}
	}
	return snippets;
}

/**
 * Whether App Inbox can join it where it stays. One that starts only where there is no `eS` yet never
 * starts after ours, and one that a tool holds back comes when ours has brought the script already.
 */
export const canBeJoined = ({ parts }: Snippet): boolean =>
	parts.every(({ text, element }) => !YIELDS.test(text) && (!element || runs(element)));

const YIELDS = /!\s*(?:window\.)?eS\b|typeof\s+(?:window\.)?eS\s*={2,3}\s*["']undefined/;

/** The addresses and the code of a script element, also where a tool holds it back. */
export const partOf = (element: Element): Part => ({
	element,
	text: [
		...[...element.attributes].filter(({ name }) => /src$/.test(name)).map(addressOf),
		element.textContent,
	].join('\n'),
});

/** Optimisers put inline code into such addresses. */
function addressOf({ value }: Attr): string {
	const [, code] = /^data:text\/javascript;base64,([\w+/=]+)$/.exec(value.trim()) ?? [];
	try {
		return code ? atob(code) : value;
	} catch {
		return value;
	}
}

/** Null where the text has nothing to do with eSputnik's script. */
function readPart(text: string, vendor: Vendor): Omit<Snippet, 'parts'> | null {
	// As an element: there `<!--` hides nothing.
	const code = `<script>${withVendorHost(text.replaceAll('\\/', '/'), vendor)}</script>`;
	if (/\.esputnik\.com/i.test(code)) {
		const result = parseSnippet(code);
		if (result.found) {
			return { loads: true, id: result.scriptId, init: result.init };
		}
		if (LOADER_WITHOUT_ID.includes(result.reason)) {
			const ids = result.reason === 'several' ? (code.match(ID) ?? []) : [];
			const id = ids.find((one) => bareId(one) !== vendor.id) ?? '';
			return { loads: true, id, init: null };
		}
	}
	const init = initIn(code);
	return init && { loads: false, id: '', init };
}

const LOADER_WITHOUT_ID = ['several', 'example', 'id-elsewhere', 'bad-id'];
const ID = /\b(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/gi;

const ADDRESS = `https://${SCRIPT_HOSTS[0]}/scripts/`;

/** What an `eS('init')` without a loader switches on. `parseSnippet` asks for a script, so one is there. */
function initIn(code: string): Flags | null {
	const result = /\beS\b/.test(code)
		? parseSnippet(`${ADDRESS}${'0123456789abcdef'.repeat(2)}.js\n${code}`)
		: null;
	return result?.found ? result.init : null;
}

/** The code with one of the vendor's own hosts wherever it loads the script of this account, or of another. */
const withVendorHost = (code: string, vendor: Vendor): string =>
	code.replace(
		/(?:(?:https?:)?\/\/([^/\s"'`]+))?(?:\/[^\s"'`]*)?\/scripts\/([0-9a-f-]{32,36}(?=\.js))?/gi,
		(address, host = '', id = '') =>
			isVendorHost(host, vendor) || (id !== '' && bareId(id) === vendor.id)
				? ADDRESS + id
				: address
	);
