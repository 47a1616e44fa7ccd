import { explain, lintCode } from './lint.ts';
import { TemplateError } from './template-error.ts';

/** Takes the values of its names, and runs. */
export type Compiled = (scope: Record<string, unknown>) => unknown;

/**
 * Makes sandboxed code runnable, with these names and nothing else in its scope.
 *
 * It keeps honest code from reaching what Google Tag Manager hides; it is no wall against hostile
 * code.
 *
 * @throws a TemplateError when the code does not pass the lint.
 */
export function compile(code: string, names: string[]): Compiled {
	const complaints = lintCode(code, [...names, 'undefined']);
	if (complaints.length > 0) {
		throw new TemplateError(
			`Google Tag Manager’s sandbox refuses this code: ${complaints.map(explain).join('; ')}.`
		);
	}
	// The code has a scope of its own, because `const JSON = require('JSON')` may shadow.
	const run = new Function(
		...names,
		...hidden(names),
		`'use strict'; return (function () {\n${code}\n})();`
	);
	return (scope) => run(...names.map((name) => scope[name]));
}

/** The names of the world around, each of which becomes an empty parameter. */
const hidden = (names: string[]) =>
	Object.getOwnPropertyNames(globalThis).filter(
		(name) =>
			/^[A-Za-z_$][\w$]*$/.test(name) && !NO_PARAMETER.test(name) && !names.includes(name)
	);

/** What strict code cannot name a parameter; a page may have such a global all the same. */
const NO_PARAMETER =
	/^(eval|arguments|await|yield|let|static|implements|interface|package|private|protected|public|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with)$/;
