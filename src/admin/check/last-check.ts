import { __, sprintf } from '@wordpress/i18n';
import * as z from 'zod/mini';

const lastCheckSchema = z.object({
	/** Milliseconds since 1970. */
	at: z.number(),
	/** The links that were broken, by their ids. */
	failed: z.array(z.string()),
});

export type LastCheck = z.infer<typeof lastCheckSchema>;

/** Of this site of this origin: a network may have many, each with an admin area at a path of its own. */
const key = () => `app-inbox-check ${window.location.pathname}`;

/** When this browser last checked everything, and with what result; null: never. */
export function lastCheck(): LastCheck | null {
	try {
		const result = lastCheckSchema.safeParse(
			JSON.parse(window.localStorage.getItem(key()) ?? 'null')
		);
		return result.success ? result.data : null;
	} catch {
		return null; // Storage may be switched off.
	}
}

export function rememberCheck(check: LastCheck): void {
	try {
		window.localStorage.setItem(key(), JSON.stringify(check));
	} catch {}
}

/** When it was, and with what result. */
export function lastSentence({ at, failed }: LastCheck): string {
	const when = dateFormat().format(at);
	return failed.length > 0
		? sprintf(
				/* translators: 1: date and time, 2: a number. */
				__('Last check: %1$s. Failed: %2$d.', 'app-inbox-for-esputnik'),
				when,
				failed.length
			)
		: sprintf(
				/* translators: %s: date and time. */
				__('Last check: %s. Nothing was broken.', 'app-inbox-for-esputnik'),
				when
			);
}

/** In the admin's language; WordPress's `<html lang>` may hold anything, and Intl throws at some of it. */
function dateFormat(): Intl.DateTimeFormat {
	const options = { dateStyle: 'medium', timeStyle: 'short' } as const;
	try {
		return new Intl.DateTimeFormat(document.documentElement.lang || undefined, options);
	} catch {
		return new Intl.DateTimeFormat(undefined, options);
	}
}
