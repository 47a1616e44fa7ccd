import * as z from 'zod/mini';
import { IDENTITY_URL } from '../settings/index.ts';

const pageDataSchema = z.object({
	/** The site's roles, slug to label. */
	roles: z.record(z.string(), z.string()),
	/** The settings that wp-config.php sets, such as `features.tracking`. */
	locks: z._default(z.array(z.string()), []),
	/** The plugin's version. */
	version: z.string(),
	/** The site's address as it is stored, without a slash at its end. */
	siteUrl: z.string(),
	/** The address of the plugin's own files, without a slash at its end. */
	pluginUrl: z.string(),
	/** Where WordPress signs who is logged in, as the front end is told. */
	identityUrl: z._default(z.string(), IDENTITY_URL),
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
