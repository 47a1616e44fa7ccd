/** The flags of the vendor's `init`, as it takes them: RECOMS and TRACKING are on when left out (documented). */
export interface InitFlags {
	APP_INBOX: boolean;
	RECOMS: boolean;
	TRACKING: boolean;
}

/** What the first `eS('init', …)` in this code switches on; null where there is none. */
export function initFlags(code: string): InitFlags | null {
	const call = /(?:(?<![\w$])eS|\[\s*["']eS["']\s*\])\s*(?:\?\.)?\s*\(\s*["'`]init["'`]\s*/.exec(
		code
	);
	if (!call) {
		return null;
	}
	const flags: InitFlags = { APP_INBOX: false, RECOMS: true, TRACKING: true };
	const [, start] = /^,\s*\{()/.exec(code.slice(call.index + call[0].length)) ?? [];
	if (start !== undefined) {
		const from = code.indexOf('{', call.index + call[0].length) + 1;
		for (const [name, value] of propertiesFrom(code, from)) {
			if (name in flags) {
				flags[name as keyof InitFlags] = !OFF.test(value);
			}
		}
	}
	return flags;
}

/** A flag that only a program knows counts as on, as one that is left out does. */
const OFF = /^(?:false|!1|0|null|""|'')$/;

/** The properties of the object that begins here, up to its own end: name and value as they stand. */
function* propertiesFrom(code: string, from: number): Generator<[name: string, value: string]> {
	let depth = 0;
	let start = from;
	for (let at = from; at < code.length; at++) {
		const sign = code[at]!;
		if (/["'`]/.test(sign)) {
			at = endOfText(code, at);
		} else if (/[{([]/.test(sign)) {
			depth++;
		} else if (/[})\]]/.test(sign) || (sign === ',' && depth === 0)) {
			if (depth === 0) {
				const [, name, value] =
					/^\s*["']?([\w$]+)["']?\s*:\s*([\s\S]*?)\s*$/.exec(code.slice(start, at)) ?? [];
				if (name && value) {
					yield [name, value];
				}
				if (sign !== ',') {
					return;
				}
				start = at + 1;
			} else {
				depth--;
			}
		}
	}
}

/** Where the text that begins here ends; where it does not on its line, it was none. */
function endOfText(code: string, at: number): number {
	for (let end = at + 1; end < code.length && code[end] !== '\n'; end++) {
		if (code[end] === code[at]) {
			return end;
		}
	}
	return at;
}
