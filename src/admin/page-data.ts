import * as z from 'zod/mini';

const pageDataSchema = z.object({
	/** The site's roles, slug to label. */
	roles: z.record(z.string(), z.string()),
	/** The settings that wp-config.php sets, such as `features.tracking`. */
	locks: z._default(z.array(z.string()), []),
	/** The plugin's version. */
	version: z.string(),
	/** The site's address, without a slash at its end or with one. */
	siteUrl: z.string(),
	/** The address of the plugin's own files, without a slash at its end. */
	pluginUrl: z.string(),
	/** Where admin-ajax.php is, as the front end is told. */
	adminAjaxUrl: z._default(z.string(), '/wp-admin/admin-ajax.php'),
	/** The path of WordPress's cookies. */
	cookiePath: z._default(z.string(), '/'),
	/** The roles of whoever reads the page. */
	userRoles: z._default(z.array(z.string()), []),
	/** Active plugins, folder to name. */
	plugins: z._default(z.record(z.string(), z.string()), {}),
	/** The active theme and its parent, folder to name. */
	themes: z._default(z.record(z.string(), z.string()), {}),
});

/** What PHP prints before this script as `window.appInboxAdmin`. */
export type PageData = z.infer<typeof pageDataSchema>;

/** The page's data, or null where something took the inline script away. */
export function readPageData(value: unknown): PageData | null {
	const result = pageDataSchema.safeParse(value);
	return result.success ? result.data : null;
}
