/** How far each step of the set-up is. */
import { describe, expect, it } from 'vitest';
import { STEPS, stepState, type StepId, type StepState } from '../../src/admin/steps.ts';
import { CHECKS } from '../../src/admin/check/result.ts';
import { defaultSettings, type Settings } from '../../src/settings/index.ts';

const EMPTY = defaultSettings();
const FULL: Settings = {
	...EMPTY,
	scriptId: '9C41E07B5D2A48F6B3C8D19E6F7A0254',
	endpoint: 'https://example.com/app-inbox/token',
	placement: { ...EMPTY.placement, selector: 'header nav' },
};
const checked = (...failed: string[]) => ({ at: 1_700_000_000_000, failed });

const states = (...args: [Settings, Record<string, string>, ReturnType<typeof checked> | null]) =>
	STEPS.map((id) => stepState(id, ...args));

describe('the steps of the set-up', () => {
	it('are all to do at first', () => {
		expect(states(EMPTY, {}, null)).toEqual(['to do', 'to do', 'to do', 'to do']);
	});
	it('are done when they are saved, and the last when a check found nothing', () => {
		expect(states(FULL, {}, null)).toEqual(['done', 'done', 'done', 'to do']);
		expect(states(FULL, {}, checked())).toEqual(['done', 'done', 'done', 'done']);
	});
	it.each([
		['script', 'scriptId'],
		['token-function', 'endpoint'],
		['bell', 'placement.selector'],
	])('%s is broken while a save refuses %s', (step, path) => {
		const expected = STEPS.map((id) => (id === step ? 'broken' : 'done'));
		expect(states(FULL, { [path]: 'Wrong.' }, checked())).toEqual(expected);
	});
	it.each(CHECKS)('a failed check breaks its own step and the last: %s', (check) => {
		const broken = STEPS.filter((_, at) => states(FULL, {}, checked(check))[at] === 'broken');
		const own: StepId[] = check === 'script' ? ['script'] : [];
		if (TOKEN_CHECKS.includes(check)) {
			own.push('token-function');
		}
		expect(broken).toEqual([...own, 'go-live']);
	});
	it('a step that is empty is to do, whatever an older check said', () => {
		const [script] = states(EMPTY, {}, checked('script')) as [StepState];
		expect(script).toBe('to do');
	});
});

const TOKEN_CHECKS = ['endpoint', 'origin', 'identity', 'vendor-key', 'contact', 'token'];
