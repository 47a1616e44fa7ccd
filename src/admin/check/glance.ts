import * as z from 'zod/mini';
import type { Context, Frame } from './context.ts';
import { frontPageUrl } from './front-page.ts';

/** What `appInbox.status()` may say, as far as it matters here. */
const statusSchema = z.object({
	state: z.enum(['idle', 'guest', 'initialised', 'already-initialised', 'blocked']),
	init: z.enum(['ours', 'merged', 'foreign', 'none']),
	token: z.enum(['none', 'pending', 'received', 'unknown-contact', 'failed']),
	message: z.string(),
});

/** What is to be seen of the inbox in a page. */
export const frameSchema = z.object({
	/** Null where our script has not run. */
	status: z.nullable(statusSchema),
	/** The addresses of all script elements that run. */
	scripts: z.array(z.string()),
	/** The code of those in the page itself that may be eSputnik's snippets. */
	snippets: z.array(z.string()),
	/** `none`: no `window.eS`; `stub`: a snippet's, whose queue nobody has taken yet; `vendor`: eSputnik's own. */
	es: z.enum(['none', 'stub', 'vendor']),
	consent: z.enum(['no tool', 'allowed', 'refused', 'broken']),
});

export type Glance = z.infer<typeof frameSchema> | null;

/** For a page, its scripts and the token together. */
const DEADLINE_MS = 25_000;
/** An optimiser may hold scripts back for a moment after the page has loaded. */
const MISSING_MS = 2_000;
const PAUSE_MS = 250;

/**
 * Loads the front page as the admin's browser shows it, hidden, and waits until the inbox has come
 * to an end, good or bad. Null where the browser does not let us look: the page may not be framed.
 */
export async function glance(context: Context): Promise<Glance> {
	const { openFrame, now } = context;
	const end = now() + DEADLINE_MS;
	const frame = await openFrame(frontPageUrl(context), DEADLINE_MS);
	try {
		return await watch(context, frame, end, now() + MISSING_MS);
	} finally {
		frame.close();
	}
}

/** Looks again and again until `end`; until `missing`, as long as our script is not there. */
async function watch(
	{ now, pause, settings }: Context,
	frame: Frame,
	end: number,
	missing: number
): Promise<Glance> {
	for (;;) {
		const { success, data: seen } = frameSchema.safeParse(frame.look());
		if (!success) {
			return null;
		}
		const { status } = seen;
		const over = now() >= (status ? end : missing);
		if (over || (status && isFinal(status, settings.features.appInbox))) {
			return seen;
		}
		await pause(PAUSE_MS);
	}
}

const isFinal = ({ state, token }: z.infer<typeof statusSchema>, inbox: boolean) =>
	state !== 'initialised' || !inbox || !['none', 'pending'].includes(token);
