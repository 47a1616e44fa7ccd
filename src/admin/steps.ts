import type { Settings, SettingsErrors } from '../settings/index.ts';
import type { LastCheck } from './check/last-check.ts';
import type { CheckId } from './check/result.ts';

/** The set-up's steps, each with the section of that id. */
export const STEPS = ['script', 'token-function', 'bell', 'go-live'] as const;
export type StepId = (typeof STEPS)[number];

export type StepState = 'done' | 'to do' | 'broken';

/** Whose fault a failed check is; what is not here is a matter of the site as a whole. */
const STEP_OF: Partial<Record<CheckId, StepId>> = {
	script: 'script',
	endpoint: 'token-function',
	origin: 'token-function',
	identity: 'token-function',
	'vendor-key': 'token-function',
	contact: 'token-function',
	token: 'token-function',
};

const FIELDS: Record<
	Exclude<StepId, 'go-live'>,
	{ value: (settings: Settings) => string; errors: RegExp }
> = {
	script: { value: ({ scriptId }) => scriptId, errors: /^script/ },
	'token-function': { value: ({ endpoint }) => endpoint, errors: /^endpoint/ },
	bell: { value: ({ placement }) => placement.selector, errors: /^placement/ },
};

/**
 * How far a step is, by what is saved (what is only typed is not done yet), by what a save refused,
 * and by the last check. A value that was changed since the check is `done` until it is checked again.
 */
export function stepState(
	id: StepId,
	saved: Settings,
	errors: SettingsErrors,
	last: LastCheck | null
): StepState {
	const failed = (last?.failed ?? []) as CheckId[];
	if (id === 'go-live') {
		const checked = failed.length > 0 ? 'broken' : 'done';
		return last === null ? 'to do' : checked;
	}
	const { value, errors: own } = FIELDS[id];
	if (Object.keys(errors).some((path) => own.test(path))) {
		return 'broken';
	}
	if (value(saved) === '') {
		return 'to do';
	}
	return failed.some((check) => STEP_OF[check] === id) ? 'broken' : 'done';
}
