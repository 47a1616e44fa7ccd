/** The function that the snippet leaves on the page, and whose `c` the script replaces. */
interface CommandFunction {
	(...command: unknown[]): void;
	/** Called with the Arguments object of a call of `eS`. */
	c?: (command: ArrayLike<unknown>) => void;
	/** Each entry is the Arguments object of a call of `c`, so `q[i][0][0]` is a command's name. */
	q?: Array<ArrayLike<ArrayLike<unknown>>>;
}

type Commands = Record<string, (...parameters: never[]) => void>;

/**
 * Carries out the commands that wait in `eS.q` and all that come later. Whoever kept a reference to
 * the snippet's function is heard as well. Names that are not known are passed over.
 */
export function takeOver(target: object, commands: Commands): void {
	const page = target as { eS?: CommandFunction };
	const before = page.eS;

	function run(command: ArrayLike<unknown>): void {
		const [name, ...parameters] = Array.from(command);
		if (typeof name === 'string' && Object.prototype.hasOwnProperty.call(commands, name)) {
			commands[name]?.(...(parameters as never[]));
		}
	}

	const eS: CommandFunction =
		before ??
		function (...command) {
			eS.c?.(command);
		};
	const waiting = before?.q ?? [];
	eS.c = run;
	page.eS = eS;
	for (const entry of waiting.splice(0)) {
		if (entry[0]) {
			run(entry[0]);
		}
	}
}
