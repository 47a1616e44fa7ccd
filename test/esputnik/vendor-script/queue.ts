/** One call of `eS`: the Arguments object, so that `[0]` is the command's name. */
type Command = ArrayLike<unknown>;

/**
 * What waits in a queue. The vendor's own snippet pushes the Arguments object of a call of `c`, in which
 * the command is nested; the stub of the vendor's app for Shopify has no `c`, and pushes the command.
 */
type Entry = Command | ArrayLike<Command>;

/** The function that the snippet leaves on the page. */
interface CommandFunction {
	(...command: unknown[]): void;
	c?: (command: Command) => void;
	q?: Entry[] | { push: (entry: Entry) => void };
}

/** What of `eS` a script replaces to hear further commands. Nobody outside knows which the real one does. */
export const WAYS = ['c', 'q', 'both'] as const;
export type Way = (typeof WAYS)[number];

type Commands = Record<string, (...parameters: never[]) => void>;

/**
 * Carries out the commands that wait in `eS.q` and all that come later. Whoever kept a reference to
 * the snippet's function is heard as well. Names that are not known are passed over.
 */
export function takeOver(target: object, commands: Commands, way: Way): void {
	const page = target as { eS?: CommandFunction };
	const before = page.eS;

	function run(command: Command): void {
		const [name, ...parameters] = Array.from(command);
		if (typeof name === 'string' && Object.prototype.hasOwnProperty.call(commands, name)) {
			commands[name]?.(...(parameters as never[]));
		}
	}
	const runEntry = (entry: Entry) =>
		run((typeof entry[0] === 'string' ? entry : (entry[0] ?? [])) as Command);

	const eS: CommandFunction =
		before ??
		function (...command) {
			eS.c?.(command);
		};
	const waiting = Array.isArray(before?.q) ? before.q.splice(0) : [];
	// A stub without `c` is heard by its queue alone, a page without a stub by `c` alone.
	if (!before || (before.c && way !== 'q')) {
		eS.c = run;
	}
	if (before && (!before.c || way !== 'c')) {
		eS.q = { push: runEntry };
	}
	page.eS = eS;
	waiting.forEach(runEntry);
}
