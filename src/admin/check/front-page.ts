import { __, sprintf } from '@wordpress/i18n';
import * as z from 'zod/mini';
import { ask, parseJson, type Answer, type Outcome } from './ask.ts';
import type { Context } from './context.ts';
import type { Explanation } from './result.ts';

/** Id of the script element that WordPress prints. */
export const OUR_SCRIPT = 'app-inbox-for-esputnik';

const configSchema = z.object({
	scriptId: z.string(),
	scriptHost: z.optional(z.string()),
	script: z.optional(z.string()),
	endpoint: z.optional(z.string()),
	features: z.optional(z.record(z.string(), z.boolean())),
	consent: z.optional(z.string()),
	language: z.optional(z.string()),
});

/** The front page as guests, and the caches before them, have it. */
export interface PageCopy {
	html: string;
	document: Document;
	headers: Headers;
	/** Our script element; null where the page has none. */
	script: Element | null;
	/** What our script is started with on that page. */
	config: z.infer<typeof configSchema> | null;
}

export type FrontPage = { ok: true; copy: PageCopy } | { ok: false; explanation: Explanation };

/** The page's address, with a query that no cache has met yet where it is to be a fresh one. */
export const frontPageUrl = ({ data, now }: Context, fresh = false): string =>
	`${data.siteUrl}/${fresh ? `?app-inbox-check=${now()}` : ''}`;

export async function readFrontPage(context: Context, fresh = false): Promise<FrontPage> {
	const url = frontPageUrl(context, fresh);
	let outcome = await ask(context, url, { credentials: 'omit' });
	if (outcome.ok && (outcome.status === 401 || outcome.status === 403)) {
		// A site that is still behind a password of the web server's.
		outcome = await ask(context, url, { credentials: 'same-origin' });
	}
	return outcome.ok && outcome.status === 200
		? { ok: true, copy: copyOf(context, outcome) }
		: { ok: false, explanation: explainPage(outcome) };
}

function copyOf({ parseHtml }: Context, { body: html, headers }: Answer): PageCopy {
	const document = parseHtml(html);
	const script =
		document.getElementById(OUR_SCRIPT) ??
		[...document.scripts].find(({ text }) => startsOurs(text)) ??
		null;
	return { html, document, headers, script, config: configIn(script?.textContent ?? '') };
}

const CALL = 'appInbox.init({';

/** Whether this code is our own script's, under whatever name an optimiser has put it. */
export const startsOurs = (code: string): boolean => code.includes(CALL);

function configIn(code: string): PageCopy['config'] {
	const start = code.lastIndexOf(CALL);
	const end = code.lastIndexOf(')');
	const json = start < 0 ? '' : code.slice(start + CALL.length - 1, end);
	const config = configSchema.safeParse(parseJson(json));
	return config.success ? config.data : null;
}

function explainPage(outcome: Outcome): Explanation {
	if (!outcome.ok) {
		return {
			message: __('Your front page does not answer.', 'app-inbox-for-esputnik'),
			advice: __(
				'Open it in another tab. If it works there, check again in a minute.',
				'app-inbox-for-esputnik'
			),
		};
	}
	return {
		message: sprintf(
			/* translators: %d: an HTTP status. */
			__('Your front page answers with an error (%d).', 'app-inbox-for-esputnik'),
			outcome.status
		),
		advice:
			outcome.status === 503
				? __(
						'Take the site out of maintenance mode, then check again.',
						'app-inbox-for-esputnik'
					)
				: __(
						'Open it in a private window to see what guests see, and mend that first.',
						'app-inbox-for-esputnik'
					),
	};
}

/** From where pages load the vendor's script; the page itself knows best, a filter may have changed it. */
export async function scriptUrlOf({
	context,
	frontPage,
}: {
	context: Context;
	frontPage: () => Promise<FrontPage>;
}): Promise<string> {
	const { scriptId, scriptHost } = context.settings;
	const sameSite = new URL(context.data.siteUrl).origin === context.origin;
	const page = sameSite ? await frontPage() : null;
	const host = (page?.ok && page.copy.config?.scriptHost) || scriptHost;
	return `${/^https?:\/\//.test(host) ? '' : 'https://'}${host}/scripts/${scriptId}.js`;
}
