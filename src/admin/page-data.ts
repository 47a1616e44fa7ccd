import * as z from 'zod/mini';

const pageDataSchema = z.object({
	/** The site's roles, slug to label. */
	roles: z.record(z.string(), z.string()),
	/** The plugin's version. */
	version: z.string(),
	/** The site's address, without a slash at its end or with one. */
	siteUrl: z.string(),
});

/** What PHP prints before this script as `window.appInboxAdmin`. */
export type PageData = z.infer<typeof pageDataSchema>;

/** The page's data, or null where something took the inline script away. */
export function readPageData(value: unknown): PageData | null {
	const result = pageDataSchema.safeParse(value);
	return result.success ? result.data : null;
}
