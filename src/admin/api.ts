import apiFetch from '@wordpress/api-fetch';
import * as z from 'zod/mini';
import { defaultSettings, parseSettings, type Settings } from '../settings/index.ts';
import { OPTION, problemOf, type Problem } from './errors.ts';

const PATH = `/wp/v2/settings?_fields=${OPTION}`;

/** The settings as WordPress has them, or why there are none. */
export type Answer =
	/** `complete` is false where stored values are missing or unusable, and defaults stand in for them. */
	{ ok: true; settings: Settings; complete: boolean } | { ok: false; problem: Problem };

export const loadSettings = (): Promise<Answer> => asked({ path: PATH });

/** Stores these settings, and leaves all others as they are; the answer is what WordPress has from now on. */
export const saveSettings = (settings: Partial<Settings>): Promise<Answer> =>
	asked({ path: PATH, method: 'POST', data: { [OPTION]: settings } });

async function asked(request: Parameters<typeof apiFetch>[0]): Promise<Answer> {
	try {
		return readAnswer(await apiFetch(request));
	} catch (thrown) {
		return { ok: false, problem: problemOf(thrown) };
	}
}

const answerSchema = z.object({ [OPTION]: z.nullable(z.record(z.string(), z.unknown())) });

/** Parses the answer of `/wp/v2/settings`: what is damaged is left out of it, and without the plugin's help it is null. */
export function readAnswer(answer: unknown): Answer {
	const result = answerSchema.safeParse(answer);
	if (!result.success) {
		return { ok: false, problem: { kind: 'unreadable' } };
	}
	const stored = result.data[OPTION] ?? {};
	const parsed = parseSettings(stored);
	if (!parsed.ok) {
		return { ok: true, settings: usablePart(stored, parsed.errors), complete: false };
	}
	const { settings } = parsed;
	return { ok: true, settings, complete: Object.keys(settings).every((name) => name in stored) };
}

/** The stored settings without those that have errors. */
function usablePart(stored: Record<string, unknown>, errors: Record<string, string>): Settings {
	const wrong = Object.keys(errors).map((path) => path.split('.')[0]);
	const rest = Object.entries(stored).filter(([key]) => !wrong.includes(key));
	const result = parseSettings(Object.fromEntries(rest));
	return result.ok ? result.settings : defaultSettings();
}
