/** A text to translate, as it stands in the sources. */
export interface Message {
	text: string;
	/** Present where a number decides between two forms. */
	plural?: string;
	/** Tells apart what is the same in English and not elsewhere. */
	context?: string;
	/** What the programmers tell the translators, as `translators: …`. */
	comments: string[];
	/** The files with this text, from the repository's root. No lines: they change too often. */
	files: string[];
}

export const DOMAIN = 'app-inbox-for-esputnik';

/** WordPress's functions, with the places of their arguments. */
const FUNCTIONS = {
	__: { text: 0, domain: 1 },
	_x: { text: 0, context: 1, domain: 2 },
	_n: { text: 0, plural: 1, domain: 3 },
	_nx: { text: 0, plural: 1, context: 3, domain: 4 },
	_n_noop: { text: 0, plural: 1, domain: 2 },
	_nx_noop: { text: 0, plural: 1, context: 2, domain: 3 },
} as const;
type FunctionName = keyof typeof FUNCTIONS;

/** PHP has more of them, which escape or print what they translate. */
const NAMES = new Map<string, FunctionName>([
	...(Object.keys(FUNCTIONS) as FunctionName[]).map((name) => [name, name] as const),
	['_e', '__'],
	['_ex', '_x'],
	['esc_html__', '__'],
	['esc_html_e', '__'],
	['esc_html_x', '_x'],
	['esc_attr__', '__'],
	['esc_attr_e', '__'],
	['esc_attr_x', '_x'],
]);

export const functionNamed = (name: string): FunctionName | null => NAMES.get(name) ?? null;

/** A call of one of these functions in a source. */
export interface Call {
	name: FunctionName;
	/** The arguments; null where one is no literal text. */
	args: (string | null)[];
	/** Where it begins in the source. */
	offset: number;
}

/** The messages of a file, in order. Throws where a call cannot be translated, and names its line. */
export function messagesOf(file: string, source: string, calls: Call[]): Message[] {
	const comments = translatorsComments(source);
	return calls
		.toSorted((one, other) => one.offset - other.offset)
		.map(({ name, args, offset }) => {
			const line = lineAt(source, offset);
			const places: { text: number; plural?: number; context?: number; domain: number } =
				FUNCTIONS[name];
			const literal = (place: number): string => {
				const value = args[place];
				if (typeof value !== 'string' || value === '') {
					throw new Error(`${file}:${line}: a text to translate has to be a literal.`);
				}
				return value;
			};
			if (args[places.domain] !== DOMAIN) {
				throw new Error(`${file}:${line}: the text domain has to be '${DOMAIN}'.`);
			}
			return {
				text: literal(places.text),
				...(places.plural !== undefined && { plural: literal(places.plural) }),
				...(places.context !== undefined && { context: literal(places.context) }),
				comments: comments
					// The first call after a comment takes it, as long as it is near.
					.splice(0, comments.filter(({ end }) => end <= offset).length)
					.filter(({ end }) => line - lineAt(source, end) <= 2)
					.map(({ text }) => text),
				files: [file],
			};
		});
}

/** Each text once, with all of its comments and files. */
export function merged(messages: Message[]): Message[] {
	const all = new Map<string, Message>();
	for (const message of messages) {
		const key = `${message.context ?? ''}\u0004${message.text}`;
		const known = all.get(key);
		if (known && known.plural !== message.plural) {
			const files = [...known.files, ...message.files].join(', ');
			throw new Error(`“${message.text}” has two plurals, in ${files}.`);
		}
		all.set(key, {
			...message,
			comments: [...new Set([...(known?.comments ?? []), ...message.comments])],
			files: [...new Set([...(known?.files ?? []), ...message.files])],
		});
	}
	return [...all.values()];
}

const translatorsComments = (source: string) =>
	[...source.matchAll(/\/\*[\s*]*(translators:[\s\S]*?)\*\/|\/\/\s*(translators:.*)/g)].map(
		(match) => ({
			text: (match[1] ?? match[2] ?? '').replace(/\s+(\*\s+)?/g, ' ').trim(),
			end: match.index + match[0].length,
		})
	);

const lineAt = (source: string, offset: number) => source.slice(0, offset).split('\n').length;
