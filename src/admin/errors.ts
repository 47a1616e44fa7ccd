import { __, sprintf } from '@wordpress/i18n';
import * as z from 'zod/mini';
import { defaultSettings, parseSettings, type SettingsErrors } from '../settings/index.ts';

/** The WordPress option, and its property in `/wp/v2/settings`. */
export const OPTION = 'app_inbox_for_esputnik';

/** Why loading or saving did not work. */
export type Problem =
	/** Some fields are wrong; each error belongs beside its field. */
	| { kind: 'invalid'; errors: SettingsErrors }
	/** WordPress refused for a reason that belongs to no field; these are its words. */
	| { kind: 'refused'; message: string }
	| { kind: 'unreachable' }
	/** Logged out, or the page is so old that its nonce has expired. */
	| { kind: 'logged-out' }
	| { kind: 'forbidden' }
	| { kind: 'server'; status: number }
	/** An answer that is none of WordPress's REST API. */
	| { kind: 'unreadable' };

/** The object that @wordpress/api-fetch throws; `data.status` is missing when no answer came. */
const thrownSchema = z.object({
	code: z.string(),
	message: z._default(z.string(), ''),
	data: z.optional(
		z.nullable(
			z.object({
				status: z.optional(z.number()),
				params: z.optional(z.record(z.string(), z.unknown())),
			})
		)
	),
});

/** api-fetch's own codes for "no answer": the second is newer and says that the browser is offline. */
const NO_ANSWER = ['fetch_error', 'offline_error'];

/** WordPress's codes for a visitor whom it does not, or no longer, know. */
const NOT_LOGGED_IN = ['rest_cookie_invalid_nonce', 'rest_not_logged_in'];

/** What went wrong, from whatever api-fetch threw. */
export function problemOf(thrown: unknown): Problem {
	// A nonce that has expired makes api-fetch ask for a new one; where that is refused, it throws
	// the bare Response. Every other failure is an object.
	if (thrown instanceof Response) {
		return thrown.status >= 500
			? { kind: 'server', status: thrown.status }
			: { kind: 'logged-out' };
	}
	const result = thrownSchema.safeParse(thrown);
	if (!result.success) {
		return { kind: 'unreadable' };
	}
	const { code, message, data } = result.data;
	const status = data?.status ?? 0;
	if (NO_ANSWER.includes(code)) {
		return { kind: 'unreachable' };
	}
	if (NOT_LOGGED_IN.includes(code) || status === 401) {
		return { kind: 'logged-out' };
	}
	if (status === 403) {
		return { kind: 'forbidden' };
	}
	if (status >= 500) {
		return { kind: 'server', status };
	}
	const refusal = data?.params?.[OPTION];
	if (typeof refusal === 'string') {
		const field = fieldIn(refusal);
		return field
			? { kind: 'invalid', errors: { [field]: sentenceFor(field) } }
			: { kind: 'refused', message: refusal };
	}
	return status > 0 && message !== '' ? { kind: 'refused', message } : { kind: 'unreadable' };
}

/**
 * The field that a message of WordPress's schema check names:
 * `app_inbox_for_esputnik[placement][icon] does not match pattern …` → `placement.icon`.
 * A translation may move the name, so it may stand anywhere. Null where the form has no such field.
 */
function fieldIn(message: string): string | null {
	const [, keys] = new RegExp(`${OPTION}((?:\\[\\w+\\])+)`).exec(message) ?? [];
	const path = keys?.match(/\w+/g) ?? [];
	// The form shows a list as one field: what is said of `excludedRoles[3]` belongs to it.
	for (; path.length > 0; path.pop()) {
		const value = path.reduce<unknown>((part, key) => Object(part)[key], defaultSettings());
		if (typeof value === 'string' || Array.isArray(value)) {
			return path.join('.');
		}
	}
	return null;
}

/** What the schema says of a wrong value of this field, found by trying one. */
function sentenceFor(path: string): string {
	const wrong = path
		.split('.')
		.reduceRight<unknown>((value, key) => ({ [key]: value }), '<wrong{');
	const result = parseSettings(wrong);
	return result.ok ? '' : (result.errors[path] ?? '');
}

/** What is wrong with a list, which is one field of the form, or with an entry of it: `excludedRoles.3`. */
export const errorOfList = (errors: SettingsErrors, list: string): string | undefined =>
	Object.entries(errors).find(([path]) => path === list || path.startsWith(`${list}.`))?.[1];

/** A sentence for a person: what happened and what to do next. */
export function problemSentence(problem: Problem): string {
	switch (problem.kind) {
		case 'invalid':
			return __(
				'Not saved yet. Mend the marked fields, then save again.',
				'app-inbox-for-esputnik'
			);
		case 'refused':
			return sprintf(
				/* translators: %s: WordPress's own words. */
				__(
					'WordPress refused this: “%s” Change it accordingly and try again.',
					'app-inbox-for-esputnik'
				),
				problem.message
			);
		case 'unreachable':
			return __(
				'Your site does not answer. Check your internet connection, then try again.',
				'app-inbox-for-esputnik'
			);
		case 'logged-out':
			return __(
				'WordPress no longer knows you. Log in again in another tab, then come back and try again here.',
				'app-inbox-for-esputnik'
			);
		case 'forbidden':
			return __(
				'Your account may not do this. Ask an administrator of this site, or look whether a security plugin blocks the REST API.',
				'app-inbox-for-esputnik'
			);
		case 'server':
			return sprintf(
				/* translators: %d: an HTTP status such as 500. */
				__(
					'Your site has an error of its own (%d). Try again in a minute; if it stays, ask your host for the PHP error log.',
					'app-inbox-for-esputnik'
				),
				problem.status
			);
		case 'unreadable':
			return __(
				'Your site’s answer makes no sense. Another plugin or a firewall may have changed it: try again, and if it stays, switch such plugins off for a moment.',
				'app-inbox-for-esputnik'
			);
	}
}
