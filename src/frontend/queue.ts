/* eslint-disable prefer-rest-params -- The vendor's queue is made of arguments objects. */
import { isStub } from '../settings/es-stub.ts';
import { ADVICE } from './status.ts';

/** The arguments of one call of `eS`: the command's name, then what it takes. */
export type Command = ArrayLike<unknown>;

/** `window.eS`: hands its arguments to `c`, which at first keeps its own in `q`. */
interface Es {
	(...command: unknown[]): void;
	c: (command: Command) => void;
	q: Command[][];
}

declare global {
	interface Window {
		eS?: Es;
	}
}

/**
 * Sends the one init, with what `merge` makes of the foreign one, if there is any: flags and options.
 * All other commands follow it.
 */
export type SendInit = (merge: Merge) => void;
type Merge = (foreign: Command | undefined) => [flags: object, options: object];

/**
 * Takes the place of `window.eS`, with all that is queued there, and from now on lets no `init`
 * through to the vendor script but the one that the returned function sends, once. A foreign init
 * that is queued already, or comes while ours still waits, is merged into it; a later one is left
 * out. Undefined when the vendor script has taken over before: then it is too late.
 *
 * From outside it is what the vendor's snippet makes: `c` looks for `q` at each call, since the
 * vendor script may replace either.
 */
export function takeQueue(): SendInit | undefined {
	const before = window.eS;
	// An element with that id is there under its name too: it is in nobody's way.
	if (before && !(before as unknown as Node).nodeType && !isStub(before)) {
		return;
	}
	let merge!: Merge;
	let foreign: Command | undefined;
	/** The one init, once it is sent. */
	let init: unknown[] | undefined;
	/** What is called until then, and must not come before it. */
	let held: Command[] | undefined = [];

	const eS: Es = (window.eS = function () {
		if (arguments[0] !== 'init') {
			if (held) {
				held.push(arguments);
			} else {
				eS.c(arguments);
			}
		} else if (foreign || (init && !(isStub(eS) && eS.q[0]?.[0] === init))) {
			// eslint-disable-next-line no-console -- Said to whoever looks after the page.
			console.warn(ADVICE);
		} else {
			foreign = arguments;
			if (!held) {
				deliver();
			}
		}
	} as Es);
	eS.c = function () {
		eS.q.push(arguments as unknown as Command[]);
	};
	eS.q = before?.q || [];

	const deliver = () => {
		if (init) {
			// As long as nobody has read it.
			[init[1], init[2]] = merge(foreign);
		} else {
			eS.c((init = toArguments('init', ...merge(foreign))));
		}
	};
	for (const entry of eS.q.splice(0)) {
		// Of a flat queue the entry is the command itself, and begins with its name.
		eS(
			...(((entry[0] as { trim?: unknown } | undefined)?.trim
				? entry
				: entry[0] || []) as unknown[])
		);
	}
	return (how) => {
		merge = how;
		deliver();
		held!.map((command) => eS.c(command));
		held = undefined;
	};
}

function toArguments(..._values: unknown[]): unknown[] {
	return arguments as unknown as unknown[];
}
