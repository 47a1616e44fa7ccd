/**
 * A value without the quotes that somebody wrote round it, and without blanks and line feeds at its
 * ends. A shell, systemd and Node take such quotes off; `docker run --env-file` and the panels of
 * some hosts keep them, and none of our variables has a value that begins and ends with one.
 */
export function unquoted(value: string): string {
	const text = value.trim();
	const [, , inner] = QUOTED.exec(text) ?? [];
	return inner?.trim() ?? text;
}

const QUOTED = /^(["'])([^]*)\1$/;

/** Whether a quote is left at either end: half of a pair, or one more pair inside of it. */
export const endsInQuote = (text: string): boolean => /^["']|["']$/.test(text);
