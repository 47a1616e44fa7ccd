/* eslint-disable prefer-rest-params -- The vendor's queue is made of arguments objects. */

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

/** Sends the one init, with the flags and options that `merge` makes of the foreign one's, if any. */
export type SendInit = (merge: (foreign: Command | undefined) => [object, object]) => void;

/**
 * Takes the place of `window.eS`, with all that is queued there, and from now on lets no `init`
 * through to the vendor script but the one that the returned function sends, once. A foreign init
 * that is queued already, or comes while ours still waits, is merged into it; a later one is left
 * out. Undefined when the vendor script has taken over before: then it is too late.
 *
 * The stub is made as the vendor's snippet makes it. The vendor script drains `q` and replaces `c`.
 */
export function takeQueue(): SendInit | undefined {
	const before = window.eS;
	if (before && !isStub(before)) {
		return;
	}
	const q = before?.q ?? [];
	let merge: Parameters<SendInit>[0] | undefined;
	let foreign: Command | undefined;
	/** Our init, as the queue keeps it. */
	let init: unknown[];

	const eS: Es = (window.eS = function () {
		if (arguments[0] === 'init') {
			takeInit(arguments);
		} else {
			eS.c(arguments);
		}
	} as Es);
	const keep = (eS.c = function () {
		q.push(arguments as unknown as Command[]);
	});
	const takeInit = (command: Command) => {
		if (foreign || (merge && eS.c !== keep)) {
			// eslint-disable-next-line no-console -- Said to whoever looks after the page.
			console.warn('App Inbox: second init left out.');
			return;
		}
		foreign = command;
		if (merge) {
			[init[1], init[2]] = merge(foreign);
		}
	};
	eS.q = q;
	for (const entry of q.splice(0)) {
		if (entry[0]?.[0] === 'init') {
			takeInit(entry[0]);
		} else {
			q.push(entry);
		}
	}
	return (how) => {
		merge = how;
		init = toArguments('init', ...merge(foreign));
		eS.c(init);
		if (q.length) {
			// Before whatever else waits: the vendor script expects its init first.
			q.unshift(q.pop()!);
		}
	};
}

/** The stub of every known snippet keeps commands by `q.push`; the vendor script does not. */
export function isStub(eS: Es): boolean {
	return /q.push/.test(`${eS.c}`);
}

function toArguments(..._values: unknown[]): unknown[] {
	return arguments as unknown as unknown[];
}
