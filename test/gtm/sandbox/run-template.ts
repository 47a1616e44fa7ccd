import { compile, type Compiled } from './execute.ts';
import { openGtmPage, type GtmPage, type PageOptions } from './page.ts';
import type { Template } from './parse-template.ts';
import { readPolicy } from './permissions.ts';
import { createSandbox, type Problem, type Sandbox } from './sandbox.ts';

/** One firing of a tag. It goes on changing as scripts load and consent is given. */
export interface TagRun {
	/** `threw` when the code ended with an error before it said anything. */
	outcome: 'pending' | 'success' | 'failure' | 'threw';
	/** What `logToConsole` got, call by call. */
	logs: unknown[][];
	/** Everything that would not work in Google Tag Manager. */
	problems: Problem[];
}

export type RunOptions = ({ page: GtmPage } | PageOptions) & {
	/** The tag's fields; see `fillForm` for defaults and validators. */
	data?: Record<string, unknown>;
	/** `templateStorage` belongs to the template. */
	templateId?: string;
};

/**
 * Fires a tag of this template, once.
 *
 * @throws a TemplateError when the code does not pass the lint, or the permissions are wrong.
 */
export function runTemplate(template: Template, options: RunOptions): TagRun {
	const page = 'page' in options ? options.page : openGtmPage(options);
	const { data = {}, templateId = template.info.displayName } = options;
	const sandbox = createSandbox(page, readPolicy(template.permissions), templateId);
	return fire(compileTag(template.code), sandbox, data).run;
}

export const compileTag = (code: string) => compile(code, ['require', 'data']);

/** Runs a tag's code in a sandbox that is there already. */
export function fire(
	execute: Compiled,
	sandbox: Sandbox,
	data: Record<string, unknown>,
	onOutcome: (outcome: 'gtmOnSuccess' | 'gtmOnFailure') => void = () => {}
): { run: TagRun; returned: unknown } {
	const run: TagRun = { outcome: 'pending', logs: sandbox.logs, problems: sandbox.problems };
	const end = (name: 'gtmOnSuccess' | 'gtmOnFailure') => () => {
		onOutcome(name);
		if (run.outcome !== 'pending') {
			sandbox.note({
				kind: 'outcome',
				message: `${name} was called after the tag had ended (${run.outcome}). Let every path end once.`,
			});
			return;
		}
		run.outcome = name === 'gtmOnSuccess' ? 'success' : 'failure';
	};
	const problemsBefore = sandbox.problems.length;
	const scope = {
		require: sandbox.require,
		data: {
			...(sandbox.border.toSandbox(data) as object),
			gtmOnSuccess: end('gtmOnSuccess'),
			gtmOnFailure: end('gtmOnFailure'),
		},
	};
	let hasEnded = false;
	const returned = sandbox.enter(() => {
		const value = execute(scope);
		hasEnded = true;
		return value;
	});
	if (!hasEnded && run.outcome === 'pending' && sandbox.problems.length > problemsBefore) {
		run.outcome = 'threw';
	}
	return { run, returned };
}
